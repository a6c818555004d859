/** Groups on the real engine: the example, and what happens to it afterwards. */
import { type CommandResult } from "../support/engine";
import { read } from "../support/repository";
import { exampleStack } from "./support/examples";
import { diagnostics, steps as allSteps } from "./support/report";
import { ok } from "./support/stack";

const stack = exampleStack("groups");
const state = () => stack().emulator.control.state();
/** What a run did besides looking. */
const steps = (result: CommandResult) =>
  Object.fromEntries(
    Object.entries(allSteps(result))
      .map(([name, ops]) => [name, ops.filter((op) => op !== "refresh")] as const)
      .filter(([, ops]) => ops.length > 0),
  );
const up = (...args: string[]) => stack().project.up({ events: true, args });
const groupNamed = (name: string) => state().groups.find((group) => group.name === name);
/** Who is in a group, by address. */
const inside = (name: string) => {
  const { groupMemberships, organizationMemberships } = state();
  const ids = groupMemberships.filter((one) => one.group_id === groupNamed(name)?.id);
  return ids
    .map(({ organization_membership_id: id }) => organizationMemberships.find((one) => one.id === id)?.user?.email)
    .sort();
};

test("groups are made with who is in them, and the next run finds nothing to do", async () => {
  const result = await ok(up());
  expect(groupNamed("Engineering")).toMatchObject({ description: "Builds it" });
  expect(inside("Engineering")).toEqual(["ann@acme.example", "ben@acme.example"]);
  expect(inside("Support")).toEqual(["cleo@acme.example"]);
  expect(diagnostics(result)).toContain("cleo@acme.example is in the group Support now.");
  expect(diagnostics(result)).toContain("The group Engineering gives org-deployer now");
  expect(state().groupRoleAssignments).toMatchObject([{ role: { slug: "org-deployer" } }]);
  expect(steps(await ok(up("--refresh")))).toEqual({});
});

test("a group that was renamed outside is named as declared again", async () => {
  const group = groupNamed("Engineering");
  const which = { organization_id: group?.organization_id ?? "", group_id: group?.id ?? "" };
  await stack().api.groups.update({ ...which, name: "R&D" });
  expect(steps(await ok(up("--refresh")))).toEqual({ engineering: ["update"] });
  expect(groupNamed("Engineering")?.id).toBe(group?.id);
});

test("whom somebody has added to the authoritative list is named in the plan, and taken out by the run", async () => {
  const group = groupNamed("Engineering");
  const { organization_id = "", id: group_id = "" } = group ?? {};
  const cleo = state().organizationMemberships.find(({ user }) => user?.email === "cleo@acme.example")?.id ?? "";
  const added = { organization_id, group_id, organization_membership_id: cleo };
  await stack().api.groupMemberships.add(added);
  const preview = await ok(stack().project.preview({ args: ["--refresh"] }));
  expect(preview.combined).toContain(
    `The group ${group_id} loses 1 member, who is not in its authoritative list: ${cleo}.`,
  );
  const result = await ok(up("--refresh"));
  expect(steps(result)).toEqual({ engineering: ["update"] });
  expect(diagnostics(result)).toContain(
    "cleo@acme.example is no longer in the group Engineering, and no longer has what it gives: org-deployer.",
  );
  expect(inside("Engineering")).toEqual(["ann@acme.example", "ben@acme.example"]);
});

test("a role that somebody has given the group in the dashboard is taken from it", async () => {
  const { id: group_id = "" } = groupNamed("Engineering") ?? {};
  await stack().api.groupRoleAssignments.create({ group_id, role_slug: "admin" });
  const result = await ok(up("--refresh"));
  expect(steps(result)).toEqual({ engineering: ["update"] });
  expect(diagnostics(result)).toMatch(
    /The group Engineering no longer gives admin to 2 people: (ann|ben)@acme.example/,
  );
  expect(state().groupRoleAssignments).toMatchObject([{ role: { slug: "org-deployer" } }]);
});

test("a role that there is not is an error of the preview", async () => {
  const program = read("examples/groups/index.ts").replace("roleSlug: deployer.slug", 'roleSlug: "org-deploier"');
  stack().project.writeProgram(program);
  const refused = await stack().project.preview();
  expect(refused.code).not.toBe(0);
  expect(refused.combined).toContain('"org-deploier" is no role here; did you mean org-deployer?');
  stack().project.writeProgram(read("examples/groups/index.ts"));
});

test("members of whom some could not be added are recorded, and the next run adds the rest", async () => {
  const { emulator } = stack();
  const { organization_id = "", id: group_id = "" } = groupNamed("Engineering") ?? {};
  for (const { organization_membership_id } of state().groupMemberships.filter((one) => one.group_id === group_id)) {
    await stack().api.groupMemberships.remove({ organization_id, group_id, organization_membership_id });
  }
  const body = { code: "group_membership_limit_exceeded", message: "Too many." };
  emulator.control.faults.add({ method: "POST", nth: 1, status: 400, body });
  const refused = await up("--refresh");
  expect(refused.code).not.toBe(0);
  expect(diagnostics(refused)).toContain("1 of 2 changes failed:");
  expect(inside("Engineering")).toHaveLength(1);
  expect(steps(await ok(up()))).toEqual({ engineering: ["update"] });
  expect(inside("Engineering")).toEqual(["ann@acme.example", "ben@acme.example"]);
});
