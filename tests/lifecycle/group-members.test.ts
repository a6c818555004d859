/** A whole group in one resource: whom it adds, whom it takes out, whom it leaves alone, and what it says. */
import { lifecycleOf, PartialFailure } from "../../provider/lifecycle";
import { type Inputs, type State } from "../../provider/declare/resource";
import { declarationOf, failure, type Life, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { groupBeside } from "./support/groups";
import { startRun } from "./support/run";

const current = useWorld();
type Name = "ann" | "ben" | "cleo" | "dan";

async function started(mode?: "additive" | "authoritative") {
  const group = await groupBeside<Name>(current(), "ann", "ben", "cleo", "dan");
  const { organizationId, groupId, of } = group;
  const inputs = (...names: readonly Name[]): Inputs => ({
    ...(mode ? { mode } : {}),
    organizationId,
    groupId,
    organizationMembershipIds: names.map(of),
  });
  return { ...group, inputs };
}

const run = () => {
  const started = startRun(current());
  return { said: started.said, members: started.life("GroupMembers") };
};
/** A run of the engine's with a refresh. */
async function next(id: string, state: State, wanted: Inputs, members: Life = run().members) {
  const { props } = await refreshed(members, id, state);
  return members.diff(props, wanted).changes ? members.update(id, props, wanted) : props;
}

describe("an additive list", () => {
  it("adds who is missing, leaves others alone, and takes out whom it has added", async () => {
    const { inputs, inside, add } = await started();
    await add("cleo");
    const { id, outs } = await run().members.create(inputs("ann", "ben"));
    expect(inside()).toEqual(["ann", "ben", "cleo"]);
    const fewer = await next(id, outs, inputs("ann"));
    expect(inside()).toEqual(["ann", "cleo"]);
    await run().members.remove(id, fewer);
    expect(inside()).toEqual(["cleo"]);
  });

  it("does not take out whom it has found in the group, and says so", async () => {
    const { inputs, inside, add } = await started();
    await add("ann");
    const first = run();
    const { id, outs } = await first.members.create(inputs("ann", "ben"));
    expect(first.said).toEqual([
      "ben@example.com is in the group Engineering now.",
      "ann@example.com is in the group Engineering already, and will stay there when this list is removed.",
    ]);
    const second = run();
    const none = await second.members.update(id, outs, inputs());
    expect(second.said).toEqual([
      "ben@example.com is no longer in the group Engineering.",
      "ann@example.com is in the group Engineering still: this list has not put them there.",
    ]);
    expect(second.members.diff(none, inputs())).toEqual(noChange);
    expect(inside()).toEqual(["ann"]);
  });

  it("puts back whom somebody has taken out", async () => {
    const { inputs, inside, takeOut } = await started();
    const { id, outs } = await run().members.create(inputs("ann", "ben"));
    await takeOut("ann");
    await next(id, outs, inputs("ann", "ben"));
    expect(inside()).toEqual(["ann", "ben"]);
  });

  it("holds no more in its state than its own, however large the group is", async () => {
    const { inputs, add, of } = await started();
    await add("cleo");
    await add("dan");
    const { id, outs } = await run().members.create(inputs("ann"));
    const { props } = await refreshed(run().members, id, outs);
    expect(props.organizationMembershipIds).toEqual([of("ann")]);
  });
});

describe("an authoritative list", () => {
  it("takes nobody out when it is made, names who would go, and ends that in the next run", async () => {
    const { inputs, inside, add, give } = await started("authoritative");
    await add("cleo");
    await give("admin");
    const first = run();
    const { id, outs } = await first.members.create(inputs("ann"));
    expect(inside()).toEqual(["ann", "cleo"]);
    expect(first.said).toEqual([
      "ann@example.com is in the group Engineering now, and has what it gives: admin.",
      "cleo@example.com is in the group Engineering and not in its authoritative list: the next `pulumi up` ends that.",
    ]);
    const second = run();
    expect(second.members.diff(outs, inputs("ann")).changes).toBe(true);
    await second.members.update(id, outs, inputs("ann"));
    expect(second.said).toEqual([
      "cleo@example.com is no longer in the group Engineering, and no longer has what it gives: admin.",
    ]);
    expect(inside()).toEqual(["ann"]);
  });

  it("takes out nobody whom no plan has shown", async () => {
    const { inputs, inside, add } = await started("authoritative");
    const { id, outs } = await run().members.create(inputs("ann"));
    await add("dan");
    const later = await run().members.update(id, outs, inputs("ann", "ben"));
    expect(inside()).toEqual(["ann", "ben", "dan"]);
    await next(id, later, inputs("ann", "ben"));
    expect(inside()).toEqual(["ann", "ben"]);
  });

  it("finds whom an additive one did not look at by the next refresh", async () => {
    const { inputs, inside, add } = await started();
    await add("cleo");
    const { id, outs } = await run().members.create(inputs("ann"));
    const all = { ...inputs("ann"), mode: "authoritative" };
    const updated = await run().members.update(id, outs, all);
    expect(inside()).toEqual(["ann", "cleo"]);
    await next(id, updated, all);
    expect(inside()).toEqual(["ann"]);
  });

  it("ends whom it has added when it is removed, and leaves and names the others", async () => {
    const { inputs, inside, add } = await started("authoritative");
    await add("ann");
    const { id, outs } = await run().members.create(inputs("ann", "ben"));
    const { said, members } = run();
    await members.remove(id, outs);
    expect(inside()).toEqual(["ann"]);
    expect(said).toEqual([
      "ben@example.com is no longer in the group Engineering.",
      "ann@example.com stays in the group Engineering.",
    ]);
  });

  it("says in the plan who goes", async () => {
    const { inputs, add, of, groupId } = await started("authoritative");
    await add("cleo");
    const { outs } = await run().members.create(inputs("ann"));
    const announced = (state: State, wanted: Inputs) =>
      lifecycleOf(declarationOf("GroupMembers")).announce?.(state, wanted, current().context);
    expect(announced(outs, inputs("ann"))).toEqual([
      `The group ${groupId} loses 1 member, who is not in its authoritative list: ${of("cleo")}.`,
    ]);
    expect(announced(outs, inputs("ann", "cleo"))).toEqual([]);
    expect(announced({}, inputs("ann"))).toEqual([]);
  });
});

it("of two hundred and fifty is refreshed by its pages, and changed by what differs", async () => {
  const { organizationId, groupId, which } = await started();
  const ids: string[] = [];
  for (let count = 0; count < 250; count++) {
    const { id: user_id } = await current().api.users.create({ email: `person-${count}@example.com` });
    const member = { user_id, organization_id: organizationId };
    ids.push((await current().api.organizationMemberships.create(member)).id);
  }
  const wanted = { organizationId, groupId, organizationMembershipIds: ids, mode: "authoritative" };
  const { id, outs } = await run().members.create(wanted);
  await current().api.groupMemberships.remove({ ...which, organization_membership_id: ids[7] ?? "" });
  current().wire.clear();
  const { props } = await refreshed(run().members, id, outs);
  expect(current().wire.all()).toHaveLength(3);
  await run().members.update(id, props, wanted);
  expect(current().wire.writes()).toHaveLength(1);
});

it("that is retained leaves everybody in the group", async () => {
  const { inputs, inside } = await started();
  const { id, outs } = await run().members.create({ ...inputs("ann"), onDestroy: "retain" });
  const { said, members } = run();
  await members.remove(id, outs);
  expect(inside()).toEqual(["ann"]);
  expect(said).toEqual(["ann@example.com stays in the group Engineering."]);
});

describe("where some of many fail", () => {
  const refused = { status: 400, body: { code: "group_membership_limit_exceeded", message: "Too many." } };

  it("what was done is recorded, the others are named, and the next run does only them", async () => {
    const { inputs, inside } = await started();
    const wanted = inputs("ann", "ben", "cleo");
    const fault = current().control.faults.add({ method: "POST", nth: 2, ...refused });
    const error = await failure(run().members.create(wanted));
    if (!(error instanceof PartialFailure)) throw error;
    expect(error.message).toContain("1 of 3 changes failed:");
    expect(error.message).toContain("group_membership_limit_exceeded");
    expect(inside()).toHaveLength(2);
    current().control.faults.remove(fault);
    current().wire.clear();
    await run().members.update(error.id, error.properties, wanted);
    expect(current().wire.writes()).toHaveLength(1);
    expect(inside()).toEqual(["ann", "ben", "cleo"]);
  });

  it("those who could not be taken out are still there for the next run", async () => {
    const { inputs, inside } = await started();
    const { id, outs } = await run().members.create(inputs("ann", "ben", "cleo"));
    const fault = current().control.faults.add({ method: "DELETE", nth: 1, status: 403 });
    const error = await failure(run().members.update(id, outs, inputs()));
    if (!(error instanceof PartialFailure)) throw error;
    expect(inside()).toHaveLength(1);
    current().control.faults.remove(fault);
    await run().members.update(id, error.properties, inputs());
    expect(inside()).toEqual([]);
  });

  it("a list that could not be begun is begun by the next run", async () => {
    const { inputs, inside } = await started("authoritative");
    const path = "/organizations/*/groups/*/organization-memberships";
    const fault = current().control.faults.add({ method: "GET", path, status: 403, times: null });
    const error = await failure(run().members.create(inputs("ann")));
    if (!(error instanceof PartialFailure)) throw error;
    current().control.faults.remove(fault);
    const updated = await next(error.id, error.properties, inputs("ann"));
    expect(inside()).toEqual(["ann"]);
    expect(run().members.diff(updated, inputs("ann"))).toEqual(noChange);
  });

  it("a list of a group that is not there is not begun", async () => {
    const { inputs } = await started();
    const error = await failure(run().members.create({ ...inputs("ann"), groupId: "group_x" }));
    expect(error).not.toBeInstanceOf(PartialFailure);
    expect(error.message).toContain("404");
  });
});

it("refuses who is outside of the allowed domains, and lets in the others", async () => {
  const { of, organizationId, which, groupId } = await started();
  const { id: user_id } = await current().api.users.create({ email: "eve@acme.com" });
  const { id: eve } = await current().api.organizationMemberships.create({ user_id, organization_id: organizationId });
  const guarded = startRun(current(), { guards: { allowedDomains: ["acme.com"] } }).life("GroupMembers");
  const both = [eve, of("ann")];
  const error = await failure(guarded.create({ organizationId, groupId, organizationMembershipIds: both }));
  expect(error.message).toContain("ann@example.com");
  const { data } = await current().api.groupMemberships.list(which);
  expect(data.map(({ id }) => id)).toEqual([eve]);
});
