/** Whoever has a role or a permission of the same program waits for it by its output, without `dependsOn`. */
import { asked, ok, sharedStack } from "./support/stack";

const stack = sharedStack({ emulator: { switches: { multipleRoles: true, unknownPermissions: "refuse" } } });

const program = `
import * as workos from "pulumi-workos";
// In the order in which nothing would work if it were carried out as written.
const acme = new workos.Organization("acme", { name: "Acme" });
const ann = new workos.User("ann", { email: "ann@example.com" });
const write = new workos.Permission("write", { slug: "posts:write", name: "Write" });
const editor = new workos.EnvironmentRole("editor", {
  slug: "editor", name: "Editor", permissions: [write.slug], onDestroy: "retain",
});
const viewer = new workos.EnvironmentRole("viewer", {
  slug: "viewer", name: "Viewer", resourceTypeSlug: "project", onDestroy: "retain",
});
const own = new workos.OrganizationRole("own", {
  organizationId: acme.id, slug: "org-own", name: "Own", permissions: [write.slug],
});
const membership = new workos.OrganizationMembership("ann-acme", {
  userId: ann.id, organizationId: acme.id, roleSlugs: [editor.slug, own.slug],
});
new workos.Invitation("bob", { email: "bob@example.com", organizationId: acme.id, roleSlug: own.slug });
const writers = new workos.Group("writers", { organizationId: acme.id, name: "Writers" });
new workos.GroupRoleAssignments("writers-roles", {
  organizationId: acme.id, groupId: writers.id, roleAssignments: [{ roleSlug: own.slug }],
});
const apollo = new workos.AuthorizationResource("apollo", {
  organizationId: acme.id, resourceTypeSlug: "project", externalId: "apollo", name: "Apollo",
});
new workos.RoleAssignment("ann-apollo", {
  organizationMembershipId: membership.id, roleSlug: viewer.slug, resourceId: apollo.id,
});
new workos.OrganizationApiKey("key", { organizationId: acme.id, name: "CI", permissions: [write.slug] });
`;

test("all that names a role or a permission by its output can be previewed, and is carried out in that order", async () => {
  const { project, emulator } = stack();
  project.writeProgram(program);
  const preview = await ok(project.preview());
  expect(preview.stdout).toMatch(/\+ 14 to create/);
  await ok(project.up({ args: ["--skip-preview"] }));
  const order = asked(stack());
  const first = (operation: RegExp) => order.findIndex((one) => operation.test(one));
  expect(first(/PermissionsController_create/)).toBeLessThan(first(/OrganizationRolesController_create$/));
  const state = emulator.control.state();
  const slugs = state.organizationMemberships.flatMap(({ roles }) => roles?.map(({ slug }) => slug) ?? []);
  expect(slugs).toEqual(expect.arrayContaining(["editor", "org-own"]));
  expect(state.groupRoleAssignments.map(({ role }) => role.slug)).toEqual(["org-own"]);
  expect(state.roleAssignments.map(({ role }) => role.slug)).toEqual(["viewer"]);
  const permissions = (slug: string) => state.roles.find((role) => role.slug === slug)?.permissions;
  expect([permissions("editor"), permissions("org-own")]).toEqual([["posts:write"], ["posts:write"]]);
  expect((await ok(project.preview({ args: ["--expect-no-changes"] }))).code).toBe(0);
});

test("a role that nobody makes and nobody has is an error at check, by one call for all who name it", async () => {
  const { project, emulator } = stack();
  const [acme] = emulator.control.state().organizations;
  const at = (name: string) =>
    `new workos.Invitation("${name}", { email: "${name}@example.com", organizationId: "${acme?.id ?? ""}", roleSlug: "org-onw" });`;
  project.writeProgram(`${program}\n${["cleo", "dan", "eve", "fay"].map(at).join("\n")}`);
  emulator.control.requests.clear();
  const refused = await project.preview();
  expect(refused.code).not.toBe(0);
  const said = refused.combined;
  // The engine goes on with none that it has not begun to check.
  expect(said).toContain('roleSlug "org-onw" is no role here; did you mean org-own?');
  const lists = asked(stack()).filter((operation) => operation.includes("RolesController_list"));
  // The environment's, once; the organization's, once and once more for what is not there.
  expect(lists.length).toBeLessThanOrEqual(3);
});
