/** When a failed attempt is repeated, and after how long: data and pure functions. */
import type { Repeat } from "../endpoint";
import { type ErrorKind, type Failure } from "./errors";
import { isCertificateCode } from "./remedies";

/** The retry policy. Every field can be given on its own. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly maxAttempts: number;
  /** Upper bound of the first wait in milliseconds; it doubles with every attempt. */
  readonly baseMs: number;
  /** Upper bound of any wait that the vendor did not ask for. */
  readonly capMs: number;
  /** Upper bound of what `Retry-After` may ask for. */
  readonly retryAfterCapMs: number;
  /** Status codes worth another attempt, single or from-to. */
  readonly statuses: readonly (number | readonly [from: number, to: number])[];
  /** Failures without a status worth another attempt. */
  readonly kinds: readonly ErrorKind[];
  /** Codes worth another attempt whatever the status: answers that were damaged on the way. */
  readonly codes: readonly string[];
  /** Codes never worth another attempt. */
  readonly never: readonly string[];
}

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 6,
  baseMs: 500,
  capMs: 8_000,
  retryAfterCapMs: 60_000,
  statuses: [408, 429, [500, 599]],
  kinds: ["network", "timeout"],
  codes: ["malformed_json", "answer_cut_off"],
  // A quota of emails per day: no wait of ours brings it back.
  never: ["daily_quota_exceeded"],
};

/** True where another attempt may end differently, whether or not it is safe to make. */
export function isTransient(policy: RetryPolicy, failure: Failure): boolean {
  const { code, status, kind } = failure;
  if (code !== undefined && policy.never.includes(code)) return false;
  if (code !== undefined && policy.codes.includes(code)) return true;
  if (status !== undefined) {
    return policy.statuses.some((entry) =>
      typeof entry === "number" ? entry === status : status >= entry[0] && status <= entry[1],
    );
  }
  return policy.kinds.includes(kind) && !isCertificateCode(code);
}

/** True where the vendor has, or may have, carried out the attempt. */
export function mayBeDone(failure: Failure): boolean {
  return failure.outcome === "unknown" || failure.outcome === "done";
}

/** True where sending the request again may help and does no harm. */
export function isRepeatable(policy: RetryPolicy, failure: Failure, repeat: Repeat): boolean {
  return isTransient(policy, failure) && (repeat === "safe" || !mayBeDone(failure));
}

/** An attempt that failed, in the light of those before it. */
export interface FailedAttempt {
  readonly failure: Failure;
  readonly repeat: Repeat;
  /** Attempts so far, this one included. */
  readonly attempts: number;
  /** Those of them that were refused for want of budget alone: they are no failed attempts, and bounded by time. */
  readonly refusals: number;
  /** The limit is one person's, who sits in front of it: it is told instead of waited out. */
  readonly aboutOnePerson: boolean;
  /** How long to wait before the next attempt, in milliseconds. */
  readonly waitMs: number;
  /** How long the request may still take, in milliseconds. */
  readonly leftMs: number;
  /** How long ago the vendor last took a request of this lane, in milliseconds. */
  readonly sinceAcceptedMs: number;
  /** How long a request may take in all, in milliseconds. */
  readonly totalMs: number;
}

/** Whether the request is sent again, and if not, why. */
export type NextMove = "repeat" | "attempts spent" | "not repeatable" | "one person's limit" | "no time left";

export function nextMove(policy: RetryPolicy, attempt: FailedAttempt): NextMove {
  const { failure, repeat, attempts, refusals, waitMs, leftMs, sinceAcceptedMs, totalMs } = attempt;
  if (attempts - refusals >= policy.maxAttempts) return "attempts spent";
  if (!isRepeatable(policy, failure, repeat)) return "not repeatable";
  if (attempt.aboutOnePerson) return "one person's limit";
  // While the vendor takes others' requests, whoever is refused stands in line like the rest.
  const mayYetPass = failure.kind === "rate_limited" && sinceAcceptedMs + waitMs < totalMs;
  return waitMs >= leftMs && !mayYetPass ? "no time left" : "repeat";
}

/**
 * Milliseconds until the next attempt: what the vendor asked for, capped, else exponential with full jitter (the
 * whole range, so that many clients that failed together do not come back together).
 */
export function retryDelay(policy: RetryPolicy, failure: Failure, attempt: number, random: () => number): number {
  const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
  const jittered = Math.round(random() * ceiling);
  if (failure.retryAfterMs === undefined) return jittered;
  // `Retry-After: 0` means "now" to one client; to many at once it would mean a stampede.
  return failure.retryAfterMs === 0 ? jittered : Math.min(policy.retryAfterCapMs, failure.retryAfterMs);
}

/** `Retry-After` in both its forms, seconds and a date, as milliseconds from now; `undefined` where it is neither. */
export function parseRetryAfter(value: string | number | undefined, now: number): number | undefined {
  if (value === undefined || value === "") return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds < 0 ? undefined : Math.ceil(seconds * 1000);
  const date = Date.parse(String(value));
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
