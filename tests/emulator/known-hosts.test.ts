/** Under which names the local AuthKit answers: a page of another site may have a name that leads here. */
import { request } from "node:http";
import { type Emulator, startEmulator } from "../../emulator";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ allowedHosts: ["authkit.test"] });
});
afterAll(() => emulator.close());

const ask = (host: string, path: string, method = "GET", headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    const options = { host: "127.0.0.1", port: emulator.port, path, method, headers: { host, ...headers } };
    request(options, (answer) => {
      answer.resume();
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }));
    })
      .on("error", reject)
      .end();
  });
const paths = [
  "/_emulator/mailbox",
  "/_emulator/state",
  "/user_management/users",
  "/user_management/authorize",
  "/health",
];

test.each(["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example"])(
  "%s is refused before every route",
  async (host) => {
    for (const path of paths) expect([path, (await ask(host, path)).status]).toEqual([path, 403]);
    expect((await ask(host, "/_emulator/reset", "POST")).status).toBe(403);
  },
);

test.each(["localhost", "LOCALHOST:4747", "app.localhost", "127.0.0.1", "[::1]:80", "192.168.0.7", "authkit.test:9"])(
  "%s is answered",
  async (host) => {
    expect((await ask(host, "/health")).status).toBe(200);
    expect((await ask(host, "/_emulator/mailbox")).status).toBe(200);
  },
);

test("another site's page cannot drive it, nor show or keep what it holds", async () => {
  const from = (origin: string) => ask("localhost", "/_emulator/reset", "POST", { origin });
  expect((await from("http://evil.example")).status).toBe(403);
  const { headers } = await ask("localhost", "/_emulator/mailbox");
  expect(headers).toMatchObject({ "x-frame-options": "DENY", "cache-control": "no-store" });
});

test.each([
  { advanceMs: 0.5 },
  { advanceMs: 1e300 },
  { advanceMs: -1e15 },
  { set: 1e300 },
  { set: "9999999" },
  { set: "soon" },
])("%j is no time, and leaves the clock as it was", async (body) => {
  const post = (json: object) =>
    fetch(`${emulator.url}/_emulator/clock`, { method: "POST", body: JSON.stringify(json) });
  expect((await post(body)).status).toBeGreaterThanOrEqual(400);
  expect((await post(body)).status).toBeLessThan(500);
  const users = await fetch(`${emulator.url}/user_management/users`, {
    headers: { Authorization: `Bearer ${emulator.apiKey}` },
  });
  expect(users.status).toBe(200);
  expect((await post({ reset: true })).status).toBe(200);
});

test("the clock itself refuses what is no time", () => {
  for (const ms of [0.5, NaN, Infinity, 1e300]) expect(() => emulator.control.clock.advance(ms)).toThrow(RangeError);
  emulator.control.clock.advance(1_000);
  emulator.control.clock.reset();
});
