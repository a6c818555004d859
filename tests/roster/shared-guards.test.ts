/** A roster and single memberships of one organization in one run: what the stack allows, it allows once. */
import { type Run, startRun, takeWrites } from "../lifecycle/support/run";
import { failure } from "../support/life";
import { useWorld } from "../support/world";
import { rosterLifecycle } from "../../provider/roster";
import { member, RosterLife } from "./support/organization";

const current = useWorld();
const names = Array.from({ length: 10 }, (_, index) => `p${index}@example.com`);

/** Ten people in a roster, and two members besides who are resources of their own. */
async function twelve(role = "member") {
  const roster = await RosterLife.start(current());
  const { state } = await roster.create(Object.fromEntries(names.map((name) => [name, member("member")])));
  const own = [await roster.join("own0@example.com", role), await roster.join("own1@example.com", role)];
  const without = (count: number) =>
    roster.inputs(Object.fromEntries(names.slice(count).map((name) => [name, member("member")])));
  current().wire.clear();
  return { roster, state, own, without };
}

test("people whom the run has removed as single memberships count for the roster", async () => {
  const { roster, state, own, without } = await twelve();
  const { life, context } = startRun(current(), { guards: { maxRemovals: { people: 3 } } });
  for (const id of own) await life("OrganizationMembership").remove(id, { organizationId: roster.organizationId });
  takeWrites(current());
  const error = await failure(rosterLifecycle.update(roster.organizationId, state, without(2), context));
  expect(error.message).toContain(
    "2 of 10 people would lose access to Acme after 2 in this run already, and a run may remove 3 (maxRemovals): p0@example.com, p1@example.com.",
  );
  expect(takeWrites(current())).toEqual([]);
  await rosterLifecycle.update(roster.organizationId, state, without(1), context);
  expect(takeWrites(current())).toHaveLength(1);
});

test("single removals count for the guard that a roster has by itself, where the stack has none", async () => {
  const { roster, state, own, without } = await twelve();
  const { life, context } = startRun(current());
  for (const id of own) await life("OrganizationMembership").remove(id, { organizationId: roster.organizationId });
  takeWrites(current());
  // Ten percent of the twelve who were active at first, rounded up.
  const error = await failure(rosterLifecycle.update(roster.organizationId, state, without(1), context));
  expect(error.message).toContain(
    "1 of 10 people would lose access to Acme after 2 in this run already, and a run may remove 2 (maxRemovals): p0@example.com.",
  );
  expect(takeWrites(current())).toEqual([]);
});

test("a roster says where minAdmins guards nobody, in the preview and in the run", async () => {
  const { roster, state, without } = await twelve();
  const line =
    "Acme has no active member with an admin role (workos:adminRoles: admn), so that minAdmins guards nobody there: is a role misspelt?";
  for (const [adminRoles, expected] of [
    [["admn"], [line]],
    [["member"], []],
  ] as const) {
    const { said, context } = startRun(current(), { guards: { minAdmins: 1, adminRoles } });
    const announced = rosterLifecycle.announce?.(state, without(1), context) ?? [];
    expect(announced.filter((one) => one.includes("guards nobody"))).toEqual(expected);
    await rosterLifecycle.update(roster.organizationId, state, without(1), context);
    expect(said.filter((one) => one.includes("guards nobody"))).toEqual(expected);
  }
});

test.each<[string, (run: Run, id: string, there: RosterLife) => Promise<unknown>]>([
  [
    "is suspended already",
    async ({ life }, id, { organizationId }) => {
      await current().api.organizationMemberships.deactivate({ id });
      await life("OrganizationMembership").remove(id, { organizationId });
    },
  ],
  [
    "could not be removed",
    async ({ life }, id, { organizationId }) => {
      current().control.faults.add({ method: "DELETE", status: 403 });
      await failure(life("OrganizationMembership").remove(id, { organizationId }));
    },
  ],
])("a single membership that %s does not count", async (_what, end) => {
  const { roster, state, own, without } = await twelve();
  const run = startRun(current());
  await end(run, own[0] ?? "", roster);
  await rosterLifecycle.update(roster.organizationId, state, without(2), run.context);
});

test("people whom a roster has removed count for single memberships", async () => {
  const { roster, state, own, without } = await twelve();
  const { life, context } = startRun(current(), { guards: { maxRemovals: { people: 3 } } });
  await rosterLifecycle.update(roster.organizationId, state, without(2), context);
  const remove = (id = "") => life("OrganizationMembership").remove(id, { organizationId: roster.organizationId });
  await remove(own[0]);
  expect((await failure(remove(own[1]))).message).toContain("this run has removed 3 of the 3 people it may remove");
});

test("both at once never leave fewer admins than there must be", async () => {
  const roster = await RosterLife.start(current());
  const { state } = await roster.create({ "ann@example.com": member("admin") });
  const ben = await roster.join("ben@example.com", "admin");
  const { life, context } = startRun(current(), { guards: { minAdmins: 1 } });
  const inputs = roster.inputs({ "ann@example.com": member("member") });
  const results = await Promise.allSettled([
    rosterLifecycle.update(roster.organizationId, state, inputs, context),
    life("OrganizationMembership").remove(ben, { organizationId: roster.organizationId }),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(roster.people().filter((line) => line.includes("active admin"))).toHaveLength(1);
});
