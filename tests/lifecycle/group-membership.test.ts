/** Who is in a group, one by one: what is said of it, and what many of them cost. */
import { type Created } from "../../provider/lifecycle";
import { failure, noChange } from "../support/life";
import { useWorld } from "../support/world";
import { groupBeside } from "./support/groups";
import { startRun } from "./support/run";

const current = useWorld();

async function started() {
  const group = await groupBeside(current(), "ann", "ben");
  const { organizationId, groupId, of } = group;
  const inputs = { organizationId, groupId, organizationMembershipId: of("ann") };
  return { ...group, inputs };
}

it("is said when it begins and when it ends, with what the group gives", async () => {
  const { inputs, give } = await started();
  await give("admin");
  const { said, life } = startRun(current());
  const { id, outs } = await life("GroupMembership").create(inputs);
  await life("GroupMembership").remove(id, outs);
  expect(said).toEqual([
    "ann@example.com is in the group Engineering now, and has what it gives: admin.",
    "ann@example.com is no longer in the group Engineering, and no longer has what it gives: admin.",
  ]);
});

it("is said without roles where the group gives none", async () => {
  const { inputs } = await started();
  const { said, life } = startRun(current());
  await life("GroupMembership").create(inputs);
  expect(said).toEqual(["ann@example.com is in the group Engineering now."]);
});

it("is made although nobody can tell what it gives", async () => {
  const { inputs, groupId, inside } = await started();
  current().control.faults.add({ method: "GET", path: "/authorization/**", status: 403, times: null });
  const { said, life } = startRun(current());
  await life("GroupMembership").create(inputs);
  expect(inside()).toEqual(["ann"]);
  expect(said).toEqual(["ann@example.com is in the group Engineering now."]);
  expect(groupId).toMatch(/^group_/);
});

it("of somebody outside of the allowed domains is refused before anything is sent", async () => {
  const { inputs, inside } = await started();
  const run = startRun(current(), { guards: { allowedDomains: ["acme.com"] } });
  const error = await failure(run.life("GroupMembership").create(inputs));
  expect(error.message).toContain("ann@example.com");
  expect(inside()).toEqual([]);
});

it("that was adopted stays when its resource goes, and is named", async () => {
  const { inputs, add, inside } = await started();
  await add("ann");
  const run = startRun(current());
  const { id, outs } = await run.life("GroupMembership").create({ ...inputs, adopt: "if-exists" });
  const { said, life } = startRun(current());
  await life("GroupMembership").remove(id, outs);
  expect(said).toEqual(["ann@example.com stays in the group Engineering."]);
  expect(inside()).toEqual(["ann"]);
});

it("is gone with its membership, and with its group", async () => {
  const { inputs, which } = await started();
  const { life } = startRun(current());
  const { id, outs } = await life("GroupMembership").create(inputs);
  await current().api.organizationMemberships.delete({ id: inputs.organizationMembershipId });
  expect(await life("GroupMembership").read(id, outs)).toEqual({ id: "" });
  await current().api.groups.delete(which);
  expect(await life("GroupMembership").read(id, outs)).toEqual({ id: "" });
  await life("GroupMembership").remove(id, outs);
});

it("of three hundred is refreshed in a handful of requests", async () => {
  const { organizationId, groupId } = await started();
  const made: Created[] = [];
  const { life } = startRun(current());
  for (let count = 0; count < 300; count++) {
    const { id: user_id } = await current().api.users.create({ email: `person-${count}@example.com` });
    const { id } = await current().api.organizationMemberships.create({ user_id, organization_id: organizationId });
    await current().api.groupMemberships.add({
      organization_id: organizationId,
      group_id: groupId,
      organization_membership_id: id,
    });
    const outs = { organizationId, groupId, organizationMembershipId: id, __inputs: "organizationId" };
    made.push({ id: `${groupId}/${id}`, outs });
  }
  current().wire.clear();
  const reads = startRun(current());
  for (const { id, outs } of made) expect((await reads.life("GroupMembership").read(id, outs)).id).toBe(id);
  // A page from the first on: asking for one by itself is a list as well.
  expect(current().wire.all()).toHaveLength(3);
  expect(life("GroupMembership").diff(made[0]?.outs ?? {}, made[0]?.outs ?? {})).toEqual(noChange);
});
