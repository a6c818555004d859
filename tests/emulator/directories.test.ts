/** Directories and connections by controls, and what a directory that pushes does to users and members. */
import { type EventObject } from "../../api/schemas";
import { type DirectoryPushInput } from "../../emulator/directories/push";
import { startEmulator } from "../../emulator";
import { start as noon, local } from "./support/local";

const at = local({
  seed: {
    organizations: [{ id: "org_acme", name: "Acme", domains: ["acme.example"] }],
    roles: [{ slug: "editor" }],
    directories: [
      {
        id: "directory_okta",
        organization: "org_acme",
        name: "Okta",
        groups: [{ id: "directory_group_writers", name: "Writers", role: "editor" }, { name: "Everyone" }],
      },
    ],
  },
});

const push = async (changes: DirectoryPushInput) => {
  const answer = await at().post("/_emulator/directories/directory_okta/push", changes);
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
};
const names = () =>
  at()
    .control.events.list()
    .map(({ event }) => event);
const since = async (what: () => Promise<unknown>): Promise<EventObject[]> => {
  const before = at().control.events.list().length;
  await what();
  return at().control.events.list().slice(before);
};
const membership = () => at().control.state().organizationMemberships[0];
const ann = { email: "ann@acme.example", first_name: "Ann", groups: ["Writers"] };

test("who is in the directory with an address of the organization is a member at once, with the group's role", async () => {
  await push({ users: [ann] });
  expect(membership()).toMatchObject({
    ...{ organization_id: "org_acme", status: "active", directory_managed: true, role: { slug: "editor" } },
    user: { email: "ann@acme.example", email_verified: true, first_name: "Ann" },
  });
  expect(names()).toEqual([
    ...["dsync.user.created", "dsync.group.user_added"],
    ...["user.created", "organization_membership.created"],
  ]);
  expect(at().control.mailbox.list()).toEqual([]);
});

test("who has another address is invited, and becomes a member by accepting", async () => {
  await push({ users: [{ email: "guest@else.example", groups: ["Writers"] }] });
  expect(membership()).toMatchObject({ status: "pending", directory_managed: true, role: { slug: "editor" } });
  const [mail] = at().control.mailbox.list();
  expect(mail).toMatchObject({ kind: "invitation", to: "guest@else.example" });
  await at().post(`/user_management/invitations/${mail?.objectId ?? ""}/accept`);
  expect(membership()).toMatchObject({ status: "active", directory_managed: true, role: { slug: "editor" } });
  await push({ users: [{ email: "guest@else.example", first_name: "Gus" }] });
  expect(at().control.state().users[0]?.first_name).toBeNull();
});

test("a role comes and goes with the group, also when the group itself changes", async () => {
  await push({ users: [{ ...ann, groups: [] }] });
  const role = () => membership()?.role.slug;
  expect(role()).toBe("member");
  const added = await since(() => push({ users: [{ email: ann.email, groups: ["Writers"] }] }));
  expect(role()).toBe("editor");
  expect(added.map(({ event }) => event)).toEqual([
    ...["dsync.user.updated", "dsync.group.user_added", "organization_membership.updated"],
  ]);
  expect(added[0]?.data).toMatchObject({ role: { slug: "editor" }, previous_attributes: { role: null } });
  await push({ groups: [{ name: "Writers", role: "admin" }] });
  expect(role()).toBe("admin");
  const gone = await since(() => push({ groups: [{ name: "Writers", deleted: true }] }));
  expect(role()).toBe("member");
  expect(gone.map(({ event }) => event)).toEqual([
    ...["dsync.group.deleted", "dsync.user.updated", "organization_membership.updated"],
  ]);
});

test("being in another group alone is no change of the user", async () => {
  await push({ users: [{ ...ann, groups: [] }] });
  const moved = await since(() => push({ users: [{ email: ann.email, groups: ["Everyone"] }] }));
  expect(moved.map(({ event }) => event)).toEqual(["dsync.group.user_added"]);
  const left = await since(() => push({ users: [{ email: ann.email, groups: [] }] }));
  expect(left.map(({ event }) => event)).toEqual(["dsync.group.user_removed"]);
});

