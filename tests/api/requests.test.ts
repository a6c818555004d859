import { readFileSync } from "node:fs";
import { createApi } from "../../api";
import { API_KEY, failure, keyObject, useServer, userObject } from "./support/api";
import { settled } from "./support/virtual-clock";

const { server, api } = useServer();
const organization = {
  object: "organization",
  id: "org_1",
  name: "A",
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};
const last = () => server().requests.at(-1);

describe("what goes on the wire", () => {
  it("carries key, version and content type, and a content type only with a body", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    server().reply({ status: 200, json: userObject() });
    const client = api({ userAgent: "tests/1" });
    await client.users.get({ id: "user_1" });
    expect(last()?.headers).toMatchObject({
      authorization: `Bearer ${API_KEY}`,
      accept: "application/json",
      "user-agent": `tests/1 pulumi-workos/${version} node/${process.versions.node}`,
    });
    expect(last()?.headers["content-type"]).toBeUndefined();
    await client.users.update({ id: "user_1", first_name: null });
    expect(last()?.headers["content-type"]).toBe("application/json");
  });

  it("keeps a prefix of the base URL and encodes path parameters", async () => {
    server().reply({ status: 200, json: userObject() });
    await api({ baseUrl: `${server().url}/workos/v1/` }).users.getByExternalId({ external_id: "a/b c?d" });
    expect(last()?.url).toBe("/workos/v1/user_management/users/external_id/a%2Fb%20c%3Fd");
  });

  it("splits flat input into path, query and body, and never sends undefined", async () => {
    server().reply({ status: 200, json: userObject() });
    await api().users.update({ id: "user_1", email: undefined, first_name: null, metadata: { team: "a", old: null } });
    expect(last()).toMatchObject({ method: "PUT", url: "/user_management/users/user_1" });
    expect(JSON.parse(last()?.body ?? "")).toEqual({ first_name: null, metadata: { team: "a", old: null } });
  });

  it("joins lists in a query by commas and leaves out what is undefined or empty", async () => {
    server().reply({ status: 200, json: { object: "list", data: [], list_metadata: {} } });
    const client = api();
    await client.organizationMemberships.list({
      organization_id: "org_1",
      user_id: undefined,
      statuses: ["active", "pending"],
    });
    expect(last()?.url).toBe("/user_management/organization_memberships?organization_id=org_1&statuses=active,pending");
    await client.organizations.list({ domains: [], search: "a&b,c" });
    expect(last()?.url).toBe("/organizations?search=a%26b%2Cc");
  });

  it("sends {} where a body is declared and none is given, and nothing where none is declared", async () => {
    server().reply({ status: 404 });
    const client = api();
    await failure(client.invitations.resend({ id: "invitation_1" }));
    expect(last()?.body).toBe("{}");
    await failure(client.invitations.revoke({ id: "invitation_1" }));
    expect(last()?.body).toBe("");
    expect(last()?.headers["content-type"]).toBeUndefined();
  });

  it.each(["", ".", ".."])("refuses %j as an id instead of addressing something else", async (id) => {
    await expect(api().organizations.delete({ id })).rejects.toThrow("id must be a non-empty string");
    expect(server().requests).toEqual([]);
  });

  it("works without input where an endpoint takes none", async () => {
    server().reply({ status: 200, json: { data: [] } });
    expect((await api().roles.list()).data).toEqual([]);
  });
});

describe("success", () => {
  it.each([200, 202, 204, 201])("a delete that answers %d is done", async (status) => {
    server().reply({ status });
    await expect(api().users.delete({ id: "user_1" })).resolves.toBeUndefined();
  });

  it("a documented body under an undocumented 2xx status is read all the same", async () => {
    server().reply({ status: 200, json: userObject("user_2") });
    expect((await api().users.create({ email: userObject("user_2").email })).id).toBe("user_2");
  });

  it("unknown fields pass and missing nullable ones read as null", async () => {
    server().reply({ status: 200, json: { ...userObject(), invented_since: { a: 1 } } });
    expect((await api().users.get({ id: "user_1" })).external_id).toBeNull();
  });

  it("counts attempts by operation", async () => {
    server().reply({ status: 500 }, { status: 200, json: userObject() });
    const client = api();
    await client.users.get({ id: "user_1" });
    await client.users.get({ id: "user_1" });
    expect(client.counts).toEqual({ requests: { UserlandUsersController_get: 3 }, retries: 1, waits: 1 });
  });
});

