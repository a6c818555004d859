import { z } from "zod";
import { type Lane } from "../../api/endpoint";
import { type EmulatorClock } from "../clock";

const window = z.object({ limit: z.int().min(0), windowMs: z.int().min(1) });

export const rateLimits = z.object({
  reads: window,
  writes: window,
  organizationDeletes: window,
  /** Every request, whatever its kind. */
  all: window,
  /** The `Retry-After` header of a 429: whole seconds, an HTTP date, or none. */
  retryAfter: z.enum(["seconds", "date", "none"]),
  /** `X-RateLimit-Limit`, `-Remaining` and `-Reset` on every answer. */
  headers: z.boolean(),
  /** `retry_after` (seconds) in the body of a 429. */
  body: z.boolean(),
});

export type RateLimits = z.output<typeof rateLimits>;

/** What the vendor's rate limit page says. */
export const vendorRateLimits: RateLimits = {
  reads: { limit: 1000, windowMs: 10_000 },
  writes: { limit: 500, windowMs: 10_000 },
  organizationDeletes: { limit: 50, windowMs: 60_000 },
  all: { limit: 6000, windowMs: 60_000 },
  retryAfter: "seconds",
  headers: true,
  body: true,
};

type WindowName = "reads" | "writes" | "organizationDeletes" | "all";

const windowOf: Readonly<Record<Lane, WindowName>> = {
  read: "reads",
  write: "writes",
  organization_delete: "organizationDeletes",
};

export interface Verdict {
  readonly allowed: boolean;
  readonly retryAfterMs: number;
  readonly limit: number;
  readonly remaining: number;
  /** When the next place becomes free, in ms since the epoch. */
  readonly resetAt: number;
  /** For a `Retry-After` date, which the client reads by its own clock and not by the emulator's. */
  readonly retryAt: number;
}

/** Sliding windows: no span of `windowMs` ever holds more than `limit` accepted requests. */
export class RateLimiter {
  private readonly times: Record<WindowName, number[]> = { reads: [], writes: [], organizationDeletes: [], all: [] };

  constructor(
    private readonly clock: EmulatorClock,
    public limits: RateLimits | false,
  ) {}

  reset(): void {
    for (const times of Object.values(this.times)) times.length = 0;
  }

  /** Counts the request unless it is refused; answers nothing while limits are off. */
  take(lane: Lane): Verdict | undefined {
    if (this.limits === false) return undefined;
    const now = this.clock.now();
    const names: readonly WindowName[] = [windowOf[lane], "all"];
    const verdicts = names.map((name) => this.look(name, now));
    const refused = verdicts.filter(({ allowed }) => !allowed);
    if (refused.length > 0) return refused.reduce((a, b) => (a.retryAfterMs > b.retryAfterMs ? a : b));
    for (const name of names) this.times[name].push(now);
    const tightest = verdicts.reduce((a, b) => (a.remaining <= b.remaining ? a : b));
    return { ...tightest, remaining: tightest.remaining - 1 };
  }

  private look(name: WindowName, now: number): Verdict {
    const { limit, windowMs } = this.limits === false ? { limit: Infinity, windowMs: 1 } : this.limits[name];
    const times = this.times[name];
    // Also forgets times that lie in the future because the clock was set back.
    const live = times.findIndex((time) => time > now - windowMs && time <= now);
    times.splice(0, live === -1 ? times.length : live);
    const allowed = times.length < limit;
    const free = times[times.length - limit];
    const waitMs = allowed ? 0 : (free ?? now) + windowMs - now;
    return {
      allowed,
      retryAfterMs: waitMs,
      limit,
      remaining: Math.max(0, limit - times.length),
      resetAt: (times[0] ?? now) + windowMs,
      retryAt: this.clock.baseNow() + waitMs,
    };
  }
}

export function rateHeaders(verdict: Verdict, limits: RateLimits): Record<string, string> {
  return {
    ...(limits.headers
      ? {
          "X-RateLimit-Limit": String(verdict.limit),
          "X-RateLimit-Remaining": String(verdict.remaining),
          "X-RateLimit-Reset": String(Math.ceil(verdict.resetAt / 1000)),
        }
      : {}),
    ...(verdict.allowed ? {} : retryAfter(verdict, limits)),
  };
}

export const retrySeconds = (verdict: Verdict) => Math.max(1, Math.ceil(verdict.retryAfterMs / 1000));

function retryAfter(verdict: Verdict, limits: RateLimits): Record<string, string> {
  switch (limits.retryAfter) {
    case "none":
      return {};
    case "seconds":
      return { "Retry-After": String(retrySeconds(verdict)) };
    case "date":
      return { "Retry-After": new Date(Math.ceil(verdict.retryAt / 1000) * 1000).toUTCString() };
  }
}
