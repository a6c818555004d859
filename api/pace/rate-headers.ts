import { type IncomingHttpHeaders } from "node:http";
import { header } from "../http/response";
import { type RemainingHint } from "./budget";

/** Longer than any documented window: what says otherwise counts something else (a daily quota, say). */
const MAX_RESET_MS = 60_000;

/** `X-RateLimit-Remaining` and `-Reset` (epoch seconds, epoch milliseconds or seconds from now), where both are there. */
export function remainingHint(headers: IncomingHttpHeaders, now: number): RemainingHint | undefined {
  const remaining = count(headers, "x-ratelimit-remaining");
  const reset = count(headers, "x-ratelimit-reset");
  if (remaining === undefined || reset === undefined) return undefined;
  const ms = reset > 1e12 ? reset - now : reset > 1e9 ? reset * 1000 - now : reset * 1000;
  return { remaining, resetMs: Math.min(MAX_RESET_MS, Math.max(0, ms)) };
}

function count(headers: IncomingHttpHeaders, name: string): number | undefined {
  const text = header(headers, name);
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
