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
