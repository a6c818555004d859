import { getEventListeners } from "node:events";
import fc from "fast-check";
import { type Api, type WaitInfo } from "../../api";
import { defaultRetryPolicy, parseRetryAfter, retryDelay } from "../../api/http/retry";
import { failure, keyObject, useServer, userObject } from "./support/api";
import { startSocketServer, unusedPort, type Reply } from "./support/server";
import { settled, VirtualClock } from "./support/virtual-clock";

const { server, clock, api } = useServer();
/** Where virtual time starts. */
const start = new VirtualClock().now();
const attempts = () => server().requests.length;

/** One call of each kind, and what it may assume after a failure in the middle. */
const calls = {
  read: { call: (client: Api) => client.users.get({ id: "user_1" }), ok: { status: 200, json: userObject() } },
  safe: { call: (client: Api) => client.users.update({ id: "user_1" }), ok: { status: 200, json: userObject() } },
  unsafe: {
    call: (client: Api) => client.apiKeys.createForOrganization({ organization_id: "org_1", name: "ci" }),
    ok: { status: 201, json: keyObject() },
  },
} satisfies Record<string, { call: (client: Api) => Promise<unknown>; ok: Reply }>;
type Kind = keyof typeof calls;

describe.each<[Reply, Record<Kind, "repeated" | "ambiguous" | "thrown">]>([
  [{ status: 400 }, { read: "thrown", safe: "thrown", unsafe: "thrown" }],
  [{ status: 401 }, { read: "thrown", safe: "thrown", unsafe: "thrown" }],
  [{ status: 403 }, { read: "thrown", safe: "thrown", unsafe: "thrown" }],
  [{ status: 404 }, { read: "thrown", safe: "thrown", unsafe: "thrown" }],
  [{ status: 408 }, { read: "repeated", safe: "repeated", unsafe: "ambiguous" }],
  [{ status: 409 }, { read: "thrown", safe: "thrown", unsafe: "thrown" }],
  [{ status: 422 }, { read: "thrown", safe: "thrown", unsafe: "thrown" }],
  [{ status: 429 }, { read: "repeated", safe: "repeated", unsafe: "repeated" }],
  [{ status: 500 }, { read: "repeated", safe: "repeated", unsafe: "ambiguous" }],
  [{ status: 502 }, { read: "repeated", safe: "repeated", unsafe: "ambiguous" }],
  [{ status: 503 }, { read: "repeated", safe: "repeated", unsafe: "ambiguous" }],
  [
    { status: 503, headers: { "retry-after": "1" } },
    { read: "repeated", safe: "repeated", unsafe: "ambiguous" },
  ],
  [{ status: 529 }, { read: "repeated", safe: "repeated", unsafe: "ambiguous" }],
  ["cut after 102", { read: "repeated", safe: "repeated", unsafe: "ambiguous" }],
  ["cut", { read: "repeated", safe: "repeated", unsafe: "ambiguous" }],
  [
    { status: 200, cutAfter: '{"object":' },
    { read: "repeated", safe: "repeated", unsafe: "ambiguous" },
  ],
  [
    { status: 200, text: '{"object":"us' },
    { read: "repeated", safe: "repeated", unsafe: "ambiguous" },
  ],
  [
    { status: 200, text: "" },
    { read: "repeated", safe: "repeated", unsafe: "ambiguous" },
  ],
  [
    { status: 400, cutAfter: '{"code":' },
    { read: "thrown", safe: "thrown", unsafe: "thrown" },
  ],
  ["hang", { read: "repeated", safe: "repeated", unsafe: "ambiguous" }],
])("after %j", (reply, expected) => {
  it.each(Object.entries(expected) as [Kind, string][])("a %s request is %s", async (kind, what) => {
    const { call, ok } = calls[kind];
    server().reply(reply, ok);
    const client = api({ timeouts: reply === "hang" ? { attemptMs: 250 } : {} });
    if (what === "repeated") {
      await call(client);
      expect(attempts()).toBe(2);
      expect(client.counts.retries).toBe(1);
    } else {
      const error = await failure(call(client));
      expect(error).toMatchObject({ ambiguous: what === "ambiguous", retryable: false, attempts: 1 });
      expect(attempts()).toBe(1);
    }
  });
});

