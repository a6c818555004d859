import fs, { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { Running, folder, run } from "./support/run";

const files = folder();
afterAll(() => files.remove());

const running: Running[] = [];
afterEach(async () => {
  for (const command of running.splice(0)) {
    command.interrupt();
    await command.finished;
  }
});

async function started(...args: string[]) {
  const command = new Running(["emulator", "--port", "0", ...args], { directory: files.path });
  running.push(command);
  await command.until("Ctrl-C");
  const value = (name: string) => new RegExp(`export ${name}=(\\S+)`).exec(command.out)?.[1] ?? "";
  const get = async (path: string) => {
    const response = await fetch(value("WORKOS_BASE_URL") + path, {
      headers: { Authorization: `Bearer ${value("WORKOS_API_KEY")}` },
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  };
  return { command, value, get };
}

const seed = `organizations:
  - id: org_acme
    name: Acme
    domains: [acme.com]
permissions:
  - { slug: "posts:write", name: Write posts }
  - { slug: "widgets:manage", system: true }
roles:
  - slug: editor
    permissions: [posts:write]
users:
  - id: user_ann
    email: ann@acme.com
    password: correct horse battery
    memberships:
      - { id: om_ann, organization: org_acme, role: editor }
api_keys:
  - { id: api_key_ci, organization: org_acme, name: ci, value: sk_seeded_key_1 }
  - { id: api_key_ann, organization: org_acme, user: Ann@acme.com, name: laptop }
applications:
  - { id: conn_app_wiki, client_id: client_wiki, name: Wiki, redirect_uris: ["http://localhost/cb"] }
feature_flags:
  - { slug: beta, targets: [org_acme, ann@acme.com] }
`;

test.each([
  ["PowerShell", { OS: "Windows_NT" }, /^\$env:WORKOS_API_KEY = "sk_test_local"$/m],
  ["Git's shell on Windows", { OS: "Windows_NT", MSYSTEM: "MINGW64" }, /^export WORKOS_API_KEY=sk_test_local$/m],
  ["other shells", {}, /^export WORKOS_API_KEY=sk_test_local$/m],
])("prints its settings as %s takes them", async (_shell, env, expected) => {
  const command = new Running(["emulator", "--port", "0"], { directory: files.path, env });
  running.push(command);
  await command.until("Ctrl-C");
  expect(command.out).toMatch(expected);
  expect(command.out.match(/^(\$env:|export )WORKOS_/gm)).toHaveLength(3);
});

test("prints a ready line and what to export, and ends on an interruption", async () => {
  const { command, value, get } = await started();
  expect(command.out).toMatch(/^Dashboard: http:\/\/127\.0\.0\.1:\d+\/\n/);
  expect(value("WORKOS_CLIENT_ID")).toBe("client_local");
  expect((await get("/user_management/users?limit=1")).status).toBe(200);
  command.interrupt();
  expect((await command.finished).code).toBe(0);
  await expect(get("/health")).rejects.toThrow();
});

test("a seed pins ids, and is put into a data file once", async () => {
  files.write("seed.yaml", seed);
  const flags = ["--seed", "seed.yaml", "--data", "data.jsonl"];
  for (let start = 0; start < 2; start += 1) {
    const { command, value, get } = await started(...flags);
    expect((await get("/user_management/users")).body.data).toMatchObject([{ id: "user_ann" }]);
    expect((await get("/organizations/org_acme")).body).toMatchObject({ domains: [{ domain: "acme.com" }] });
    expect((await get("/authorization/permissions?order=asc")).body.data).toMatchObject([
      { slug: "posts:write", name: "Write posts", system: false },
      { slug: "widgets:manage", name: "widgets:manage", system: true },
    ]);
    expect((await get("/authorization/roles/editor")).body).toMatchObject({ permissions: ["posts:write"] });
    const membership = await get("/user_management/organization_memberships/om_ann");
    expect(membership.body).toMatchObject({ user_id: "user_ann", role: { slug: "editor" } });
    expect((await get("/organizations/org_acme/api_keys")).body.data).toMatchObject([{ id: "api_key_ci" }]);
    const own = await get("/user_management/users/user_ann/api_keys");
    expect(own.body.data).toMatchObject([{ id: "api_key_ann", owner: { organization_id: "org_acme" } }]);
    for (const whose of ["/organizations/org_acme", "/user_management/users/user_ann"]) {
      expect((await get(`${whose}/feature-flags`)).body.data).toMatchObject([{ slug: "beta", enabled: true }]);
    }
    expect((await get("/connect/applications/client_wiki")).body).toMatchObject({ id: "conn_app_wiki" });
    const signIn = await fetch(`${value("WORKOS_BASE_URL")}/user_management/authenticate`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        ...{ grant_type: "password", email: "ann@acme.com", password: "correct horse battery" },
        ...{ client_id: value("WORKOS_CLIENT_ID"), client_secret: value("WORKOS_API_KEY") },
      }),
    });
    expect(await signIn.json()).toMatchObject({ organization_id: "org_acme" });
    command.interrupt();
    await command.finished;
  }
});

