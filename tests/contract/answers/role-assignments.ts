import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { authorizationResources, organizationMemberships, organizationRoles, organizations, users } = endpoints;
const { roleAssignments: assignments } = endpoints;

export function roleAssignmentAnswers(run: RunOf): void {
  async function member(organization_id: string, email = "ann@example.com") {
    const { id: user_id } = await run().call(users.create, { email });
    return (await run().call(organizationMemberships.create, { user_id, organization_id })).id;
  }
  async function editor() {
    const { id: organization_id } = await run().call(organizations.create, { name: "Acme" });
    const role = { organization_id, slug: "org-editor", name: "Editor", resource_type_slug: "project" };
    await run().call(organizationRoles.create, role);
    const resource = { organization_id, resource_type_slug: "project", external_id: "apollo", name: "Apollo" };
    const { id: resource_id } = await run().call(authorizationResources.create, resource);
    return { organization_id, resource_id, organization_membership_id: await member(organization_id) };
  }

  test("a role is given, listed by member and by resource, and taken", async () => {
    const { organization_membership_id, resource_id } = await editor();
    const given = { organization_membership_id, role_slug: "org-editor", resource_id };
    const made = await run().call(assignments.assign, given);
    expect(made).toMatchObject({
      organization_membership_id,
      role: { slug: "org-editor" },
      resource: { id: resource_id, external_id: "apollo", resource_type_slug: "project" },
      source: { type: "direct", group_role_assignment_id: null },
    });
    // No source says what a second one is answered.
    expect(await run().call(assignments.assign, given)).toEqual(made);
    const list = async (query: object) =>
      (await run().call(assignments.list, { organization_membership_id, ...query })).data;
    expect(await list({})).toEqual([made]);
    expect((await run().call(assignments.listForResource, { resource_id })).data).toEqual([made]);
    const viewers = { resource_id, role_slug: "org-viewer" };
    expect((await run().call(assignments.listForResource, viewers)).data).toEqual([]);
    await run().call(assignments.removeById, { organization_membership_id, role_assignment_id: made.id });
    expect(await list({})).toEqual([]);
  });

  test("a resource may be named by its external id and type", async () => {
    const { organization_membership_id, resource_id } = await editor();
    const named = { resource_external_id: "apollo", resource_type_slug: "project" };
    const criteria = { organization_membership_id, role_slug: "org-editor", ...named };
    expect((await run().call(assignments.assign, criteria)).resource.id).toBe(resource_id);
    await run().call(assignments.remove, criteria);
    expect(await run().refused(assignments.remove, criteria)).toMatchObject({ status: 404 });
  });

  test("it ends with the member and with the resource", async () => {
    const { organization_id, organization_membership_id, resource_id } = await editor();
    const other = await member(organization_id, "ben@example.com");
    for (const one of [organization_membership_id, other]) {
      const given = { organization_membership_id: one, role_slug: "org-editor", resource_id };
      await run().call(assignments.assign, given);
    }
    await run().call(organizationMemberships.delete, { id: organization_membership_id });
    expect((await run().call(assignments.listForResource, { resource_id })).data).toHaveLength(1);
    await run().call(authorizationResources.delete, { resource_id, cascade_delete: true });
    expect((await run().call(assignments.list, { organization_membership_id: other })).data).toEqual([]);
  });

  test("while there is one, neither the resource nor the role is deleted", async () => {
    const { organization_id, organization_membership_id, resource_id } = await editor();
    await run().call(assignments.assign, { organization_membership_id, role_slug: "org-editor", resource_id });
    expect(await run().refused(authorizationResources.delete, { resource_id })).toMatchObject({
      ...{ status: 409, code: "resource_has_dependents" },
    });
    const role = { organization_id, slug: "org-editor" };
    expect(await run().refused(organizationRoles.delete, role)).toMatchObject({
      ...{ status: 409, code: "role_has_assignments" },
    });
  });

  test.each([
    ["an unknown role", { role_slug: "org-none" }, 404],
    ["a role for another type", { role_slug: "member" }, 422],
    ["an unknown resource", { resource_id: "authz_resource_x" }, 404],
    [
      "an unknown external id",
      { resource_id: undefined, resource_external_id: "x", resource_type_slug: "project" },
      404,
    ],
    ["an external id without its type", { resource_id: undefined, resource_external_id: "apollo" }, 422],
    ["a resource named twice", { resource_external_id: "apollo", resource_type_slug: "project" }, 422],
    ["no resource", { resource_id: undefined }, 422],
    ["an unknown member", { organization_membership_id: "om_x" }, 404],
  ])("%s is refused as documented", async (_what, input, status) => {
    const { organization_membership_id, resource_id } = await editor();
    const given = { organization_membership_id, role_slug: "org-editor", resource_id, ...input };
    expect(await run().refused(assignments.assign, given)).toMatchObject({ status });
    const taken = { ...given, role_slug: status === 422 ? "org-editor" : given.role_slug };
    if (!("role_slug" in input)) expect(await run().refused(assignments.remove, taken)).toMatchObject({ status });
  });

  test("a page that cannot be is 422", async () => {
    const { organization_membership_id, resource_id } = await editor();
    for (const [list, of] of [
      [assignments.list, { organization_membership_id }],
      [assignments.listForResource, { resource_id }],
    ] as const) {
      expect(await run().refused(list, { ...of, limit: 0 })).toMatchObject({ status: 422 });
    }
  });

  test("what is unknown is 404 in lists and by its id", async () => {
    const { organization_membership_id } = await editor();
    const unknown = { organization_membership_id: "om_x" };
    expect(await run().refused(assignments.list, unknown)).toMatchObject({ status: 404 });
    const resource = { resource_id: "authz_resource_x" };
    expect(await run().refused(assignments.listForResource, resource)).toMatchObject({ status: 404 });
    const one = { organization_membership_id, role_assignment_id: "role_assignment_x" };
    expect(await run().refused(assignments.removeById, one)).toMatchObject({ status: 404 });
  });
}