describe("giving up", () => {
  it("after six attempts, and says how many", async () => {
    server().reply({ status: 503 });
    const error = await failure(calls.read.call(api()));
    expect(error).toMatchObject({ kind: "server", status: 503, attempts: 6, retryable: true, ambiguous: false });
    expect(error.message).toContain("after 6 attempts");
    expect(attempts()).toBe(6);
  });

  it("waits longer each time, up to the cap, with jitter from the injected randomness", async () => {
    server().reply({ status: 500 });
    await failure(calls.read.call(api({ random: () => 1, retry: { maxAttempts: 8 } })));
    expect(clock().waits).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it("when the next wait would pass the total time", async () => {
    server().reply({ status: 503, headers: { "retry-after": "30" } });
    const error = await failure(calls.read.call(api({ timeouts: { totalMs: 70_000 } })));
    expect(error.attempts).toBe(3);
    expect(error.retryAfterMs).toBe(30_000);
    expect(clock().waits).toEqual([30_000, 30_000]);
  });

  it("sooner where the call says so", async () => {
    server().reply({ status: 503, headers: { "retry-after": "30" } });
    expect((await failure(api().users.get({ id: "user_1" }, { totalMs: 1_000 }))).attempts).toBe(1);
  });

  it("when its lane was paused beyond the total time, without another attempt", async () => {
    const clock = new VirtualClock();
    server().handle(({ url }) => ({ status: 429, headers: { "retry-after": url.endsWith("hasty") ? "1" : "40" } }));
    const client = api({ clock });
    const hasty = failure(client.users.update({ id: "hasty" }, { totalMs: 10_000 }));
    const patient = failure(client.users.update({ id: "patient" }, { totalMs: 50_000 }));
    while (client.counts.retries < 2) await settled();
    await clock.run();
    expect(await hasty).toMatchObject({ kind: "rate_limited", attempts: 1 });
    while (attempts() < 3) await settled();
    expect(await patient).toMatchObject({ kind: "rate_limited", attempts: 2 });
    expect(server().requests.filter(({ url }) => url.endsWith("hasty"))).toHaveLength(1);
  });

  it("a write that was perhaps carried out by an earlier attempt stays ambiguous whatever comes last", async () => {
    server().reply("cut", { status: 400, json: { code: "invite_not_pending", message: "m" } });
    const error = await failure(api().invitations.revoke({ id: "invitation_1" }));
    expect(error).toMatchObject({ code: "invite_not_pending", ambiguous: true, attempts: 2 });
  });

  it("the caller may know that repeating is safe, or that it is not", async () => {
    server().reply({ status: 500 }, { status: 201, json: keyObject() });
    await api().apiKeys.createForOrganization({ organization_id: "org_1", name: "ci" }, { repeat: "safe" });
    expect(attempts()).toBe(2);
    server().reply({ status: 500 });
    expect((await failure(api().users.update({ id: "user_1" }, { repeat: "unsafe" }))).ambiguous).toBe(true);
    expect(attempts()).toBe(3);
  });
});

describe("requests that never left this machine", () => {
  it("connection refused: even an unsafe one is repeated, and nothing is ambiguous", async () => {
    const client = api({ baseUrl: `http://127.0.0.1:${await unusedPort()}` });
    const error = await failure(calls.unsafe.call(client));
    expect(error).toMatchObject({
      kind: "network",
      code: "ECONNREFUSED",
      attempts: 6,
      ambiguous: false,
      retryable: true,
    });
    expect(error.message).toContain("Nothing listens at that address");
  });

  it("a failed TLS handshake is not repeated, since it would fail again", async () => {
    const plain = await startSocketServer("this is not TLS");
    const error = await failure(calls.unsafe.call(api({ baseUrl: `https://127.0.0.1:${plain.port}` })));
    expect(error).toMatchObject({ kind: "network", attempts: 1, ambiguous: false });
    expect(error.message).toContain("TLS with the server failed");
    await plain.close();
  });

  it("no connection in time", async () => {
    const silent = await startSocketServer();
    const client = api({
      baseUrl: `https://127.0.0.1:${silent.port}`,
      timeouts: { attemptMs: 30 },
      retry: { maxAttempts: 2 },
    });
    const error = await failure(calls.unsafe.call(client));
    expect(error).toMatchObject({ kind: "timeout", attempts: 2, ambiguous: false });
    await silent.close();
  });

  it("a kept-alive connection that the server has closed meanwhile makes no doubt", async () => {
    server().reply(calls.read.ok, calls.unsafe.ok);
    const client = api();
    await calls.read.call(client);
    server().closeIdleConnections();
    while ((await server().connections()) > 0) await settled();
    await calls.unsafe.call(client);
    expect(client.counts.retries).toBe(0);
    const [first, second] = server().requests;
    expect(second?.connection).not.toBe(first?.connection);
  });

  it("requests one after the other share connections", async () => {
    server().reply(calls.read.ok);
    const client = api();
    for (let count = 0; count < 20; count++) await calls.read.call(client);
    // The next request may start a moment before its predecessor's connection is free, so there may be a second.
    expect(new Set(server().requests.map((request) => request.connection)).size).toBeLessThanOrEqual(2);
  });
});

describe("Retry-After", () => {
  it.each<[string, Reply, number]>([
    ["seconds", { status: 429, headers: { "retry-after": "7" } }, 7_000],
    ["a date", { status: 429, headers: { "retry-after": new Date(start + 9_000).toUTCString() } }, 9_000],
    [
      "a date that has passed, as jitter",
      { status: 429, headers: { "retry-after": new Date(start - 9_000).toUTCString() } },
      250,
    ],
    ["zero, as jitter", { status: 429, headers: { "retry-after": "0" } }, 250],
    ["nonsense, as jitter", { status: 429, headers: { "retry-after": "soon" } }, 250],
    ["the body's retry_after", { status: 429, json: { message: "m", retry_after: 3 } }, 3_000],
    ["the header before the body", { status: 429, json: { retry_after: 3 }, headers: { "retry-after": "4" } }, 4_000],
    ["of a 503", { status: 503, headers: { "retry-after": "5" } }, 5_000],
  ])("%s", async (_name, reply, ms) => {
    server().reply(reply, calls.read.ok);
    await calls.read.call(api());
    expect(clock().waits).toEqual([ms]);
  });

  it("is capped at a minute, and waited for in slices of half a minute at most", async () => {
    server().reply({ status: 503, headers: { "retry-after": "86400" } }, calls.read.ok);
    await calls.read.call(api());
    expect(clock().waits).toEqual([30_000, 30_000]);
    server().reply({ status: 429, headers: { "retry-after": "86400" } }, calls.read.ok);
    await calls.read.call(api());
    expect(clock().waits.slice(2)).toEqual([30_000, 30_000]);
  });

  it("seconds and dates are read for any time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.nat(1e6), (now, seconds) => {
        expect(parseRetryAfter(String(seconds), now)).toBe(seconds * 1000);
        const whole = Math.floor(now / 1000) * 1000;
        expect(parseRetryAfter(new Date(whole + seconds * 1000).toUTCString(), whole)).toBe(seconds * 1000);
      }),
    );
    expect(parseRetryAfter("-1", 0)).toBeUndefined();
    expect(parseRetryAfter(undefined, 0)).toBeUndefined();
  });

  it("any wait lies between nothing and the cap", () => {
    const server500 = { kind: "server", outcome: "unknown", message: "", fields: [] } as const;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const ms = retryDelay(defaultRetryPolicy, server500, attempt, () => random);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(defaultRetryPolicy.capMs);
      }),
    );
  });
});

