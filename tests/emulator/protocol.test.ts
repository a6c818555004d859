import { Agent, request } from "node:http";
import { pathParameters, type AnyEndpoint } from "../../api/endpoint";
import { startEmulator } from "../../emulator";
import { aliases } from "../../emulator/http/other-spellings";
import { operations as families } from "../../emulator/handlers/handler";
import { local } from "./support/local";

const at = local();
const users = "/user_management/users";

const operations = Object.values(families).flatMap((family) => Object.values<AnyEndpoint>(family));

const filled = (path: string) => pathParameters(path).reduce((url, name) => url.replace(`{${name}}`, "unknown"), path);

test.each(operations.map((endpoint) => [endpoint.operation, endpoint] as const))(
  "%s is served, and needs a key unless it is public",
  async (operation, { method, path, public: isPublic }) => {
    const refused = await at().call(method, filled(path), undefined, { Authorization: "Bearer sk_wrong" });
    if (isPublic) expect(refused.status).not.toBe(401);
    else {
      expect(refused.status).toBe(401);
      expect(refused.body).toEqual({ message: expect.stringContaining("Could not authorize the request.") as unknown });
    }
    await at().call(method, filled(path));
    expect(
      at()
        .control.requests.list()
        .map((entry) => entry.operation),
    ).toEqual([operation, operation]);
  },
);

// The others do something of their own: `other-spellings.test.ts`.
const plain = aliases.filter(({ run, path }) => run === undefined && path.includes("{"));

test.each(plain.map((alias) => [`${alias.method} ${alias.path}`, alias] as const))(
  "the older spelling %s is answered as its operation",
  async (_name, { method, path, of }) => {
    const body = method === "GET" ? undefined : { name: "ci" };
    const answer = await at().call(method, filled(path), body);
    expect([answer.status, answer.body.code]).toEqual([404, "entity_not_found"]);
    expect(at().control.requests.list()).toMatchObject([{ operation: of.operation }]);
  },
);

test("a request without a key is 401, health is public", async () => {
  expect((await fetch(at().emulator.url + users)).status).toBe(401);
  const health = await fetch(`${at().emulator.url}/health`);
  expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
});

test("every answer carries a request id of its own", async () => {
  const answers = [await at().get(users), await at().get("/nowhere"), await at().get(`${users}/user_x`)];
  const ids = answers.map(({ headers }) => headers.get("x-request-id"));
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^req_[0-9A-Z]{26}$/);
  expect(
    at()
      .control.requests.list()
      .map(({ id }) => id),
  ).toEqual(ids);
});

test("unknown routes and methods are 404 with a message", async () => {
  for (const [method, path] of [
    ["GET", "/nowhere"],
    ["PATCH", users],
  ] as const) {
    const answer = await at().call(method, path);
    expect([answer.status, answer.body]).toEqual([404, { message: `Cannot ${method} ${path}` }]);
  }
});

test("broken JSON is 400, JSON that is no object 422", async () => {
  expect((await at().call("POST", users, "{")).status).toBe(400);
  expect((await at().call("POST", users, "[]")).status).toBe(422);
});

test("a body of more than a megabyte is 413, and the next request is served", async () => {
  const answer = await at().post(users, { email: "a@example.com", first_name: "x".repeat(1_100_000) });
  expect(answer.status).toBe(413);
  expect((await at().get(users)).status).toBe(200);
});

test("a request that is refused before its body is looked at leaves the connection usable", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const statuses: (number | undefined)[] = [];
  for (let count = 0; count < 3; count += 1) {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(
        `${at().emulator.url}${users}`,
        { agent, method: "POST", headers: { "Content-Type": "application/json" } },
        (response) => {
          response.resume();
          response.on("end", () => resolve(response.statusCode));
        },
      );
      sent.on("error", reject);
      sent.end(JSON.stringify({ first_name: "x".repeat(500_000) }));
    });
    statuses.push(status);
  }
  agent.destroy();
  expect(statuses).toEqual([401, 401, 401]);
});

test("several keys may be accepted, and the first is the emulator's own", async () => {
  const emulator = await startEmulator({ apiKeys: ["sk_one", "sk_two"], clientId: "client_1" });
  const status = async (key: string) =>
    (await fetch(emulator.url + users, { headers: { Authorization: `Bearer ${key}` } })).status;
  expect([await status("sk_one"), await status("sk_two"), await status("sk_test_local")]).toEqual([200, 200, 401]);
  expect([emulator.apiKey, emulator.clientId]).toEqual(["sk_one", "client_1"]);
  await emulator.close();
});

test("close ends kept-alive connections and requests that wait, and may be called twice", async () => {
  const emulator = await startEmulator();
  const headers = { Authorization: `Bearer ${emulator.apiKey}` };
  await (await fetch(emulator.url + users, { headers })).text();
  emulator.control.faults.add({ delayMs: 600_000 });
  const waiting = fetch(emulator.url + users, { headers }).then(
    () => "answered",
    () => "cut",
  );
  while (emulator.control.faults.list()[0]?.hit === 0) await new Promise(setImmediate);
  await Promise.all([emulator.close(), emulator.close()]);
  expect(await waiting).toBe("cut");
  await expect(fetch(`${emulator.url}/health`)).rejects.toThrow();
});

test("a taken port is an error", async () => {
  await expect(startEmulator({ port: at().emulator.port })).rejects.toThrow("EADDRINUSE");
});
