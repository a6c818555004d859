/** Roles of an organization's own, on the real engine: the example, and what happens to it afterwards. */
import { type CommandResult } from "../support/engine";
import { read } from "../support/repository";
import { exampleStack } from "./support/examples";
import { diagnostics, steps as allSteps } from "./support/report";
import { ok } from "./support/stack";

const stack = exampleStack("roles");
const roles = () =>
  stack()
    .emulator.control.state()
    .roles.filter(({ type }) => type === "OrganizationRole");
/** What a run did besides looking. */
const steps = (result: CommandResult) =>
  Object.fromEntries(
    Object.entries(allSteps(result))
      .map(([name, ops]) => [name, ops.filter((op) => op !== "refresh")] as const)
      .filter(([, ops]) => ops.length > 0),
  );
const up = (...args: string[]) => stack().project.up({ events: true, args });

test("a role is made with its permissions before anybody gets it", async () => {
  await ok(up());
  expect(roles()).toMatchObject([{ slug: "org-billing", permissions: ["invoices:read", "invoices:pay"] }]);
  const [membership] = stack().emulator.control.state().organizationMemberships;
  expect(membership?.roles?.map(({ slug }) => slug)).toEqual(["member", "org-billing"]);
  expect(steps(await ok(up("--refresh")))).toEqual({});
});

test("what is added outside is drift, and is put right", async () => {
  const { api, emulator } = stack();
  const [acme] = emulator.control.state().organizations;
  const which = { organization_id: acme?.id ?? "", slug: "org-billing" };
  await api.organizationRoles.setPermissions({ ...which, permissions: ["invoices:read", "users:delete"] });
  expect(steps(await ok(up("--refresh")))).toEqual({ billing: ["update"] });
  expect(roles()[0]?.permissions).toEqual(["invoices:read", "invoices:pay"]);
});

test("a role that somebody has is not deleted: they are named, and the role stays in the state", async () => {
  const { project, api, emulator } = stack();
  const [acme] = emulator.control.state().organizations;
  const { id: user_id } = await api.users.create({ email: "zoe@acme.example" });
  const zoe = { user_id, organization_id: acme?.id ?? "", role_slug: "org-billing" };
  const { id } = await api.organizationMemberships.create(zoe);
  project.writeProgram(
    read("examples/roles/index.ts")
      .replace(/const billing = new[^]*?\}\);\n/, "")
      .replace(", billing.slug", "")
      .replace("export const role = billing.id;", ""),
  );
  const refused = await up();
  expect(refused.code).not.toBe(0);
  expect(diagnostics(refused)).toContain("1 person has it: zoe@acme.example. Give them another role first");
  expect(roles()).toHaveLength(1);
  await api.organizationMemberships.update({ id, role_slug: "member" });
  expect(steps(await ok(up()))).toEqual({ billing: ["delete"] });
  expect(roles()).toEqual([]);
});
