/** What a client and a call can be told. */
import { type Clock } from "../clock";
import { type LaneWait } from "../pace/budget";
import { type BudgetLimits } from "../pace/limits";
import { type Concurrency } from "../pace/concurrency";
import { type Repeat } from "../endpoint";
import { type Remedies } from "./remedies";
import { type RetryPolicy } from "./retry";

/** A wait that a user may want to hear of. */
export type WaitInfo =
  | LaneWait
  | {
      readonly reason: "retry";
      readonly operation: string;
      readonly method: string;
      readonly path: string;
      /** Milliseconds until the next attempt. */
      readonly ms: number;
      /** The attempt that failed, from 1. */
      readonly attempt: number;
      readonly status?: number;
      readonly code?: string;
    };

export interface ApiOptions {
  apiKey: string;
  /** Default `https://api.workos.com`. May have a path prefix; must be https except on this machine. */
  baseUrl?: string;
  /** The application's; only signing in needs it. */
  clientId?: string;
  /** Put before our own `User-Agent`. */
  userAgent?: string;
  clock?: Clock;
  /** Between 0 and 1, for the jitter of waits; default `Math.random`. */
  random?: () => number;
  retry?: Partial<RetryPolicy>;
  /** Rate limits of our own; `false` for none. */
  budget?: Partial<BudgetLimits> | false;
  /** How many requests may be under way at once. Default: by budget and latency, from 4 to 256; without a budget 64. */
  concurrency?: Concurrency;
  timeouts?: {
    /** Milliseconds for one attempt; default 30,000. */
    attemptMs?: number;
    /** Milliseconds for a request with its repetitions, from its first attempt on; default 120,000. */
    totalMs?: number;
  };
  /** Stops the whole client: no further request starts, those under way end by themselves. */
  signal?: AbortSignal;
  onWait?: (info: WaitInfo) => void;
  /** How you set these options, for errors that tell your users what to check. Default: the options' own names. */
  remedies?: Remedies;
}

/** A client without an API key may do what a public application may: sign in by PKCE, refresh, fetch public keys. */
export type KeylessApiOptions = Omit<ApiOptions, "apiKey"> & Partial<Pick<ApiOptions, "apiKey">>;

export interface CallOptions {
  /** Stops this call, under way or not. */
  signal?: AbortSignal;
  /** Instead of a new one; only for calls that send such a key. */
  idempotencyKey?: string;
  /** Instead of what the endpoint declares, where the caller knows more. */
  repeat?: Repeat;
  totalMs?: number;
}

/** What this client has done so far. */
export interface ApiCounts {
  /** Attempts by operation, repetitions included. */
  readonly requests: Readonly<Record<string, number>>;
  readonly retries: number;
  /** Waits before a repetition. */
  readonly waits: number;
}

/** A key with a line break or an umlaut cannot stand in a header; said here, without showing the key. */
export function checkApiKey(apiKey: string): void {
  if (typeof apiKey !== "string" || apiKey === "") {
    throw new Error(
      "A WorkOS API key is needed (`apiKey`): it is in the WorkOS dashboard under API Keys and starts with sk_.",
    );
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new Error(
      "The WorkOS API key contains white space or other characters that no key has: check where `apiKey` comes from.",
    );
  }
}
