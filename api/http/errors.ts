/** Everything that can go wrong with a request, as one class. */

/** What kind of failure it was, independent of its status code and its spelling. */
export type ErrorKind =
  /** 401: the API key is missing, wrong or revoked. */
  | "auth"
  /** 403: the key is valid and may not do this. */
  | "forbidden"
  | "not_found"
  | "conflict"
  /** Any other 4xx: the request itself is refused. */
  | "invalid"
  | "rate_limited"
  /** 5xx. */
  | "server"
  /** No answer: connection refused, host unknown, certificate refused, connection cut. */
  | "network"
  /** No answer in time, or 408. */
  | "timeout"
  /** An answer that is not what the vendor documents. */
  | "bad_response"
  /** Stopped by an `AbortSignal`, or because the client was closed. */
  | "aborted";

/** One complaint about one field, as far as the vendor's answer names them. */
export interface FieldError {
  readonly field?: string;
  readonly code?: string;
  readonly message?: string;
}

/**
 * What is known about the effect of an attempt that failed.
 * - `not_sent`: the request never left this machine.
 * - `refused`: the vendor answered that it did not carry it out.
 * - `unknown`: it was sent and no answer tells.
 * - `done`: the vendor answered success, and the answer cannot be used.
 */
export type Outcome = "not_sent" | "refused" | "unknown" | "done";

/** One failed attempt, as data: what the retry policy decides on and what the error is made of. */
export interface Failure {
  readonly kind: ErrorKind;
  readonly outcome: Outcome;
  readonly status?: number;
  /** The vendor's code (`invite_not_pending`), or the system's (`ECONNREFUSED`). */
  readonly code?: string;
  /** The vendor's message, or ours; without secrets. */
  readonly message: string;
  readonly requestId?: string;
  readonly fields: readonly FieldError[];
  readonly entityId?: string;
  readonly retryAfterMs?: number;
}

/** What an error says besides the failure itself. */
export interface ErrorContext {
  readonly method: string;
  /** As shown: ids included, tokens masked. */
  readonly path: string;
  readonly attempts: number;
  readonly retryable: boolean;
  readonly ambiguous: boolean;
  /** What to do about it, where that is known. */
  readonly remedy?: string;
}

const brand = Symbol.for("pulumi-workos.WorkosError");

/**
 * The one error of this client. Its message is everything a user sees:
 * `POST /user_management/users → 400 user_creation_error: … (email: email_not_available) [request req_…]`,
 * and what to do where that is known. It never holds a body, a key, a password or a token.
 */
export class WorkosError extends Error {
  override readonly name = "WorkosError";
  readonly kind: ErrorKind;
  /** The status code, where there was an answer. */
  readonly status?: number;
  /** The vendor's code (`invite_not_pending`), or the system's (`ECONNREFUSED`). */
  readonly code?: string;
  /** The vendor's `X-Request-ID`, to quote to their support. */
  readonly requestId?: string;
  readonly method: string;
  readonly path: string;
  readonly fields: readonly FieldError[];
  /** The id of the object that the vendor's answer names, mostly in a 404. */
  readonly entityId?: string;
  /** How long the vendor asked to wait, where it did. */
  readonly retryAfterMs?: number;
  /** True where the same request may succeed later and sending it again does no harm. */
  readonly retryable: boolean;
  /** True where the request may have been carried out, by this attempt or an earlier one: look before repeating. */
  readonly ambiguous: boolean;
  /** How many times the request was tried, the first included. */
  readonly attempts: number;
  readonly [brand] = true;

  constructor(failure: Failure, context: ErrorContext) {
    super(errorMessage(failure, context));
    this.kind = failure.kind;
    this.status = failure.status;
    this.code = failure.code;
    this.requestId = failure.requestId;
    this.method = context.method;
    this.path = context.path;
    this.fields = failure.fields;
    this.entityId = failure.entityId;
    this.retryAfterMs = failure.retryAfterMs;
    this.retryable = context.retryable;
    this.ambiguous = context.ambiguous;
    this.attempts = context.attempts;
  }
}

/** Whether the vendor itself answered that it failed: a gateway that answers for it does not know. */
export const isAnswered = ({ status }: WorkosError): boolean => status === 500 || status === 503;

/** True for errors of this client, of another copy of this package too. */
export function isWorkosError(error: unknown): error is WorkosError {
  return typeof error === "object" && error !== null && (error as { [brand]?: unknown })[brand] === true;
}

/** True where the vendor answered 404. Missing is not forbidden: nothing else counts as absence. */
export function isNotFound(error: unknown): error is WorkosError {
  return isWorkosError(error) && error.kind === "not_found";
}

/** True where the vendor's code, or that of one of the fields, is `code`. */
export function hasCode(error: unknown, code: string): error is WorkosError {
  return isWorkosError(error) && (error.code === code || error.fields.some((field) => field.code === code));
}

function errorMessage(failure: Failure, context: ErrorContext): string {
  const result = [failure.status, failure.code].filter((part) => part !== undefined).join(" ");
  const fields = failure.fields.map(fieldText).filter((text) => text !== "");
  const parts = [`${context.method} ${context.path} → ${[result, failure.message].filter(Boolean).join(": ")}`];
  if (fields.length > 0) parts.push(`(${fields.join(", ")})`);
  if (context.attempts > 1) parts.push(`after ${context.attempts} attempts`);
  if (failure.requestId) parts.push(`[request ${failure.requestId}]`);
  const advice = [context.remedy, context.ambiguous ? maybeDone : undefined].filter(Boolean);
  return [parts.join(" "), ...advice].join("\n");
}

const maybeDone = "The request may have been carried out: look at what exists before sending it again.";

/** `email: email_not_available`; only what the message does not say already by itself. */
function fieldText({ field, code, message }: FieldError): string {
  return [field, code ?? message].filter(Boolean).join(": ");
}
