import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "../../emulator";
import { ids, Local, local } from "./support/local";
import { text } from "./support/sign-in";

const at = local();

async function team(on: Local = at()) {
  const { id: org } = await on.organization();
  const user = await on.user();
  const { id: membership } = await on.membership(user.id, org);
  const group = text(await on.post(`/organizations/${org}/groups`, { name: "Engineering" }), "id");
  const members = `/organizations/${org}/groups/${group}/organization-memberships`;
  const roles = `/authorization/groups/${group}/role_assignments`;
  await on.post(members, { organization_membership_id: membership });
  await on.post(roles, { role_slug: "admin" });
  return { org, user: user.id, membership, group, members, roles };
}
type Team = Awaited<ReturnType<typeof team>>;
const dump = () => {
  const { groups, groupMemberships, groupRoleAssignments } = at().control.state();
  return [groups.length, groupMemberships.length, groupRoleAssignments.length];
};

describe("what goes with it", () => {
  test.each<[string, (made: Team) => string, readonly number[]]>([
    [
      "a membership leaves its groups",
      ({ membership }) => `/user_management/organization_memberships/${membership}`,
      [1, 0, 1],
    ],
    ["a user leaves the groups of all memberships", ({ user }) => `/user_management/users/${user}`, [1, 0, 1]],
    ["a group ends with its members and roles", ({ org, group }) => `/organizations/${org}/groups/${group}`, [0, 0, 0]],
    ["an organization takes its groups along", ({ org }) => `/organizations/${org}`, [0, 0, 0]],
  ])("when %s", async (_what, path, left) => {
    const made = await team();
    expect(dump()).toEqual([1, 1, 1]);
    expect((await at().delete(path(made))).status).toBeLessThan(300);
    expect(dump()).toEqual(left);
  });

  test("a suspended member stays in the group", async () => {
    const { membership, members } = await team();
    await at().put(`/user_management/organization_memberships/${membership}/deactivate`);
    expect(ids(await at().get(members))).toEqual([membership]);
  });

  test("an invitation that is taken back takes its pending membership out of the group", async () => {
    const { org, members } = await team();
    const { id } = await at().invitation({ organization_id: org });
    const pending = at()
      .control.state()
      .organizationMemberships.find(({ status }) => status === "pending");
    await at().post(members, { organization_membership_id: pending?.id });
    expect(ids(await at().get(members))).toHaveLength(2);
    await at().post(`/user_management/invitations/${id}/revoke`);
    expect(ids(await at().get(members))).toHaveLength(1);
  });
});

test("members are listed in pages, in the order of their memberships, whenever they were added", async () => {
  const { org, membership, members } = await team();
  const more: string[] = [];
  for (let count = 0; count < 4; count++) more.push((await at().membership((await at().user()).id, org)).id);
  for (const id of [...more].reverse()) await at().post(members, { organization_membership_id: id });
  const all = [membership, ...more];
  const first = await at().get(`${members}?order=asc&limit=2`);
  expect(ids(first)).toEqual(all.slice(0, 2));
  expect(ids(await at().get(`${members}?order=asc&limit=2&after=${all[1]}`))).toEqual(all.slice(2, 4));
  expect(ids(await at().get(members))).toEqual([...all].reverse());
});

test("a member without user and roles, as the specification has it", async () => {
  const { members } = await team();
  const [member] = (await at().get(members)).body.data as object[];
  expect(Object.keys(member ?? {})).toEqual(expect.arrayContaining(["id", "user_id", "organization_id", "status"]));
  for (const absent of ["user", "role", "roles"]) expect(member).not.toHaveProperty(absent);
});

test("two groups may have one name: no source says that they may not", async () => {
  const { org } = await team();
  expect((await at().post(`/organizations/${org}/groups`, { name: "Engineering" })).status).toBe(201);
});

describe("groups in a file", () => {
  const directory = mkdtempSync(join(tmpdir(), "emulator-groups-"));
  const dataFile = join(directory, "authkit.jsonl");
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test("are there after a restart, with members and roles", async () => {
    const first = await Local.start({ dataFile });
    const made = await team(first);
    const before = first.control.state();
    await first.emulator.close();
    const second = await Local.start({ dataFile });
    expect(second.control.state()).toEqual(before);
    expect(ids(await second.get(made.members))).toEqual([made.membership]);
    await second.emulator.close();
  });
});

describe("groups of a seed", () => {
  const organizations = [{ id: "org_acme", name: "Acme", external_id: "acme" }];
  const users = [{ id: "user_ann", email: "Ann@acme.com", memberships: [{ organization: "acme" }] }];
  const group = { id: "group_ops", organization: "org_acme", name: "Ops", members: ["ann@acme.com"], roles: ["admin"] };

  test("have their members and roles", async () => {
    const authKit = await startEmulator({ seed: { organizations, users, groups: [group] } });
    const { groups, groupMemberships, groupRoleAssignments } = authKit.control.state();
    expect(groups).toMatchObject([{ id: "group_ops", name: "Ops", organization_id: "org_acme" }]);
    expect(groupMemberships).toMatchObject([{ group_id: "group_ops" }]);
    expect(groupRoleAssignments).toMatchObject([{ group_id: "group_ops", role: { slug: "admin" } }]);
    await authKit.close();
  });

  test.each([
    [
      "a member whom the seed has not",
      { members: ["bob@acme.com"] },
      "groups.0.members.0: no user above has the email",
    ],
    [
      "a member twice",
      { members: ["ann@acme.com", "ANN@acme.com"] },
      "groups.0.members.1: ann@acme.com is given twice",
    ],
    ["a role that there is not", { roles: ["nope"] }, "groups.0.roles.0: there is no role nope"],
    [
      "an organization that there is not",
      { organization: "org_x", members: [] },
      "groups.0.organization: no organization",
    ],
  ])("are refused with %s", async (_what, fields, reason) => {
    const seed = { organizations, users, groups: [{ ...group, ...fields }] };
    await expect(startEmulator({ seed })).rejects.toThrow(reason);
  });
});
