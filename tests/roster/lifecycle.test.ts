/** What a roster does to an organization, step by step, against a local AuthKit. */
import { unknownValue } from "../../provider/declare/unknown";
import { rosterLifecycle } from "../../provider/roster";
import { startRun, takeCalls } from "../lifecycle/support/run";
import { failure } from "../support/life";
import { useWorld } from "../support/world";
import { member, RosterLife } from "./support/organization";

const current = useWorld();
const ann = "ann@example.com";
const bob = "bob@example.com";
const cleo = "cleo@example.com";
const eve = "eve@example.com";
const team = { [ann]: member("admin"), [bob]: member("member") };
const start = () => RosterLife.start(current());
const open = { maxRemovals: { people: 100, fraction: 1 } };

test("everybody is enrolled, and a second look finds nothing to do", async () => {
  const roster = await start();
  const { state, said, error } = await roster.create(team);
  expect(error).toBeUndefined();
  expect(roster.people()).toEqual([`${ann}: active admin`, `${bob}: active member`]);
  expect(said).toEqual([
    "Applied to Acme: 2 changes, 0 unchanged",
    `  GRANTS admin to 1: ${ann} (admin)`,
    `  adds 1: ${bob}`,
  ]);
  expect(roster.changes(state, team)).toBe(false);
  expect(await roster.refresh(state)).toEqual({ state, inputs: roster.inputs(team) });
});

test("the preview of a new roster counts its people, also when its organization is not there yet", () => {
  const lines = (organizationId: string) =>
    rosterLifecycle.announce?.({}, { organizationId, members: team }, startRun(current()).context);
  const rest = "2 people, 1 of them admins, 0 by invitation. Creating a roster removes nobody.";
  expect(lines("org_1")).toEqual([`New roster of org_1: ${rest}`]);
  expect(lines(unknownValue)).toEqual([`New roster of a new organization: ${rest}`]);
});

test("somebody who was a member before is taken over, which is said", async () => {
  const roster = await start();
  await roster.join(ann, "member");
  const { said } = await roster.create(team);
  expect(roster.people()).toEqual([`${ann}: active admin`, `${bob}: active member`]);
  expect(said).toContain(`  takes over 1 who had access already: ${ann}`);
});

test("somebody whom others make a user in the same moment is enrolled all the same", async () => {
  const roster = await start();
  const { api } = current();
  const calls: string[] = [];
  // Others are there first, after the look and before the create.
  const racing = new Proxy(api, {
    get: (target, family) =>
      family !== "users"
        ? (Reflect.get(target, family) as unknown)
        : {
            ...target.users,
            create: async (body: Parameters<typeof api.users.create>[0]) => {
              calls.push(body.email);
              await target.users.create({ email: body.email });
              return target.users.create(body);
            },
          },
  });
  const { error } = await roster.create({ [bob]: member("member") }, {}, { api: racing });
  expect(error).toBeUndefined();
  expect(calls).toEqual([bob]);
  expect(roster.people()).toEqual([`${bob}: active member`]);
});

test("only what changed is sent", async () => {
  const roster = await start();
  const { state } = await roster.create(team);
  takeCalls(current());
  const changed = { [ann]: member("admin", "member"), [bob]: { ...member("member"), status: "inactive" as const } };
  expect(roster.changes(state, changed)).toBe(true);
  const after = await roster.update(state, changed);
  expect(takeCalls(current()).filter((call) => !call.startsWith("GET"))).toEqual([
    "PUT /user_management/organization_memberships/{id}",
    "PUT /user_management/organization_memberships/{id}/deactivate",
  ]);
  expect(roster.people()).toEqual([`${ann}: active admin,member`, `${bob}: inactive member`]);
  expect(roster.changes(after.state, changed)).toBe(false);
});

