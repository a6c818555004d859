/** A complete local AuthKit: users, organization memberships, invitations, API keys, organizations and roles. */
import "./libraries";
import { setMaxListeners } from "node:events";
import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { type Clock, systemClock } from "../api/clock";
import { SigningKey } from "./auth/signing-key";
import { EmulatorClock } from "./clock";
import { type Context } from "./context";
import { type AsyncDeletes, buildControl, type Control } from "./control";
import { seedRoles } from "./handlers/roles";
import { buildApp, listen } from "./http/server";
import { Faults } from "./http/faults";
import { Idempotency } from "./http/idempotency";
import { type PipelineParts } from "./http/pipeline";
import { RateLimiter, type RateLimits } from "./http/rate-limits";
import { RequestLog } from "./http/request-log";
import { Ids } from "./ids";
import { prepareSeed } from "./seed/apply";
import { type SeedInput } from "./seed/schema";
import { Journal } from "./store/journal";
import { lockFile } from "./store/lock";
import { Store } from "./store/store";
import { defaultSwitches, type Switches } from "./switches";

export { type AsyncDeletes, type Control } from "./control";
export { type NewRole } from "./handlers/roles";
export { type FaultRule, type FaultStatus } from "./http/faults";
export { type RateLimits, vendorRateLimits } from "./http/rate-limits";
export { type Counters, type LoggedRequest } from "./http/request-log";
export { type Mail } from "./mailbox";
export { type SeedInput } from "./seed/schema";
export { type StateDump } from "./state";
export { defaultSwitches, type Switches } from "./switches";

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

export interface Emulator {
  readonly url: string;
  readonly port: number;
  /** The first accepted key. */
  readonly apiKey: string;
  readonly clientId: string;
  readonly control: Control;
  close(): Promise<void>;
}

export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, host = "127.0.0.1", apiKeys = ["sk_test_local"], clientId = "client_local" } = options;
  const [apiKey] = apiKeys;
  if (apiKey === undefined) throw new RangeError("apiKeys must hold at least one key");

  const seed = options.seed === undefined ? undefined : await prepareSeed(options.seed);
  const initial = {
    switches: { ...defaultSwitches, ...options.switches },
    asyncDeletes: options.asyncDeletes ?? (false as const),
    rateLimits: options.rateLimits ?? (false as const),
    seed: (to: Context) => {
      seedRoles(to);
      seed?.(to);
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
    url: "",
  };
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
  const closeStore = openStore(options.dataFile, store, ids);
  try {
    initial.seed(context);
    const listener = await listen(buildApp(parts, control, [host, ...(options.allowedHosts ?? [])]).fetch, port, host);
    context.url = `http://${urlHost(host)}:${listener.port}`;
    let closed: Promise<void> | undefined;
    const close = async () => {
      closing.abort(new Error("the emulator is closing"));
      await listener.close();
      closeStore();
    };
    return {
      url: context.url,
      port: listener.port,
      apiKey,
      clientId,
      control,
      close: () => (closed ??= close()),
    };
  } catch (error) {
    closeStore();
    throw error;
  }
}

/** Reads the data file, if there is one, and answers how to give it up. */
function openStore(dataFile: string | undefined, store: Store, ids: Ids): () => void {
  if (dataFile === undefined) return () => undefined;
  // A link stays one: what it leads to is the file, and is locked as such.
  const file = existsSync(dataFile) ? realpathSync(dataFile) : resolve(dataFile);
  const unlock = lockFile(file);
  try {
    const journal = Journal.open(file, store);
    for (const [, id] of store.snapshot()) ids.startAfter(id);
    return () => {
      journal.close();
      unlock();
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A wildcard address is no address to call; IPv6 addresses need brackets. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