test("what the directory says of a person counts, and what it said before is told", async () => {
  await push({ users: [ann] });
  const told = await since(() =>
    push({ users: [{ email: ann.email, first_name: "Anne", custom_attributes: { floor: 2 } }] }),
  );
  expect(at().control.state().users[0]).toMatchObject({ first_name: "Anne", email: "ann@acme.example" });
  const previous_attributes = { first_name: "Ann", custom_attributes: {} };
  expect(told[0]).toMatchObject({ event: "dsync.user.updated", data: { first_name: "Anne", previous_attributes } });
  // The address of a user stays, whatever the directory says.
  await push({ users: [{ idp_id: ann.email, email: "ann.new@acme.example" }] });
  expect(
    at()
      .control.state()
      .users.map(({ email }) => email),
  ).toEqual(["ann@acme.example"]);
});

test.each<[string, object, "delete" | "keep", string]>([
  ["is deleted", { deleted: true }, "delete", "dsync.user.deleted"],
  ["is switched off", { state: "inactive" }, "delete", "dsync.user.deleted"],
  ["is switched off where such users are kept", { state: "inactive" }, "keep", "dsync.user.updated"],
])("who %s loses access and all sessions, and gets it back by coming back", async (_what, end, inactive, event) => {
  at().control.switches.set({ inactiveDirectoryUsers: inactive });
  await push({ users: [ann] });
  const { id: userId } = at().control.state().users[0] ?? { id: "" };
  await at().put(`/user_management/users/${userId}`, { password: "long enough to pass" });
  const sign = { client_id: "client_local", client_secret: "sk_test_local", grant_type: "password" };
  const signIn = () =>
    at().post("/user_management/authenticate", { ...sign, email: ann.email, password: "long enough to pass" });
  expect((await signIn()).status).toBe(200);
  const told = await since(() => push({ users: [{ email: ann.email, ...end }] }));
  expect(told.map(({ event: name }) => name)).toEqual([event, "organization_membership.updated", "session.revoked"]);
  expect(membership()).toMatchObject({ status: "inactive", role: { slug: "member" } });
  await push({ users: [{ ...ann, state: "active" }] });
  expect(membership()).toMatchObject({ status: "active", role: { slug: "editor" }, user: { id: userId } });
});

test("an invited guest who leaves the directory is neither invited nor a member", async () => {
  await push({ users: [{ email: "guest@else.example" }] });
  await push({ users: [{ email: "guest@else.example", deleted: true }] });
  expect(at().control.state().organizationMemberships).toEqual([]);
  expect(at().control.state().invitations).toMatchObject([{ state: "revoked" }]);
});

test("a deleted directory is told alone, and its members stay, managed by nobody", async () => {
  await push({ users: [ann] });
  const told = await since(() => at().delete("/directories/directory_okta"));
  expect(told.map(({ event }) => event)).toEqual(["dsync.deleted", "organization_membership.updated"]);
  expect(membership()).toMatchObject({ status: "active", directory_managed: false, role: { slug: "editor" } });
});

test("a group keeps its identity through another name", async () => {
  const told = await since(() => push({ groups: [{ id: "directory_group_writers", name: "Authors" }] }));
  expect(told).toMatchObject([
    {
      event: "dsync.group.updated",
      data: { name: "Authors", idp_id: "Writers", previous_attributes: { name: "Writers" } },
    },
  ]);
});

