/** An emulator without a connection to anything: what answers requests, and the controls of it. */
import { setMaxListeners } from "node:events";
import { type Clock, systemClock } from "../api/clock";
import { SigningKey } from "./auth/signing-key";
import { EmulatorClock } from "./clock";
import { EventLog } from "./event-log";
import { recordEvents } from "./events";
import { type Context } from "./context";
import { type AsyncDeletes, buildControl, type Control, type Initial } from "./control";
import { seedRoles } from "./handlers/roles";
import { buildApp } from "./http/server";
import { Faults } from "./http/faults";
import { Idempotency } from "./http/idempotency";
import { type PipelineParts } from "./http/pipeline";
import { RateLimiter, type RateLimits } from "./http/rate-limits";
import { RequestLog } from "./http/request-log";
import { Ids } from "./ids";
import { prepareSeed } from "./seed/apply";
import { type SeedInput } from "./seed/schema";
import { Store } from "./store/store";
import { defaultSwitches, type Switches } from "./switches";

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
  /** What is there at the start, and again after a reset; what a data file has already is left as it is. */
  seed?: SeedInput;
  /** The base of the emulator's own clock. */
  clock?: Clock;
}

export interface Assembled {
  readonly context: Context;
  readonly control: Control;
  readonly app: ReturnType<typeof buildApp>;
  readonly closing: AbortController;
  readonly initial: Initial;
}

export async function assemble(options: EmulatorOptions = {}): Promise<Assembled> {
  const { host = "127.0.0.1", apiKeys = ["sk_test_local"], clientId = "client_local" } = options;
  if (apiKeys.length === 0) throw new RangeError("apiKeys must hold at least one key");

  const seed = options.seed === undefined ? undefined : await prepareSeed(options.seed);
  const initial = {
    switches: { ...defaultSwitches, ...options.switches },
    asyncDeletes: options.asyncDeletes ?? (false as const),
    rateLimits: options.rateLimits ?? (false as const),
    seed: (to: Context) => {
      seedRoles(to);
      seed?.(to);
      // What was there at the start has not happened.
      to.events.clear();
    },
  };
  const clock = new EmulatorClock(options.clock ?? systemClock);
  const ids = new Ids(clock);
  const store = new Store();
  const context: Context = {
    store,
    clock,
    ids,
    settings: { switches: initial.switches, asyncDeletes: initial.asyncDeletes },
    apiKeys: new Set(apiKeys),
    clientId,
    signingKey: new SigningKey(store, ids),
    events: new EventLog(),
    pages: { applicationName: options.applicationName, testPeople: options.testPeople ?? true },
    url: "",
  };
  store.done = (step) => recordEvents(step, context);
  const closing = new AbortController();
  // Every request that waits listens; Node would warn of a leak from the eleventh on.
  setMaxListeners(0, closing.signal);
  const parts: PipelineParts = {
    context,
    faults: new Faults(ids),
    rateLimiter: new RateLimiter(clock, initial.rateLimits),
    requests: new RequestLog(),
    idempotency: new Idempotency(clock),
    latencyMs: options.latencyMs ?? 0,
    closing: closing.signal,
  };
  const control = buildControl(parts, initial);
  const app = buildApp(parts, control, [host, ...(options.allowedHosts ?? [])]);
  return { context, control, app, closing, initial };
}