describe("429", () => {
  it("daily_quota_exceeded is never repeated, and other requests do not wait for it", async () => {
    server().reply(
      { status: 429, json: { code: "daily_quota_exceeded", message: "m" }, headers: { "retry-after": "60" } },
      calls.unsafe.ok,
    );
    const client = api();
    const error = await failure(client.invitations.send({ email: "a@example.com" }));
    expect(error).toMatchObject({ kind: "rate_limited", retryable: false, ambiguous: false, attempts: 1 });
    expect(error.message).toContain("quota for today");
    await calls.unsafe.call(client);
    expect(clock().waits).toEqual([]);
  });

  it("stops the whole lane for one wait, and no other lane", async () => {
    const clock = new VirtualClock();
    const sent: [method: string, at: number][] = [];
    let refused = false;
    server().handle((request) => {
      sent.push([request.method, clock.now() - start]);
      if (request.method === "GET") return calls.read.ok;
      if (refused) return { status: 200, json: userObject(request.url.split("/").at(-1)) };
      refused = true;
      return { status: 429, headers: { "retry-after": "20" } };
    });
    const told: WaitInfo[] = [];
    const client = api({ clock, concurrency: { limit: 1 }, onWait: (info) => told.push(info) });
    const writes = Promise.all([1, 2, 3].map((id) => client.users.update({ id: `user_${id}` })));
    await calls.read.call(client);
    await clock.run();
    await writes;
    expect(sent.filter(([method]) => method === "GET")).toEqual([["GET", 0]]);
    expect(sent.filter(([method]) => method === "PUT")).toEqual([
      ["PUT", 0],
      ["PUT", 20_000],
      ["PUT", 20_000],
      ["PUT", 20_000],
    ]);
    expect(
      server()
        .requests.filter(({ method }) => method === "PUT")
        .map(({ url }) => url.at(-1)),
    ).toEqual(["1", "1", "2", "3"]);
    expect(clock.waits).toEqual([20_000]);
    expect(told).toContainEqual({ reason: "rate_limited", lane: "write", ms: 20_000 });
    expect(told).toContainEqual(
      expect.objectContaining({
        reason: "retry",
        method: "PUT",
        path: "/user_management/users/user_1",
        status: 429,
        attempt: 1,
      }),
    );
  });

  it.each([
    ["seconds from now", "15"],
    ["epoch seconds", String(start / 1000 + 15)],
    ["epoch milliseconds", String(start + 15_000)],
  ])("is avoided where the vendor says how much is left, with its reset in %s", async (_form, reset) => {
    const clock = new VirtualClock();
    const sent: number[] = [];
    let remaining = 3;
    server().handle(() => {
      sent.push(clock.now() - start);
      if (sent.length === 4) return calls.read.ok;
      remaining -= 1;
      return {
        ...calls.read.ok,
        headers: {
          "x-ratelimit-limit": "100",
          "x-ratelimit-remaining": String(remaining),
          "x-ratelimit-reset": reset,
        },
      };
    });
    const client = api({ clock, concurrency: { limit: 1 } });
    const first = [1, 2, 3].map(() => calls.read.call(client));
    const last = calls.read.call(client);
    await Promise.all(first);
    await clock.run();
    await last;
    expect(sent).toEqual([0, 0, 0, 15_000]);
  });
});

