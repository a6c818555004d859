import { defaultSwitches } from "../../emulator";
import { day, local } from "./support/local";

const at = local();
const users = "/user_management/users";

describe("asynchronous deletes", () => {
  test.each([
    ["user", users],
    ["organization", "/organizations"],
  ] as const)("a deleted %s stays readable until its time has come on the emulator's clock", async (kind, path) => {
    at().control.asyncDeletes.set({ delayMs: 5000 });
    const { id } = await at()[kind]();
    expect((await at().delete(`${path}/${id}`)).status).toBe(202);
    at().control.clock.advance(4000);
    expect((await at().get(`${path}/${id}`)).status).toBe(200);
    expect((await at().delete(`${path}/${id}`)).status).toBe(202);
    expect(at().control.state().pendingDeletions).toEqual([{ id, dueAt: "2026-06-01T12:00:05.000Z" }]);
    at().control.clock.advance(1000);
    expect((await at().get(`${path}/${id}`)).status).toBe(404);
    expect((await at().delete(`${path}/${id}`)).status).toBe(404);
    expect(at().control.state().pendingDeletions).toEqual([]);
  });

  test("the email is taken and memberships stay until the user is gone", async () => {
    at().control.asyncDeletes.set({ delayMs: 5000 });
    const user = await at().user({ email: "ann@example.com" });
    const organization = await at().organization();
    const membership = await at().membership(user.id, organization.id);
    await at().delete(`${users}/${user.id}`);
    expect((await at().post(users, { email: "ann@example.com" })).status).toBe(400);
    const path = `/user_management/organization_memberships/${membership.id}`;
    expect((await at().get(path)).status).toBe(200);
    at().control.clock.advance(5000);
    expect((await at().get(path)).status).toBe(404);
    expect((await at().post(users, { email: "ann@example.com" })).status).toBe(201);
  });
});

describe("idempotency keys", () => {
  const create =
    (key: string, name = "ci") =>
    async (organizationId: string) =>
      at().call("POST", `/organizations/${organizationId}/api_keys`, { name }, { "Idempotency-Key": key });

  test("are ignored by default", async () => {
    const { id } = await at().organization();
    expect((await create("k")(id)).body.id).not.toBe((await create("k")(id)).body.id);
  });

  test("answer the first one's answer again where they are honoured, for a day", async () => {
    at().control.switches.set({ idempotency: "honour" });
    const { id } = await at().organization();
    const [first, second] = await Promise.all([create("k")(id), create("k")(id)]);
    expect(second.body).toEqual(first.body);
    const reused = await create("k", "other")(id);
    expect([reused.status, reused.body.code]).toEqual([422, "idempotency_key_reused"]);
    at().control.clock.advance(day);
    expect((await create("k")(id)).body.id).not.toBe(first.body.id);
  });

  test("repeat an answer that a fault kept from its client, and never a failure", async () => {
    at().control.switches.set({ idempotency: "honour" });
    const { id } = await at().organization();
    at().control.faults.add({ method: "POST", when: "after", cut: "connection" });
    await expect(create("k")(id)).rejects.toThrow();
    const [key] = at().control.state().apiKeys;
    expect((await create("k")(id)).body.id).toBe(key?.id);
    expect((await create("l", "")(id)).status).toBe(422);
    expect((await create("l", "named")(id)).status).toBe(201);
  });
});

test("requests are logged and counted, with their idempotency key", async () => {
  await at().call("POST", users, { email: "ann@example.com" }, { "Idempotency-Key": "k1" });
  await at().post(users, {});
  await at().get("/nowhere?x=1");
  expect(at().control.requests.list()).toMatchObject([
    { method: "POST", path: users, status: 201, idempotencyKey: "k1", time: "2026-06-01T12:00:00.000Z" },
    { method: "POST", path: users, status: 422, idempotencyKey: null },
    { method: "GET", path: "/nowhere", query: "x=1", status: 404, operation: null },
  ]);
  expect(at().control.requests.counters()).toEqual({
    UserlandUsersController_create: { "201": 1, "422": 1 },
    unknown: { "404": 1 },
  });
  at().control.requests.clear();
  expect(at().control.requests.list()).toEqual([]);
});

test("the clock can be set, moved and put back, and runs on from there", () => {
  const { clock } = at().control;
  clock.set("2030-01-01T00:00:00Z");
  clock.advance(500);
  expect(new Date(clock.now()).toISOString()).toBe("2030-01-01T00:00:00.500Z");
  clock.reset();
  expect(new Date(clock.now()).toISOString()).toBe("2026-06-01T12:00:00.000Z");
  expect(() => clock.set("noon")).toThrow("not a time");
});

test("reset brings back the initial state", async () => {
  const before = at().control.state();
  await at().invitation({ organization_id: (await at().organization()).id });
  at().control.switches.set({ resend: "same" });
  at().control.asyncDeletes.set({ delayMs: 1 });
  at().control.rateLimits.set({});
  at().control.faults.add({ status: 500 });
  at().control.addRole({ slug: "auditor" });
  at().control.clock.advance(day);
  at().control.reset();
  expect(at().control.switches.get()).toEqual(defaultSwitches);
  expect(at().control.asyncDeletes.get()).toBe(false);
  expect(at().control.rateLimits.get()).toBe(false);
  expect(at().control.faults.list()).toEqual([]);
  expect(at().control.mailbox.list()).toEqual([]);
  expect(at().control.requests.list()).toEqual([]);
  const { roles, ...rest } = at().control.state();
  expect(rest).toEqual({ ...before, roles: undefined });
  expect(roles.map(({ slug }) => slug)).toEqual(["admin", "member"]);
});