test.each([
  ["users:\n  - email: nonsense\n", "2:5", "users.0.email"],
  ["users:\n  - email: a@example.com\n    emial: x\n", "3:5", "emial is not known here"],
  ["users:\n  - first_name: A\n", "2:5", "users.0.email"],
  ["users:\n  - { id: org_x, email: a@example.com }\n", "2:7", "must start with user_"],
  ["users:\n  - email: a@x.com\n  - email: A@x.com\n", "3:5", "a@x.com is given twice"],
  [
    "api_keys:\n  - name: ci\n    organization: org_none\n",
    "3:5",
    "no organization has the id or external id org_none",
  ],
  ["permissions:\n  - slug: a\n  - slug: a\n", "3:5", "a is given twice"],
  [
    "organizations:\n  - { id: org_a, name: A }\napi_keys:\n  - name: ci\n    organization: org_a\n    user: a@x.com\n",
    "6:5",
    "a@x.com is no active member of org_a",
  ],
  ["feature_flags:\n  - { slug: a, targets: [b@x.com] }\n", "2:26", "no user has the address b@x.com"],
  ["users: [\n", "2:1", ""],
  ["- a list\n", "1:1", "must be a map, and is a list"],
])("a mistake in a seed is told with its place: %j", async (text, place, reason) => {
  const file = files.write("wrong.yaml", text);
  const { code, err } = await run(["emulator", "--port", "0", "--seed", file]);
  expect(code).toBe(1);
  expect(err).toContain(`${file}:${place}`);
  expect(err).toContain(reason);
});

test("--rate-limit, --latency and --async-deletes do what they say", async () => {
  const { get } = await started("--rate-limit-per-10s", "2", "--latency", "30", "--async-deletes", "60000");
  const before = performance.now();
  const first = await get("/organizations");
  expect(performance.now() - before).toBeGreaterThan(25);
  expect(first.headers.get("x-ratelimit-limit")).toBe("2");
  expect((await get("/organizations")).status).toBe(200);
  expect((await get("/organizations")).status).toBe(429);
  expect((await get("/_emulator/async-deletes")).body).toEqual({ delayMs: 60000 });
});

test("--api-key, --client-id, --host and --allow-host do what they say", async () => {
  const { value, get } = await started(
    ...["--api-key", "sk_test_mine", "--client-id", "client_mine"],
    ...["--host", "0.0.0.0", "--allow-host", "authkit, mail.example"],
  );
  expect([value("WORKOS_API_KEY"), value("WORKOS_CLIENT_ID")]).toEqual(["sk_test_mine", "client_mine"]);
  expect(value("WORKOS_BASE_URL")).toMatch(/^http:\/\/127\.0\.0\.1:/);
  expect((await get("/organizations")).status).toBe(200);
  const statusAs = (name: string) =>
    new Promise((answered, fail) => {
      const asked = request(`${value("WORKOS_BASE_URL")}/health`, { headers: { host: name } }, (answer) => {
        answer.resume();
        answered(answer.statusCode);
      });
      asked.on("error", fail).end();
    });
  expect(await statusAs("authkit:4747")).toBe(200);
  expect(await statusAs("mail.example")).toBe(200);
  expect(await statusAs("elsewhere.example")).toBe(403);
  expect((await run(["emulator", "--api-key", " "])).code).toBe(64);
  expect((await run(["emulator", "--port", "0", "--host", "192.0.2.1"])).err).toContain("no address of this machine");
});

test("mistakes in the command line are exit code 2, a port in use is explained", async () => {
  expect(await run(["emulator", "--port", "many"])).toMatchObject({ code: 64 });
  expect(await run(["emulator", "--prot", "1"])).toMatchObject({ code: 64 });
  expect(await run(["nonsense"])).toMatchObject({ code: 64 });
  expect(await run([])).toMatchObject({ code: 64 });
  expect(await run(["emulator", "--help"])).toMatchObject({ code: 0 });
  const { value } = await started();
  const { port } = new URL(value("WORKOS_BASE_URL"));
  const second = await run(["emulator", "--port", port]);
  expect(second).toMatchObject({ code: 1, err: expect.stringContaining(`Port ${port} is in use`) as string });
  expect((await run(["emulator", "--seed", "none.yaml"])).err).toContain("cannot be read");
});

describe("a data file that cannot be opened is what is said, and not the port", () => {
  const start = async (data: string) => run(["emulator", "--port", "0", "--data", data], { directory: files.path });

  test.each([
    ["EACCES", "may not be read or written by this user"],
    ["EPERM", "may not be read or written by this user"],
    ["EROFS", "read-only"],
    ["ENOSPC", "no room left"],
  ])("%s", async (code, reason) => {
    const path = join(files.path, "data.jsonl.lock.1");
    const write = jest.spyOn(fs, "writeFileSync").mockImplementation(() => {
      throw Object.assign(new Error(code), { code, syscall: "open", path });
    });
    const { code: exit, err } = await start("data.jsonl");
    write.mockRestore();
    expect(exit).toBe(1);
    expect(err).toContain(path);
    expect(err).toContain(reason);
    expect(err).not.toContain("Port");
  });

  test("a folder, and a file in place of a folder", async () => {
    mkdirSync(join(files.path, "folder"));
    writeFileSync(join(files.path, "file"), "");
    expect((await start("folder")).err).toContain("folder is no file that data can be kept in");
    expect((await start("file/data.jsonl")).err).toContain("a part of its path is no folder");
  });
});
