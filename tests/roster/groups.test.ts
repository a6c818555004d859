/** Groups of a roster's people, step by step, against a local AuthKit. */
import { type Member } from "../../provider/roster/roster";
import { takeCalls } from "../lifecycle/support/run";
import { failure } from "../support/life";
import { useWorld } from "../support/world";
import { member, RosterLife } from "./support/organization";

const current = useWorld();
const ann = "ann@example.com";
const bob = "bob@example.com";
const cleo = "cleo@example.com";
const inGroups = (...groups: string[]): Member => ({ roles: ["member"], groups });

/** An organization with these groups. */
async function start(...names: string[]): Promise<RosterLife> {
  const roster = await RosterLife.start(current());
  for (const name of names) {
    await current().api.groups.create({ organization_id: roster.organizationId, name });
  }
  current().wire.clear();
  return roster;
}

const groupId = (name: string) => {
  const found = current()
    .control.state()
    .groups.find((group) => group.name === name);
  if (!found) throw new Error(`there is no group ${name}`);
  return found.id;
};

/** Addresses of whoever is in a group. */
async function membersOf(roster: RosterLife, name: string): Promise<string[]> {
  const { api, wire } = current();
  const which = { organization_id: roster.organizationId, group_id: groupId(name) };
  const ids = (await api.groupMemberships.list(which).all()).map(({ id }) => id);
  wire.clear();
  const { organizationMemberships, users } = current().control.state();
  return ids
    .map((id) => {
      const membership = organizationMemberships.find((one) => one.id === id);
      return users.find((user) => user.id === membership?.user_id)?.email ?? id;
    })
    .sort();
}

const byHand = (roster: RosterLife, name: string, email: string) =>
  current().api.groupMemberships.add({
    organization_id: roster.organizationId,
    group_id: groupId(name),
    organization_membership_id: roster.membershipId(email),
  });

const outByHand = (roster: RosterLife, name: string, email: string) =>
  current().api.groupMemberships.remove({
    organization_id: roster.organizationId,
    group_id: groupId(name),
    organization_membership_id: roster.membershipId(email),
  });

test("people come into their groups, and a second look finds nothing to do", async () => {
  const roster = await start("support", "billing");
  const team = { [ann]: inGroups("support", "billing"), [bob]: inGroups("support"), [cleo]: member("member") };
  const { state, said, error } = await roster.create(team);
  expect(error).toBeUndefined();
  expect(said).toEqual([
    "Applied to Acme: 3 changes, 0 unchanged",
    `  adds 3: ${ann}, ${bob}, ${cleo}`,
    `  puts 2 into the group support: ${ann}, ${bob}`,
    `  puts 1 into the group billing: ${ann}`,
  ]);
  expect(await membersOf(roster, "support")).toEqual([ann, bob]);
  expect(await membersOf(roster, "billing")).toEqual([ann]);
  expect(roster.changes(state, team)).toBe(false);
  expect(await roster.refresh(state)).toEqual({ state, inputs: roster.inputs(team) });
});

test("a group can be named by its id, and in any order", async () => {
  const roster = await start("support", "billing");
  const { state } = await roster.create({ [ann]: inGroups(groupId("support"), "billing") });
  expect(await membersOf(roster, "support")).toEqual([ann]);
  expect(roster.changes(state, { [ann]: inGroups("billing", groupId("support")) })).toBe(false);
});

test("a group that is taken out of the program is left, and others stay as they are", async () => {
  const roster = await start("support", "billing", "sales");
  const { state } = await roster.create({ [ann]: inGroups("support", "billing") });
  await byHand(roster, "sales", ann);
  const changed = { [ann]: inGroups("support") };
  expect(roster.changes(state, changed)).toBe(true);
  expect(roster.plan(state, changed)).toEqual([
    "Roster of Acme: 1 change, 0 unchanged",
    `  takes 1 out of the group billing: ${ann}`,
  ]);
  takeCalls(current());
  const { said, state: after } = await roster.update(state, changed);
  expect(takeCalls(current()).filter((call) => !call.startsWith("GET"))).toEqual([
    `DELETE /organizations/{id}/groups/${groupId("billing")}/organization-memberships/{id}`,
  ]);
  expect(said).toEqual(["Applied to Acme: 1 change, 0 unchanged", `  takes 1 out of the group billing: ${ann}`]);
  expect(await membersOf(roster, "sales")).toEqual([ann]);
  expect(roster.changes(after, changed)).toBe(false);
  // Without any groups it is a roster that knows of none.
  const { state: none } = await roster.update(after, { [ann]: member("member") });
  expect(await membersOf(roster, "support")).toEqual([]);
  expect(JSON.stringify(none)).not.toContain("group");
});