describe("over HTTP, without a key", () => {
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await at().call(method, `/_emulator${path}`, body, { Authorization: "" });
    return { status: answer.status, body: answer.body, text: answer.text };
  };

  test("faults", async () => {
    const added = await call("POST", "/faults", { method: "GET", status: 418 });
    expect(added.status).toBe(201);
    expect((await call("GET", "/faults")).body).toMatchObject({ data: [{ id: added.body.id, hit: 0 }] });
    expect((await at().get(users)).status).toBe(418);
    expect((await call("DELETE", `/faults/${String(added.body.id)}`)).status).toBe(204);
    await call("POST", "/faults", { status: 418 });
    expect((await call("DELETE", "/faults")).status).toBe(204);
    expect((await at().get(users)).status).toBe(200);
    expect((await call("POST", "/faults", { status: "418" })).status).toBe(422);
    expect((await call("POST", "/faults", "{")).status).toBe(400);
  });

  test("switches, limits, asynchronous deletes and the clock", async () => {
    expect((await call("PUT", "/switches", { userDelete: 204 })).body).toEqual({ ...defaultSwitches, userDelete: 204 });
    expect((await call("PUT", "/switches", { userDelet: 204 })).status).toBe(422);
    expect((await call("PUT", "/async-deletes", { delayMs: 5 })).body).toEqual({ delayMs: 5 });
    expect((await call("PUT", "/async-deletes", false)).text).toBe("false");
    await call("PUT", "/rate-limits", { reads: { limit: 0, windowMs: 1000 } });
    expect((await at().get(users)).status).toBe(429);
    await call("PUT", "/rate-limits", false);
    expect((await call("POST", "/clock", { advanceMs: 1000 })).body).toEqual({ now: "2026-06-01T12:00:01.000Z" });
    expect((await call("POST", "/clock", { set: "2030-01-01T00:00:00Z" })).body).toEqual({
      now: "2030-01-01T00:00:00.000Z",
    });
    expect((await call("POST", "/clock", { set: "noon" })).status).toBe(400);
    expect((await call("POST", "/clock", { reset: true })).body).toEqual({ now: "2026-06-01T12:00:00.000Z" });
  });

  test("mailbox, requests, state and reset", async () => {
    const invitation = await at().invitation();
    expect((await call("GET", "/mailbox")).body).toMatchObject({ data: [{ objectId: invitation.id }] });
    await call("DELETE", "/mailbox");
    expect((await call("GET", "/mailbox")).body).toEqual({ data: [] });
    expect((await call("GET", "/requests")).body).toMatchObject({
      data: [{ method: "POST" }],
      counters: { UserlandUserInvitesController_create: { "201": 1 } },
    });
    await call("DELETE", "/requests");
    expect((await call("GET", "/requests")).body).toEqual({ data: [], counters: {} });
    expect((await call("GET", "/state")).body).toMatchObject({ invitations: [{ id: invitation.id }] });
    expect((await call("POST", "/reset")).status).toBe(204);
    expect((await call("GET", "/state")).body).toMatchObject({ invitations: [] });
  });

  test("users, memberships and roles", async () => {
    const user = await at().user({ password: "long enough" });
    const organization = await at().organization();
    const membership = await at().membership(user.id, organization.id);
    await call("PUT", `/users/${user.id}/deletion-allowed`, { allowed: false });
    expect((await at().delete(`${users}/${user.id}`)).status).toBe(409);
    expect((await call("PUT", "/users/user_x/deletion-allowed", { allowed: false })).status).toBe(404);
    const matches = await call("POST", `/users/${user.id}/password-matches`, { password: "long enough" });
    expect(matches.body).toEqual({ matches: true });
    await call("PUT", `/organization-memberships/${membership.id}/directory-managed`, { directoryManaged: true });
    expect(at().control.state().organizationMemberships).toMatchObject([{ directory_managed: true }]);
    expect((await call("POST", "/roles", { slug: "org-x", organizationId: organization.id })).status).toBe(201);
    expect((await call("POST", "/roles", { slug: "org-x", organizationId: "org_x" })).status).toBe(404);
  });

  test("roles that nobody has are deleted, and permissions are made", async () => {
    at().control.addRole({ slug: "auditor" });
    const user = await at().user();
    const { id: organization } = await at().organization();
    const membership = await at().membership(user.id, organization, { role_slug: "auditor" });
    const { id } = at().control.state().roles.at(-1) ?? { id: "" };
    expect((await call("DELETE", `/roles/${id}`)).status).toBe(409);
    await at().delete(`/user_management/organization_memberships/${membership.id}`);
    expect((await call("DELETE", `/roles/${id}`)).status).toBe(204);
    expect((await call("DELETE", `/roles/${id}`)).status).toBe(404);
    expect((await call("POST", "/permissions", { slug: "logs:read", system: true })).status).toBe(201);
    expect(at().control.state().permissions).toMatchObject([{ slug: "logs:read", name: "logs:read", system: true }]);
  });

  test("a page for people shows counts, mails and requests, and escapes what it shows", async () => {
    await at().invitation({ organization_id: (await at().organization({ name: "<b>Acme" })).id });
    const page = (await call("GET", "")).text;
    expect(page).toContain("<strong>1</strong><span>Invitations</span>");
    expect(page).toContain("You have been invited to &lt;b>Acme");
    expect(page).not.toContain("<b>Acme");
    expect(page).toContain("/user_management/invitations");
  });

  test("a page of another site cannot drive it", async () => {
    const answer = await at().call("POST", "/_emulator/reset", undefined, { Origin: "https://example.com" });
    expect(answer.status).toBe(403);
  });
});