test.each<[string, DirectoryPushInput, string]>([
  [
    "somebody into a group that there is not",
    { users: [{ ...ann, groups: ["Nobody"] }] },
    "users.0.groups: the directory has no group 'Nobody'.",
  ],
  [
    "a role that there is not",
    { groups: [{ name: "Writers", role: "king" }] },
    "groups.0.role: there is no role 'king'.",
  ],
  [
    "somebody out who is not there",
    { users: [{ email: "x@acme.example", deleted: true }] },
    "users.0: the directory has no such user.",
  ],
  ["a new group without a name", { groups: [{ idp_id: "g1" }] }, "groups.0.name: a new group needs one."],
  ["somebody new without an address", { users: [{ idp_id: "u1" }] }, "users.0.email: a new user needs one."],
])("a push of %s changes nothing and says why", async (_what, changes, why) => {
  const all = { ...changes, users: [{ email: "first@acme.example" }, ...(changes.users ?? [])] };
  const answer = await at().post("/_emulator/directories/directory_okta/push", all);
  expect(answer.status).toBe(422);
  expect(JSON.stringify(answer.body)).toContain(why.replace("users.0", "users.1"));
  expect(at().control.state().users).toEqual([]);
  expect(names()).toEqual([]);
});

test("without directory provisioning a push is told, and nobody becomes a member", async () => {
  at().control.switches.set({ directoryProvisioning: false });
  await push({ users: [ann] });
  expect(names()).toEqual(["dsync.user.created", "dsync.group.user_added"]);
  expect(at().control.state().users).toEqual([]);
});

test("a directory is made with who is in it, told, paused and resumed", async () => {
  const made = await at().post("/_emulator/directories", {
    organization: "org_acme",
    name: "Entra",
    type: "azure scim v2.0",
    groups: [{ name: "Admins", role: "admin" }],
    users: [{ email: "ben@acme.example", groups: ["Admins"] }],
  });
  expect(made).toMatchObject({ status: 201, body: { name: "Entra", state: "linked" } });
  expect(membership()).toMatchObject({ role: { slug: "admin" }, user: { email: "ben@acme.example" } });
  const path = `/_emulator/directories/${String(made.body.id)}`;
  await at().put(path, { state: "unlinked" });
  const again = await since(() => at().put(path, { state: "linked" }));
  expect(again).toMatchObject([
    { event: "dsync.activated", data: { state: "active", domains: [{ domain: "acme.example" }] } },
  ]);
  expect(names()).toEqual([
    ...["dsync.activated", "dsync.group.created", "dsync.user.created", "dsync.group.user_added"],
    ...["user.created", "organization_membership.created", "dsync.activated"],
  ]);
  expect((await at().delete(path)).status).toBe(204);
  expect((await at().post(`${path}/push`, {})).status).toBe(404);
});

test("a connection is made, switched off and deleted, and each is told", async () => {
  const made = await at().post("/_emulator/connections", { organization: "org_acme", name: "Okta", type: "OktaSAML" });
  expect(made).toMatchObject({ status: 201, body: { state: "active", connection_type: "OktaSAML" } });
  const path = `/_emulator/connections/${String(made.body.id)}`;
  expect(await at().put(path, { state: "inactive" })).toMatchObject({ status: 200, body: { state: "inactive" } });
  expect(await at().put(path, { domains: ["acme.example"] })).toMatchObject({ body: { state: "inactive" } });
  expect((await at().delete(`/connections/${String(made.body.id)}`)).status).toBe(204);
  expect(names()).toEqual(["connection.activated", "connection.deactivated", "connection.deleted"]);
  expect((await at().delete(path)).status).toBe(404);
  expect(await at().post("/_emulator/connections", { organization: "org_none", name: "X" })).toMatchObject({
    status: 404,
  });
  expect(at().control.clock.now()).toBe(noon);
});

test("a seed may provision, and nothing of it has happened", async () => {
  const emulator = await startEmulator({
    seed: {
      organizations: [{ id: "org_acme", name: "Acme", domains: ["acme.example"] }],
      directories: [
        { organization: "org_acme", name: "Okta", provision: true, users: [{ email: "ann@acme.example" }] },
      ],
    },
  });
  expect(emulator.control.state().organizationMemberships).toMatchObject([{ directory_managed: true }]);
  expect(emulator.control.events.list()).toEqual([]);
  await emulator.close();
});