test("letter case alone is no change, of members and of required admins", async () => {
  const roster = await start();
  const upper = (email: string) => email.toUpperCase();
  const options = (admin: string) => ({ guards: { requiredAdmins: [admin], minAdmins: 1 } });
  const { state } = await roster.create(team, options(ann));
  const shouted = Object.fromEntries(Object.entries(team).map(([email, one]) => [upper(email), one]));
  expect(roster.changes(state, shouted, options(upper(ann)))).toBe(false);
  expect(roster.changes(state, { ...shouted, [upper(bob)]: member("admin") }, options(ann))).toBe(true);
  expect(roster.changes(state, shouted, options(bob))).toBe(true);
});

describe("what a run has done to people", () => {
  const promoted = { ...team, [bob]: member("admin") };

  it("is said at its end: who, from which roles to which, and where", async () => {
    const roster = await start();
    const { state } = await roster.create(team);
    const { said } = await roster.update(state, promoted);
    expect(said).toEqual(["Applied to Acme: 1 change, 1 unchanged", `  GRANTS admin to 1: ${bob} (member to admin)`]);
  });

  it("is what was there and not what was recorded, and nothing that has failed", async () => {
    const roster = await start();
    const { state } = await roster.create({ ...team, [cleo]: member("member") });
    const of = (email: string) =>
      current()
        .control.state()
        .organizationMemberships.find(({ user }) => user?.email === email)?.id ?? "";
    await current().api.organizationMemberships.update({ id: of(ann), role_slug: "member" });
    current().control.faults.add({
      method: "PUT",
      path: `/user_management/organization_memberships/${of(cleo)}`,
      status: 422,
    });
    const { said, error } = await roster.update(state, { ...promoted, [cleo]: member("admin") });
    expect(error).toBeDefined();
    expect(said).toEqual([
      "Applied to Acme: 2 changes, 0 unchanged",
      `  GRANTS admin to 2: ${ann} (member to admin), ${bob} (member to admin)`,
    ]);
  });

  it("has the roles of whoever is suspended or let in again, too", async () => {
    const roster = await start();
    const { state } = await roster.create(team);
    const suspended = { ...team, [bob]: { roles: ["admin"], status: "inactive" as const } };
    const first = await roster.update(state, suspended);
    expect(first.said.at(-1)).toBe(`  suspends 1: ${bob} (member to admin)`);
    const second = await roster.update(first.state, team);
    expect(second.said.at(-1)).toBe(`  lifts the suspension of 1: ${bob} (admin to member)`);
  });
});

describe("somebody who is taken out", () => {
  it.each([
    { onRemove: undefined, left: [`${ann}: active admin`, `${bob}: inactive member`] },
    { onRemove: "deactivate" as const, left: [`${ann}: active admin`, `${bob}: inactive member`] },
    { onRemove: "delete" as const, left: [`${ann}: active admin`] },
  ])("loses access by $onRemove, and stays a user", async ({ onRemove, left }) => {
    const roster = await start();
    const { state } = await roster.create(team, { onRemove });
    const { state: after } = await roster.update(state, { [ann]: member("admin") }, { onRemove });
    expect(roster.people()).toEqual(left);
    expect(current().control.state().users).toHaveLength(2);
    expect(roster.changes(after, { [ann]: member("admin") }, { onRemove })).toBe(false);
  });

  it("is no longer invited, when they had not accepted", async () => {
    const roster = await start();
    const { state } = await roster.create({ [bob]: { ...member("member"), via: "invitation" } });
    await roster.update(state, {});
    expect(roster.people()).toEqual([]);
    expect(
      current()
        .control.state()
        .invitations.map((invitation) => invitation.state),
    ).toEqual(["revoked"]);
  });
});

