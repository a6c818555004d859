import { type Clock } from "../api/clock";
import { type AsyncDeletes } from "./control";
import { type RateLimits } from "./http/rate-limits";
import { type SeedInput } from "./seed/schema";
import { type Switches } from "./switches";

export interface EmulatorOptions {
  /** Default 0: any free one. */
  port?: number;
  /** Default 127.0.0.1. The controls need no key: listen elsewhere only where every caller is trusted. */
  host?: string;
  /** Names besides `localhost` under which it answers; addresses always do. Default: `host`, where it is a name. */
  allowedHosts?: readonly string[];
  /** Keeps the objects and the mailbox in this file; without it they live as long as the emulator. */
  dataFile?: string;
  /** Accepted bearer keys; default one fixed key, `sk_test_local`. */
  apiKeys?: readonly string[];
  clientId?: string;
  /** What the hosted pages call the environment's own client; by default the host that it is sent back to. */
  applicationName?: string;
  /** Default true: the hosted pages offer people to sign in as with one click, without a password. */
  testPeople?: boolean;
  /** Real time that every API request takes at least. */
  latencyMs?: number;
  /** Default false: users and organizations are gone when their delete is answered. */
  asyncDeletes?: AsyncDeletes;
  /** Default false: none. */
  rateLimits?: RateLimits | false;
  switches?: Partial<Switches>;
  /** How long a webhook endpoint may take for its answer, in real ms; default 30,000. */
  webhookTimeoutMs?: number;
  /** What is there at the start, and again after a reset; what a data file has already is left as it is. */
  seed?: SeedInput;
  /** The base of the emulator's own clock. */
  clock?: Clock;
}