describe("Idempotency-Key", () => {
  const keys = () => server().requests.map((request) => request.headers["idempotency-key"]);

  it("is one ULID per call, the same over its attempts", async () => {
    server().reply({ status: 429 }, { status: 429 }, { status: 201, json: keyObject() });
    const client = api();
    const create = () => client.apiKeys.createForOrganization({ organization_id: "org_1", name: "ci" });
    await create();
    await create();
    const [first, second, third, fourth] = keys();
    expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect([second, third]).toEqual([first, first]);
    expect(fourth).not.toBe(first);
  });

  it("is the caller's where one is given", async () => {
    server().reply({ status: 201, json: organization });
    await api().organizations.create({ name: "A" }, { idempotencyKey: "mine" });
    expect(keys()).toEqual(["mine"]);
  });

  it("is not sent with reads, updates and deletes", async () => {
    server().reply({ status: 200, json: userObject() });
    const client = api();
    await client.users.get({ id: "user_1" });
    await client.users.update({ id: "user_1" });
    await client.users.delete({ id: "user_1" });
    expect(keys()).toEqual([undefined, undefined, undefined]);
  });
});

describe("the base URL", () => {
  const options = (baseUrl: string) => ({ apiKey: API_KEY, baseUrl });

  it.each([
    "http://localhost:1",
    "http://127.0.0.1:1",
    "http://127.9.8.7",
    "http://127.1:80/p",
    "http://[::1]:4000",
    "https://api.workos-test.com/x",
  ])("%s is accepted", async (baseUrl) => {
    await createApi(options(baseUrl)).close();
  });

  it.each([
    "http://api.workos.com",
    "http://localhost.evil.example",
    "http://10.0.0.1",
    "http://128.0.0.1",
    "http://0.0.0.0:80",
    "ftp://api.workos.com",
    "file:///etc",
  ])("%s is refused, because the key would travel in the clear", (baseUrl) => {
    expect(() => createApi(options(baseUrl))).toThrow(/must use https.*`baseUrl`/);
  });

  it.each([
    ["not a url", "is not a URL"],
    ["https://user:hunter22@api.workos.com", "user name or a password"],
    ["https://api.workos.com/?a=b", "query"],
  ])("%s is refused", (baseUrl, message) => {
    expect(() => createApi(options(baseUrl))).toThrow(message);
    expect(() => createApi(options(baseUrl))).not.toThrow("hunter22");
  });

  it.each(["", "sk_a\r\nx: y", "sk_ä", "sk_a "])("the key %j is refused without being shown", (apiKey) => {
    expect(() => createApi({ apiKey })).toThrow(/API key/);
    if (apiKey) expect(() => createApi({ apiKey })).not.toThrow(apiKey);
  });
});

describe("close", () => {
  it("lets requests under way end, refuses new ones, ends the connections, and can be called twice", async () => {
    let release: () => void = () => undefined;
    server().handle(async () => {
      await new Promise<void>((resolve) => (release = resolve));
      return { status: 200, json: userObject() };
    });
    const client = api();
    const underWay = client.users.get({ id: "user_1" });
    while (server().requests.length === 0) await settled();
    const closing = client.close();
    const refused = await failure(client.users.get({ id: "user_2" }));
    expect(refused).toMatchObject({ kind: "aborted", ambiguous: false, attempts: 0 });
    expect(refused.message).toContain("the client is closed");
    release();
    expect((await underWay).id).toBe("user_1");
    await closing;
    await client.close();
    while ((await server().connections()) > 0) await settled();
    expect(server().requests).toHaveLength(1);
  });
});
