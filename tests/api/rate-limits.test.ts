/** The client under the limits of a local AuthKit, which counts what arrives: over HTTP, in real time, at a latency that varies. */
import { type Emulator, startEmulator, vendorRateLimits, type RateLimits } from "../../emulator";
import { createApi, type Api, type ApiOptions } from "../../api";
import { systemClock } from "../../api/clock";

const writes = { limit: 40, windowMs: 300 };
const own = { write: { requests: writes.limit, perMs: writes.windowMs } };

let emulator: Emulator;
let clients: Api[] = [];

async function start(limits: Partial<RateLimits>, latencyMs: number): Promise<void> {
  let turn = 0;
  emulator = await startEmulator({
    latencyMs,
    rateLimits: { ...vendorRateLimits, writes, ...limits },
    // From nothing to twice the latency, in an order that bunches requests.
    clock: { ...systemClock, sleep: (ms, signal) => systemClock.sleep((ms * ((turn++ * 7) % 11)) / 5, signal) },
  });
}

const client = (options: Partial<ApiOptions> = {}): Api => {
  const api = createApi({ apiKey: emulator.apiKey, baseUrl: emulator.url, budget: own, ...options });
  clients.push(api);
  return api;
};

afterEach(async () => {
  await Promise.all(clients.map((api) => api.close()));
  clients = [];
  await emulator.close();
});

const createUsers = (api: Api, name: string, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => api.users.create({ email: `${name}${index}@example.com` })));

const refusals = () => emulator.control.requests.list().filter(({ status }) => status === 429).length;

it.each([0, 10, 50])("our own pace meets no refusal at about %i ms", async (latencyMs) => {
  await start({}, latencyMs);
  await createUsers(client(), "ann", 5 * writes.limit);
  expect(emulator.control.state().users).toHaveLength(5 * writes.limit);
  expect(refusals()).toBe(0);
});

it("a vendor that allows more than we use is not refusing, and its headers slow nothing down", async () => {
  await start({ writes: { limit: 1_000, windowMs: 10_000 } }, 5);
  const api = client({ budget: {} });
  await createUsers(api, "ann", 100);
  expect(refusals()).toBe(0);
  expect(api.counts.waits).toBe(0);
});

it.each<[string, Partial<RateLimits>]>([
  ["with all that the vendor can say", {}],
  ["with no headers but Retry-After", { headers: false }],
  ["with nothing but the status", { headers: false, body: false, retryAfter: "none" }],
])("three clients that know nothing of each other share one budget and all finish, %s", async (_name, limits) => {
  await start(limits, 10);
  const each = 2 * writes.limit;
  await Promise.all(["ann", "ben", "cleo"].map((name) => createUsers(client(), name, each)));
  expect(emulator.control.state().users).toHaveLength(3 * each);
});

it("clients that are given shares of the budget never meet a refusal", async () => {
  await start({}, 10);
  const share = { write: { requests: writes.limit / 4, perMs: writes.windowMs } };
  const names = ["ann", "ben", "cleo", "dan"];
  await Promise.all(names.map((name) => createUsers(client({ budget: share }), name, writes.limit)));
  expect(emulator.control.state().users).toHaveLength(4 * writes.limit);
  expect(refusals()).toBe(0);
});