describe("people whom an authoritative roster does not name", () => {
  const authoritative = { mode: "authoritative", guards: open } as const;

  it("are recorded when it is created, shown by a refresh, and removed by the next run only", async () => {
    const roster = await start();
    await roster.join(eve);
    const created = await roster.create(team, authoritative);
    expect(roster.people()).toContain(`${eve}: active member`);
    expect(created.state.extras).toEqual([eve]);
    expect(created.said.at(-1)).toMatch(/^1 with access are not in the roster and keep it for now: eve@example\.com\./);
    expect(roster.changes(created.state, team, authoritative)).toBe(false);

    const seen = await roster.refresh(created.state);
    expect(seen.inputs.members).toEqual({ ...team, [eve]: member("member") });
    expect(roster.plan(seen.state, team, authoritative)).toEqual([
      "Roster of Acme: 1 change, 2 unchanged",
      `  suspends 1: ${eve}`,
    ]);
    const after = await roster.update(seen.state, team, authoritative);
    expect(roster.people()).toContain(`${eve}: inactive member`);
    expect(after.state.extras).toBeUndefined();
    expect(roster.changes(after.state, team, authoritative)).toBe(false);
  });

  it("are not removed by the switch to authoritative", async () => {
    const roster = await start();
    await roster.join(eve);
    const { state } = await roster.create(team);
    const refreshed = await roster.refresh(state);
    const after = await roster.update(refreshed.state, team, authoritative);
    expect(roster.people()).toContain(`${eve}: active member`);
    expect(after.state.extras).toEqual([eve]);
  });

  it("are left alone when they came after the plan", async () => {
    const roster = await start();
    const { state } = await roster.create(team, authoritative);
    const { state: refreshed } = await roster.refresh(state);
    await roster.join(eve);
    const more = { ...team, [cleo]: member("member") };
    const after = await roster.update(refreshed, more, authoritative);
    expect(roster.people()).toContain(`${eve}: active member`);
    expect(after.state.extras).toEqual([eve]);
  });

  it("stay when the directory sync manages them", async () => {
    const roster = await start();
    current().control.setDirectoryManaged(await roster.join(eve), true);
    const { state } = await roster.create(team, authoritative);
    const refreshed = await roster.refresh(state);
    expect(refreshed.inputs.members).toEqual(team);
    expect(roster.changes(refreshed.state, team, authoritative)).toBe(false);
  });
});

describe("drift of a single person", () => {
  async function drifted(change: (roster: RosterLife) => Promise<unknown>) {
    const roster = await start();
    const { state } = await roster.create(team);
    await change(roster);
    const refreshed = await roster.refresh(state);
    return { roster, refreshed };
  }
  const api = () => current().api.organizationMemberships;

  it.each([
    {
      name: "another role",
      change: (roster: RosterLife) => api().update({ id: roster.membershipId(bob), role_slug: "admin" }),
      seen: { [bob]: member("admin") },
    },
    {
      name: "a suspension",
      change: (roster: RosterLife) => api().deactivate({ id: roster.membershipId(bob) }),
      seen: { [bob]: { ...member("member"), status: "inactive" } },
    },
    { name: "a removal", change: (roster: RosterLife) => api().delete({ id: roster.membershipId(bob) }), seen: {} },
  ])("$name is shown as an input, and put back", async ({ change, seen }) => {
    const { roster, refreshed } = await drifted(change);
    expect(refreshed.inputs.members).toEqual({ [ann]: member("admin"), ...seen });
    expect(roster.changes(refreshed.state, team)).toBe(true);
    const { state } = await roster.update(refreshed.state, team);
    expect(roster.people()).toEqual([`${ann}: active admin`, `${bob}: active member`]);
    expect(roster.changes(state, team)).toBe(false);
  });

  it("another address is the same person", async () => {
    const { roster, refreshed } = await drifted(() => {
      const { users } = current().control.state();
      const id = users.find(({ email }) => email === bob)?.id ?? "";
      return current().api.users.update({ id, email: "robert@example.com" });
    });
    expect(refreshed.inputs.members).toEqual(team);
    const renamed = { [ann]: member("admin"), "robert@example.com": member("member") };
    takeCalls(current());
    const { state } = await roster.update(refreshed.state, renamed);
    expect(takeCalls(current()).filter((call) => !call.startsWith("GET"))).toEqual([]);
    expect(roster.people()).toContain("robert@example.com: active member");
    expect(roster.changes(state, renamed)).toBe(false);
  });
});

