/** Whatever goes wrong on the way, what was done is recorded, and the next run does the rest and only the rest. */
import { takeCalls } from "../lifecycle/support/run";
import { faultCases, impatienceMs } from "../support/fault-cases";
import { useWorld } from "../support/world";
import { member, type Members, RosterLife } from "./support/organization";

const current = useWorld({}, impatienceMs);
const ann = "ann@example.com";
const bob = "bob@example.com";
const cleo = "cleo@example.com";
const team: Members = {
  [ann]: member("admin"),
  [bob]: member("member"),
  [cleo]: { ...member("member"), via: "invitation" },
};
const enrolled = [`${ann}: active admin`, `${bob}: active member`, `${cleo}: pending member`];
const membership = "/user_management/organization_memberships/{id}";

describe.each([
  { what: "making a user", method: "POST", path: "/user_management/users" },
  { what: "making a membership", method: "POST", path: "/user_management/organization_memberships" },
] as const)("$what", ({ method, path }) => {
  it.each(faultCases)("ends with one of everything, after $name", async ({ rule }) => {
    const roster = await RosterLife.start(current());
    current().control.faults.add({ method, path, ...rule });
    const { state, error } = await roster.create(team);
    await current().settle();
    expect(error).toBeUndefined();
    expect(current().faultsHit()).toBe(1);
    expect(roster.people()).toEqual(enrolled);
    expect(current().control.state().users).toHaveLength(3);
    expect((await roster.refresh(state)).inputs).toEqual(roster.inputs(team));
  });
});

describe("inviting", () => {
  it.each(faultCases)("sends one mail at most, whatever is tried next, after $name", async ({ rule }) => {
    const roster = await RosterLife.start(current());
    current().control.faults.add({ method: "POST", path: "/user_management/invitations", ...rule });
    const first = await roster.create(team);
    await current().settle();
    expect(current().faultsHit()).toBe(1);
    const second = first.error ? await roster.update(first.state, team) : first;
    expect(second.error).toBeUndefined();
    expect(roster.people()).toEqual(enrolled);
    expect(current().control.mailbox.list()).toHaveLength(1);
    expect(roster.changes(second.state, team)).toBe(false);
  });
});

describe.each([
  { what: "changing roles", path: membership, to: { ...team, [bob]: member("admin") }, left: `${bob}: active admin` },
  {
    what: "suspending",
    path: `${membership}/deactivate`,
    to: { ...team, [bob]: { ...member("member"), status: "inactive" as const } },
    left: `${bob}: inactive member`,
  },
])("$what", ({ path, to, left }) => {
  it.each(faultCases)("is done once, after $name", async ({ rule }) => {
    const roster = await RosterLife.start(current());
    const { state } = await roster.create(team);
    current().control.faults.add({ method: "PUT", path, ...rule });
    const after = await roster.update(state, to);
    await current().settle();
    expect(current().faultsHit()).toBe(1);
    expect(roster.people()).toContain(left);
    expect(roster.changes(after.state, to)).toBe(false);
  });
});

describe("when some of it fails for good", () => {
  const broken = { status: 422, times: null, body: { code: "broken", message: "Broken." } };

  it.each([{ between: "at once" }, { between: "after a refresh" }])(
    "the outputs tell who is not applied, and the next run does only that, $between",
    async ({ between }) => {
      const roster = await RosterLife.start(current());
      current().control.faults.add({ method: "POST", path: "/user_management/invitations", ...broken });
      const { state, error, said } = await roster.create(team);
      // What is said to be applied is.
      expect(said.join("\n")).not.toContain(cleo);
      expect(error?.message).toMatch(/^1 of 3 changes of people failed:\n {2}cleo@example\.com: POST .* 422 broken/);
      expect(state.notApplied).toEqual({ [cleo]: expect.stringContaining("422 broken") as string });
      expect(roster.changes(state, team)).toBe(true);
      current().control.faults.clear();
      const next = between === "at once" ? state : (await roster.refresh(state)).state;
      takeCalls(current());
      const done = await roster.update(next, team);
      expect(takeCalls(current()).filter((call) => !call.startsWith("GET"))).toEqual([
        "POST /user_management/invitations",
      ]);
      expect(done.state.notApplied).toBeUndefined();
      expect(roster.changes(done.state, team)).toBe(false);
    },
  );

  it("a user that was made without a membership is known as the roster's own", async () => {
    const roster = await RosterLife.start(current());
    const named: Members = { [ann]: { ...member("admin"), firstName: "Ann" } };
    current().control.faults.add({ method: "POST", path: "/user_management/organization_memberships", ...broken });
    const { state } = await roster.create(named);
    current().control.faults.clear();
    const { state: after } = await roster.update(state, { [ann]: { ...member("admin"), firstName: "Anna" } });
    const changed = await roster.update(after, { [ann]: { ...member("admin"), firstName: "Anne" } });
    expect(
      current()
        .control.state()
        .users.map(({ first_name }) => first_name),
    ).toEqual(["Anne"]);
    expect(changed.error).toBeUndefined();
  });

  it("nobody loses the admin role while the next admin could not be made one", async () => {
    const roster = await RosterLife.start(current());
    const { state } = await roster.create({ [ann]: member("admin"), [bob]: member("member") });
    current().control.faults.add({ method: "PUT", path: membership, times: 1, status: 422, body: { code: "broken" } });
    const swapped = { [ann]: member("member"), [bob]: member("admin") };
    const { error, state: after } = await roster.update(state, swapped, { guards: { minAdmins: 1 } });
    expect(error?.message).toContain(`${ann}: withheld, since ${bob} could not be made an admin`);
    expect(roster.people()).toEqual([`${ann}: active admin`, `${bob}: active member`]);
    expect((await roster.update(after, swapped, { guards: { minAdmins: 1 } })).error).toBeUndefined();
    expect(roster.people()).toEqual([`${ann}: active member`, `${bob}: active admin`]);
  });

  it("a refused key ends the run instead of failing ten thousand times", async () => {
    const roster = await RosterLife.start(current());
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`p${index}@example.com`, member()]));
    current().control.faults.add({ path: "/user_management/users", status: 401, times: null });
    const { error } = await roster.create(many);
    expect(error?.message).toMatch(/^200 of 200 changes of people failed:/);
    expect(error?.message.split("\n").length).toBeLessThan(12);
    expect(takeCalls(current()).length).toBeLessThan(50);
  });
});

test("an external id that somebody else has is said to be theirs, on a new person and on one who is there", async () => {
  const roster = await RosterLife.start(current());
  const ben = await current().api.users.create({ email: "ben@example.com", external_id: "e-2" });
  const { state } = await roster.create({ "ann@example.com": { externalId: "e-1" } });
  const run = await roster.update(state, {
    "ann@example.com": { externalId: "e-2" },
    "cleo@example.com": { externalId: "e-2" },
  });
  expect(run.error?.message.match(new RegExp(`belongs to ben@example.com \\(${ben.id}\\)`, "g"))).toHaveLength(2);
});
