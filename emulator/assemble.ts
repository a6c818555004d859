/** An emulator without a connection to anything: what answers requests, and the controls of it. */
import { setMaxListeners } from "node:events";
import { systemClock } from "../api/clock";
import { SigningKey } from "./auth/signing-key";
import { EmulatorClock } from "./clock";
import { EventLog } from "./event-log";
import { recordEvents } from "./events";
import { type Context } from "./context";
import { buildControl, type Control, type Initial } from "./control";
import { seedRoles } from "./handlers/roles";
import { buildApp } from "./http/server";
import { Faults } from "./http/faults";
import { Idempotency } from "./http/idempotency";
import { type PipelineParts } from "./http/pipeline";
import { RateLimiter } from "./http/rate-limits";
import { RequestLog } from "./http/request-log";
import { Ids } from "./ids";
import { type EmulatorOptions } from "./options";
import { prepareSeed } from "./seed/apply";
import { Store } from "./store/store";
import { Deliveries } from "./webhooks/deliveries";
import { defaultSwitches } from "./switches";

export interface Assembled {
  readonly context: Context;
  readonly control: Control;
  readonly app: ReturnType<typeof buildApp>;
  readonly closing: AbortController;
  readonly deliveries: Deliveries;
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
    latencyMs: options.latencyMs ?? 0,
    seed: (to: Context) => {
      to.store.quietly(() => {
        seedRoles(to);
        seed?.(to);
      });
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
    settings: { switches: initial.switches, asyncDeletes: initial.asyncDeletes, latencyMs: initial.latencyMs },
    apiKeys: new Set(apiKeys),
    clientId,
    signingKey: new SigningKey(store, ids),
    events: new EventLog(ids, clock),
    pages: { applicationName: options.applicationName, testPeople: options.testPeople ?? true },
    url: "",
  };
  const requests = new RequestLog();
  store.done = (step) => {
    requests.changed(step);
    recordEvents(step, context);
  };
  const closing = new AbortController();
  // Every request that waits listens; Node would warn of a leak from the eleventh on.
  setMaxListeners(0, closing.signal);
  const deliveries = new Deliveries({ timeoutMs: options.webhookTimeoutMs ?? 30_000, closing: closing.signal });
  context.events.onAdd((events) => deliveries.offer(events));
  clock.moved = () => deliveries.wake();
  const parts: PipelineParts = {
    context,
    faults: new Faults(ids),
    rateLimiter: new RateLimiter(clock, initial.rateLimits),
    requests,
    idempotency: new Idempotency(clock),
    deliveries,
    closing: closing.signal,
  };
  const control = buildControl(parts, initial);
  const app = buildApp(parts, control, initial, [host, ...(options.allowedHosts ?? [])]);
  return { context, control, app, closing, deliveries, initial };
}