test("whoever is taken out of a group by hand is found and put back; whoever is put into one is left alone", async () => {
  const roster = await start("support", "sales");
  const team = { [ann]: inGroups("support"), [bob]: inGroups("support") };
  const { state } = await roster.create(team);
  await outByHand(roster, "support", ann);
  await byHand(roster, "sales", bob);
  const seen = await roster.refresh(state);
  expect(seen.inputs).toEqual(roster.inputs({ [ann]: member("member"), [bob]: inGroups("support") }));
  expect(roster.changes(seen.state, team)).toBe(true);
  expect(roster.plan(seen.state, team)).toEqual([
    "Roster of Acme: 1 change, 1 unchanged",
    `  puts 1 into the group support: ${ann}`,
  ]);
  const { state: after } = await roster.update(seen.state, team);
  expect(await membersOf(roster, "support")).toEqual([ann, bob]);
  expect(await membersOf(roster, "sales")).toEqual([bob]);
  expect(roster.changes(after, team)).toBe(false);
});

test("whoever others have put into a group that nobody here declares for them stays in it", async () => {
  const roster = await start("support");
  const { state } = await roster.create({ [ann]: inGroups("support"), [bob]: member("member") });
  await byHand(roster, "support", bob);
  const { state: seen } = await roster.refresh(state);
  expect(roster.changes(seen, { [ann]: inGroups("support"), [bob]: member("member") })).toBe(false);
  await roster.update(seen, { [ann]: member("member"), [bob]: member("member") });
  expect(await membersOf(roster, "support")).toEqual([bob]);
});

describe("somebody who leaves the organization leaves the groups of the roster", () => {
  it("when their membership is suspended, by a request each", async () => {
    const roster = await start("support");
    const { state } = await roster.create({ [ann]: member("member"), [bob]: inGroups("support") });
    const { said, state: after } = await roster.update(state, { [ann]: member("member") });
    expect(roster.people()).toEqual([`${ann}: active member`, `${bob}: inactive member`]);
    expect(said).toEqual([
      "Applied to Acme: 1 change, 1 unchanged",
      `  suspends 1: ${bob}`,
      `  takes 1 out of the group support: ${bob}`,
    ]);
    expect(await membersOf(roster, "support")).toEqual([]);
    const { state: back } = await roster.update(after, { [ann]: member("member"), [bob]: inGroups("support") });
    expect(roster.people()).toEqual([`${ann}: active member`, `${bob}: active member`]);
    expect(await membersOf(roster, "support")).toEqual([bob]);
    expect(roster.changes(back, { [ann]: member("member"), [bob]: inGroups("support") })).toBe(false);
  });

  it("with their membership, when that ends", async () => {
    const roster = await start("support");
    const { state } = await roster.create({ [bob]: inGroups("support") }, { onRemove: "delete" });
    takeCalls(current());
    await roster.update(state, {}, { onRemove: "delete" });
    expect(takeCalls(current()).filter((call) => !call.startsWith("GET"))).toEqual([
      "DELETE /user_management/organization_memberships/{id}",
    ]);
    expect(await membersOf(roster, "support")).toEqual([]);
  });
});

test("whoever is invited joins once they have accepted, which is said", async () => {
  const roster = await start("support");
  const team: Record<string, Member> = { [cleo]: { ...inGroups("support"), via: "invitation" } };
  const { state, said } = await roster.create(team);
  expect(said).toContain(`  puts 1 into groups only once they have accepted their invitation: ${cleo}`);
  expect(await membersOf(roster, "support")).toEqual([]);
  expect(roster.changes((await roster.refresh(state)).state, team)).toBe(false);
  const [open] = await current().api.invitations.list({ organization_id: roster.organizationId }).all();
  await current().api.invitations.accept({ id: open?.id ?? "" });
  const { state: seen } = await roster.refresh(state);
  expect(roster.plan(seen, team)).toContain(`  puts 1 into the group support: ${cleo}`);
  const { state: after } = await roster.update(seen, team);
  expect(await membersOf(roster, "support")).toEqual([cleo]);
  expect(roster.changes(after, team)).toBe(false);
});

