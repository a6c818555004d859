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
const member = () =>
  stack()
    .emulator.control.state()
    .roles.find(({ slug }) => slug === "member");
const up = (...args: string[]) => stack().project.up({ events: true, args });

test("permissions and roles are made before anybody gets them, and the environment's role is taken over", async () => {
  const first = diagnostics(await ok(up()));
  expect(first).toMatch(/Adopted the environment role member \(role_\w+\): permissions changed\./);
  expect(first).toContain("Whoever has the role member may invoices:read now.");
  expect(member()).toMatchObject({ type: "EnvironmentRole", permissions: ["invoices:read"] });
  const slugs = stack()
    .emulator.control.state()
    .permissions.map(({ slug }) => slug);
  expect(slugs.sort()).toEqual(["invoices:pay", "invoices:read"]);
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

test("a permission that is deleted is taken from roles, and the environment's role stays when its resource goes", async () => {
  const { project, emulator } = stack();
  project.writeProgram(
    read("examples/roles/index.ts")
      .replace(/const pay = new[^]*?\}\);\n/, "")
      .replace("[read.slug, pay.slug]", "[read.slug]")
      .replace(/new workos\.EnvironmentRole[^]*?\}\);\n/, ""),
  );
  const { id } = await stack().api.roles.create({ slug: "auditor", name: "Auditor" });
  await stack().api.roles.setPermissions({ slug: "auditor", permissions: ["invoices:pay"] });
  const result = await ok(up());
  const said = diagnostics(result);
  expect(said).toContain(
    "The permission invoices:pay is deleted: whoever has the role auditor, or had it by a role of an organization's own, may no longer invoices:pay.",
  );
  expect(said).toContain("The environment role member stays: whoever has it keeps it and may invoices:read.");
  expect(emulator.control.state().roles.find((one) => one.id === id)?.permissions).toEqual([]);
  expect(member()?.permissions).toEqual(["invoices:read"]);
  expect(steps(result)).toMatchObject({ pay: ["delete"], member: ["delete"] });
});
