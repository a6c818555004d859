/** Roles on parts of an organization, on the real engine: the example, and what happens to it afterwards. */
import { type CommandResult } from "../support/engine";
import { read } from "../support/repository";
import { exampleStack } from "./support/examples";
import { diagnostics, steps as allSteps } from "./support/report";
import { ok } from "./support/stack";

const stack = exampleStack("fine-grained");
/** What a run did besides looking. */
const steps = (result: CommandResult) =>
  Object.fromEntries(
    Object.entries(allSteps(result))
      .map(([name, ops]) => [name, ops.filter((op) => op !== "refresh")] as const)
      .filter(([, ops]) => ops.length > 0),
  );
const up = (...args: string[]) => stack().project.up({ events: true, args });
const assignments = () => stack().emulator.control.state().roleAssignments;

test("a member gets a role on one project, and the run says so", async () => {
  const result = await ok(up());
  expect(diagnostics(result)).toContain("ann@acme.example has the role org-project-editor on the project apollo now.");
  expect(assignments()).toMatchObject([{ role: { slug: "org-project-editor" }, resource: { external_id: "apollo" } }]);
  expect(steps(await ok(up("--refresh")))).toEqual({});
});

test("what is taken outside is drift, and is given again", async () => {
  const [given] = assignments();
  await stack().api.roleAssignments.removeById({
    organization_membership_id: given?.organization_membership_id ?? "",
    role_assignment_id: given?.id ?? "",
  });
  await ok(up("--refresh"));
  expect(assignments()).toHaveLength(1);
  expect(assignments()[0]?.id).not.toBe(given?.id);
});

test("a project on which somebody has a role by other hands is not deleted, and they are named", async () => {
  const { project, api, emulator } = stack();
  const [acme] = emulator.control.state().organizations;
  const apollo = emulator.control.state().authorizationResources.find((one) => one.external_id === "apollo");
  const { id: user_id } = await api.users.create({ email: "zoe@acme.example" });
  const { id } = await api.organizationMemberships.create({ user_id, organization_id: acme?.id ?? "" });
  const given = { organization_membership_id: id, role_slug: "org-project-editor", resource_id: apollo?.id ?? "" };
  await api.roleAssignments.assign(given);
  project.writeProgram(
    read("examples/fine-grained/index.ts")
      .replace(/const apollo = new[^]*?\}\);\n/, "")
      .replace(/new workos\.RoleAssignment[^]*?\}\);\n/, "")
      .replace("export const project = apollo.id;", ""),
  );
  const refused = await up();
  expect(refused.code).not.toBe(0);
  expect(diagnostics(refused)).toContain("1 role is given on it: zoe@acme.example has org-project-editor.");
  await api.roleAssignments.remove(given);
  expect(steps(await ok(up()))).toEqual({ apollo: ["delete"] });
});