test("a group that cannot be had is one person's failure, and the next run does the rest", async () => {
  const roster = await start("support");
  const team = { [ann]: inGroups("support"), [bob]: inGroups("suport") };
  const { state, error, said } = await roster.create(team);
  expect(error?.message).toContain(`${bob}: "suport" is no group here; did you mean support?`);
  expect(said).toContain(`  puts 1 into the group support: ${ann}`);
  expect(roster.people()).toEqual([`${ann}: active member`, `${bob}: active member`]);
  expect(state.notApplied).toEqual({ [bob]: expect.stringContaining('"suport" is no group here') as string });
  expect(roster.changes(state, team)).toBe(true);
  await current().api.groups.create({ organization_id: roster.organizationId, name: "suport" });
  const { state: after, error: none } = await roster.update(state, team);
  expect(none).toBeUndefined();
  expect(await membersOf(roster, "suport")).toEqual([bob]);
  expect(roster.changes(after, team)).toBe(false);
});

test("a group that is renamed outside is followed", async () => {
  const roster = await start("support");
  const team = { [ann]: inGroups("support") };
  const { state } = await roster.create(team);
  const which = { organization_id: roster.organizationId, group_id: groupId("support") };
  await current().api.groups.update({ ...which, name: "Helpdesk" });
  const { state: seen } = await roster.refresh(state);
  expect(roster.changes(seen, team)).toBe(false);
  const { said, state: after } = await roster.update(seen, {
    [ann]: inGroups("Helpdesk"),
    [bob]: inGroups("Helpdesk"),
  });
  expect(said).toEqual([
    "Applied to Acme: 1 change, 1 unchanged",
    `  adds 1: ${bob}`,
    `  puts 1 into the group Helpdesk: ${bob}`,
  ]);
  expect(await membersOf(roster, "Helpdesk")).toEqual([ann, bob]);
  expect(after.__groups).toEqual({ Helpdesk: groupId("Helpdesk") });
});

test("of two groups of one name the one that is meant has to be named by its id", async () => {
  const roster = await start("support", "support");
  const { error } = await roster.create({ [ann]: inGroups("support") });
  expect(error?.message).toMatch(
    /"support" is the name of 2 groups \(group_\w+, group_\w+\); name the one that is meant by its id/,
  );
});

test("members of a group are read in pages, and without groups nothing of them is asked", async () => {
  const roster = await start("support", "billing");
  const people = Object.fromEntries(
    Array.from({ length: 250 }, (_, index) => [`p${index}@example.com`, inGroups("support", "billing")]),
  );
  const { state } = await roster.create(people);
  takeCalls(current());
  await roster.refresh(state);
  const calls = takeCalls(current());
  expect(calls.filter((call) => call.includes("groups"))).toHaveLength(1 + 2 * 3);
  const plain = Object.fromEntries(Object.keys(people).map((email) => [email, member("member")]));
  const { state: without } = await roster.update(state, plain);
  takeCalls(current());
  await roster.refresh(without);
  await roster.update(without, { ...plain, [ann]: member("member") });
  expect(takeCalls(current()).filter((call) => call.includes("groups"))).toEqual([]);
});

test("somebody who was renamed outside to a foreign domain is put into no group, and nothing is changed", async () => {
  const roster = await start("support");
  const { state } = await roster.create({ [ann]: member("member"), [bob]: member("member") });
  const user = current()
    .control.state()
    .users.find(({ email }) => email === bob);
  await current().api.users.update({ id: user?.id ?? "", email: "bob@elsewhere.test" });
  const joined = { [ann]: inGroups("support"), [bob]: inGroups("support") };
  const refused = failure(roster.update(state, joined, {}, { guards: { allowedDomains: ["example.com"] } }));
  expect((await refused).message).toMatch(/Refused, and nothing was changed[^]*bob@elsewhere\.test/);
  expect(await membersOf(roster, "support")).toEqual([]);
});

test("a roster that is removed with its access takes its people out of its groups", async () => {
  const roster = await start("support");
  const { state } = await roster.create({ [ann]: inGroups("support") }, { onDestroy: "remove" });
  const said = await roster.remove(state, { guards: { maxRemovals: { people: 5 } } });
  expect(said).toContain(`  takes 1 out of the group support: ${ann}`);
  expect(await membersOf(roster, "support")).toEqual([]);
});
