import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { kindOf } from "../../cli/doctor/machine";
import { type Emulator, startEmulator } from "../../emulator";
import { Running, run } from "./support/run";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
beforeEach(() => emulator.control.reset());
afterAll(() => emulator.close());

const settings = (more: Record<string, string> = {}) => ({
  ...{ WORKOS_BASE_URL: emulator.url, WORKOS_API_KEY: emulator.apiKey, PATH: process.env.PATH ?? "" },
  ...more,
});

interface Report {
  ok: boolean;
  checks: { name: string; status: string; message: string; remedy?: string }[];
}
async function report(more: Record<string, string> = {}, ...flags: string[]) {
  const { code, out } = await run(["doctor", "--json", ...flags], { env: settings(more), directory: tmpdir() });
  const { ok, checks } = JSON.parse(out) as Report;
  return { code, ok, out, check: (name: string) => checks.find((check) => check.name === name), checks };
}

test("all is well against a local AuthKit, and the key is not shown", async () => {
  const { code, ok, out, check } = await report();
  expect({ code, ok }).toEqual({ code: 0, ok: true });
  expect(check("config")?.message).toBe(`${emulator.url} (WORKOS_BASE_URL), local, key sk_test_… (WORKOS_API_KEY)`);
  expect(check("credentials")?.status).toBe("ok");
  expect(check("clock")?.status).toBe("ok");
  expect(out).not.toContain(emulator.apiKey);
  const text = await run(["doctor"], { env: settings(), directory: tmpdir() });
  expect(text.out).toContain("✓ credentials");
  expect(emulator.control.requests.list().every(({ method }) => method === "GET")).toBe(true);
});

test("a wrong key is red, and says what to do", async () => {
  const { code, out, check } = await report({ WORKOS_API_KEY: "sk_test_wrong_secret" });
  expect(code).toBe(1);
  expect(check("credentials")).toMatchObject({ status: "failed", message: expect.stringContaining("401") as string });
  expect(check("credentials")?.remedy).toContain("API Keys");
  expect(out).not.toContain("wrong_secret");
});

test("without a key, or with a wrong address, nothing is asked", async () => {
  expect((await report({ WORKOS_API_KEY: "" })).check("config")?.message).toContain("No WorkOS API key");
  expect((await report({ WORKOS_API_KEY: "client_x" })).check("config")?.message).toContain("must start with sk_");
  expect((await report({ WORKOS_BASE_URL: "http://example.com" })).check("config")?.message).toContain("https");
});

test("a name without an address and a port without a listener are told apart", async () => {
  const unknown = await report({ WORKOS_BASE_URL: "https://authkit.invalid" });
  expect(unknown.check("address")).toMatchObject({
    status: "failed",
    message: expect.stringMatching(/name|reached/) as string,
  });
  const closed = await report({ WORKOS_BASE_URL: "http://127.0.0.1:9" });
  expect(closed.check("address")?.message).toContain("nothing listens");
});

test.each([
  [403, "{}", "403"],
  [407, "<html></html>", "not AuthKit's"],
  [200, "<html>log in</html>", "not AuthKit's"],
  [404, "{}", "no AuthKit at this address"],
  [502, "{}", "could not answer"],
])("an answer %d %s is explained", async (status, body, message) => {
  const server: Server = createServer((_request, response) => {
    response.writeHead(status, { Date: new Date(Date.now() - 600_000).toUTCString() }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const { code, check } = await report({ WORKOS_BASE_URL: `http://127.0.0.1:${port}` });
  server.closeAllConnections();
  server.close();
  expect(code).toBe(1);
  expect(check("credentials")?.message).toContain(message);
  expect(check("clock")).toMatchObject({ status: "warning", message: expect.stringContaining("ahead of") as string });
});

test("few requests left are a warning, and a proxy is named", async () => {
  emulator.control.rateLimits.set({ all: { limit: 2, windowMs: 60_000 }, reads: { limit: 2, windowMs: 60_000 } });
  await run(["doctor"], { env: settings(), directory: tmpdir() });
  const { code, check } = await report();
  expect(code).toBe(0);
  expect(check("rate limit")).toMatchObject({ status: "warning", message: "0 of 2 left" });
  const proxied = await report({ WORKOS_BASE_URL: "https://authkit.invalid", HTTPS_PROXY: "http://proxy:3128" });
  expect(proxied.check("proxy")).toMatchObject({
    status: "ok",
    message: expect.stringContaining("proxy:3128") as string,
  });
  const unused = await report({ WORKOS_BASE_URL: "https://authkit.invalid", ALL_PROXY: "http://proxy:3128" });
  expect(unused.check("proxy")).toMatchObject({ status: "warning" });
});

const leftovers = () => {
  const { users, organizations, apiKeys, organizationMemberships } = emulator.control.state();
  return [users, organizations, apiKeys, organizationMemberships].map(({ length }) => length);
};

test("--full creates everything and removes it again", async () => {
  const { code, checks } = await report({}, "--full");
  expect(code).toBe(0);
  expect(checks.filter(({ status }) => status === "failed")).toEqual([]);
  expect(checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["create user", "create membership", "create API key", "validate API key", "clean up"]),
  );
  expect(leftovers()).toEqual([0, 0, 0, 0]);
});

test("--full cleans up after a failure, after a lost answer and after an interruption", async () => {
  emulator.control.faults.add({
    operation: "OrganizationApiKeysController_create",
    status: 403,
    body: { message: "no" },
  });
  expect((await report({}, "--full")).code).toBe(1);
  expect(leftovers()).toEqual([0, 0, 0, 0]);
  emulator.control.faults.clear();
  emulator.control.faults.add({
    operation: "UserlandUsersController_create",
    when: "after",
    status: 400,
    body: { message: "lost" },
  });
  expect((await report({}, "--full")).code).toBe(1);
  expect(leftovers()).toEqual([0, 0, 0, 0]);
  emulator.control.faults.clear();
  emulator.control.faults.add({ operation: "UserlandUserOrganizationMembershipsController_create", delayMs: 300 });
  const command = new Running(["doctor", "--full"], { env: settings(), directory: tmpdir() });
  await command.until("key sk_test_");
  while (emulator.control.state().users.length === 0) await new Promise(setImmediate);
  command.interrupt();
  expect((await command.finished).code).toBe(1);
  expect(leftovers()).toEqual([0, 0, 0, 0]);
});

test("--full does not touch what may be production without being told to", async () => {
  const production = await startEmulator({ apiKeys: ["sk_live_abc"] });
  const env = { WORKOS_BASE_URL: production.url.replace("127.0.0.1", "localhost"), WORKOS_API_KEY: "sk_live_abc" };
  // On this machine it is a local AuthKit whatever its key is called, so the guard is looked at by itself.
  expect(kindOf("https://api.workos.com", "sk_live_")).toBe("production");
  expect(kindOf("https://api.workos.com", "sk_")).toBe("production");
  expect(kindOf("https://api.workos.com", "sk_test_")).toBe("staging");
  expect((await report(env, "--full")).code).toBe(0);
  await production.close();
});