describe("signals", () => {
  it("of a call end a request under way; a write then counts as perhaps carried out", async () => {
    server().reply("hang");
    const controller = new AbortController();
    const call = failure(api().users.update({ id: "user_1" }, { signal: controller.signal }));
    while (attempts() === 0) await settled();
    controller.abort();
    expect(await call).toMatchObject({ kind: "aborted", ambiguous: true, retryable: false });
  });

  it("of a call given up while it connects keep it from ever being written", async () => {
    server().reply(calls.read.ok);
    const client = api();
    const controller = new AbortController();
    const call = failure(client.users.update({ id: "user_1" }, { signal: controller.signal }));
    while (client.counts.requests.UserlandUsersController_update !== 1) await Promise.resolve();
    controller.abort();
    expect(await call).toMatchObject({ kind: "aborted", attempts: 1, ambiguous: false });
    await calls.read.call(client);
    expect(server().requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("that were aborted before keep the request from being sent", async () => {
    const error = await failure(api().users.get({ id: "user_1" }, { signal: AbortSignal.abort(new Error("enough")) }));
    expect(error).toMatchObject({ kind: "aborted", ambiguous: false, attempts: 0 });
    expect(error.message).toContain("enough");
    expect(attempts()).toBe(0);
  });

  it.each<[string, number]>([
    ["its own wait", 503],
    ["its lane's wait", 429],
  ])("of a call end %s", async (_which, status) => {
    const controller = new AbortController();
    server().reply({ status, headers: { "retry-after": "60" } });
    const onWait = () => setImmediate(() => controller.abort(new Error("enough")));
    const client = api({ clock: { now: () => 0, sleep: never }, onWait });
    expect(await failure(client.users.get({ id: "user_1" }, { signal: controller.signal }))).toMatchObject({
      kind: "aborted",
      attempts: 1,
    });
  });

  it("of the process let what is under way end and start nothing more, repetitions included", async () => {
    const stop = new AbortController();
    let release: () => void = () => undefined;
    server().handle(async () => {
      await new Promise<void>((resolve) => (release = resolve));
      return { status: 500 };
    });
    const client = api({ signal: stop.signal, concurrency: { limit: 1 } });
    const underWay = failure(calls.read.call(client));
    const waiting = failure(calls.read.call(client));
    while (attempts() === 0) await settled();
    stop.abort(new Error("the engine is gone"));
    expect((await waiting).message).toContain("the engine is gone");
    release();
    expect(await underWay).toMatchObject({ kind: "aborted", attempts: 1 });
    expect(await failure(calls.read.call(client))).toMatchObject({ kind: "aborted", attempts: 0 });
    expect(attempts()).toBe(1);
  });

  it("may be shared by many calls, and is let go by each that ends", async () => {
    server().reply(calls.read.ok);
    const client = api();
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 100 }, () => client.users.get({ id: "user_1" }, { signal })));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

/** Sleeps until the signal says otherwise. */
const never = (_ms: number, signal?: AbortSignal) =>
  new Promise<void>((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