test("a directory's member is left alone, and that is said", async () => {
  const roster = await start();
  current().control.setDirectoryManaged(await roster.join(bob, "admin"), true);
  const { state, said } = await roster.create(team);
  expect(roster.people()).toContain(`${bob}: active admin`);
  expect(said).toContain(`  leaves 1 to the directory sync that manages them: ${bob}`);
  expect(roster.changes(state, team)).toBe(false);
  const refreshed = await roster.refresh(state);
  expect(refreshed.inputs.members).toEqual(team);
});

describe("profiles", () => {
  const named = (firstName: string) => ({ [ann]: { ...member("admin"), firstName, metadata: { floor: "2" } } });
  const firstName = () => current().control.state().users[0]?.first_name;

  it("are set on users that the roster creates, and kept up to date", async () => {
    const roster = await start();
    const { state } = await roster.create(named("Ann"));
    expect(firstName()).toBe("Ann");
    const { state: after } = await roster.update(state, named("Anna"));
    expect(firstName()).toBe("Anna");
    expect(roster.changes(after, named("Anna"))).toBe(false);
    expect(await roster.refresh(after)).toEqual({ state: after, inputs: roster.inputs(named("Anna")) });
  });

  it("are left alone on users that were there before, unless told otherwise", async () => {
    const roster = await start();
    await roster.join(ann, "admin");
    const { state, said } = await roster.create(named("Ann"));
    expect(firstName()).toBeNull();
    expect(said.join("\n")).toContain("leaves the profile of 1 alone");
    expect(roster.changes(state, named("Ann"))).toBe(false);
    const managed = await roster.update(state, named("Ann"), { manageProfiles: true });
    expect(firstName()).toBe("Ann");
    expect(roster.changes(managed.state, named("Ann"), { manageProfiles: true })).toBe(false);
  });
});

describe("removing the roster", () => {
  it("leaves all access unless told otherwise, and says so", async () => {
    const roster = await start();
    const { state } = await roster.create(team);
    expect(await roster.remove(state)).toEqual([expect.stringMatching(/^2 people keep access to Acme/)]);
    expect(roster.people()).toHaveLength(2);
  });

  it("ends it with onDestroy remove", async () => {
    const roster = await start();
    await roster.join(eve);
    const { state } = await roster.create(team, { onDestroy: "remove", onRemove: "delete", guards: open });
    await roster.remove(state);
    expect(roster.people()).toEqual([`${eve}: active member`]);
  });

  it("is done when the organization is gone", async () => {
    const roster = await start();
    const { state } = await roster.create(team, { onDestroy: "remove", guards: open });
    await current().api.organizations.delete({ id: roster.organizationId });
    expect(await roster.remove(state)).toEqual([]);
  });
});

describe("guards refuse before the first write", () => {
  const refused = async (before: typeof team, after: object, guards: object) => {
    const roster = await start();
    const { state } = await roster.create(before);
    takeCalls(current());
    const error = await failure(roster.update(state, after as typeof team, { guards }));
    expect(takeCalls(current()).filter((call) => !call.startsWith("GET"))).toEqual([]);
    return error.message;
  };

  it("to remove the last admin", async () => {
    expect(await refused(team, { [bob]: member("member") }, { minAdmins: 1 })).toMatch(
      /^Refused, and nothing was changed\.\nAcme would be left with 0 active admins, fewer than the 1 it must keep/,
    );
  });

  it("to demote the last admin", async () => {
    expect(await refused(team, { ...team, [ann]: member("member") }, { minAdmins: 1 })).toContain(ann);
  });

  it("to demote a required one", async () => {
    const two = { ...team, [bob]: member("admin") };
    expect(await refused(two, { ...two, [ann]: member("member") }, { requiredAdmins: [ann] })).toContain(
      `${ann} must stay an admin (requiredAdmins)`,
    );
  });

  it("to remove more than a tenth, rounded up", async () => {
    const three = { ...team, [cleo]: member("member") };
    expect(await refused(three, { [ann]: member("admin") }, {})).toContain(
      "2 of 3 people would lose access to Acme, and a run may remove 1 (maxRemovals): bob@example.com, cleo@example.com",
    );
  });
});
