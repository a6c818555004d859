import { endpoints } from "../../../api/endpoints/index";
import { extras } from "../../../emulator/extra";
import { type RunOf } from "../answers/run-of";

const { authorizationResources, groupMemberships, groupRoleAssignments, groups, organizationMemberships } = endpoints;
const { organizations, permissions, roleAssignments, roles, users } = endpoints;
const { authorization } = extras;
const { check, listResources, members, membersByExternalId } = authorization;

/**
 * Acme has the workspace `space` with the projects `apollo` and `zeus`. An editor of a workspace may read and write what
 * is in it; a reader of a project may read it.
 */
export function authorizationExtraAnswers(run: RunOf): void {
  async function world() {
    const { id: organization_id } = await run().call(organizations.create, { name: "Acme" });
    for (const slug of ["project:read", "project:write"]) {
      await run().call(permissions.create, { slug, name: slug, resource_type_slug: "project" });
    }
    const role = async (slug: string, resource_type_slug: string, given: string[]) => {
      await run().call(roles.create, { slug, name: slug, resource_type_slug });
      await run().call(roles.setPermissions, { slug, permissions: given });
    };
    await role("editor", "workspace", ["project:read", "project:write"]);
    await role("reader", "project", ["project:read"]);
    const resource = async (resource_type_slug: string, external_id: string, parent_resource_id?: string) =>
      (
        await run().call(authorizationResources.create, {
          ...{ organization_id, resource_type_slug, external_id, name: external_id },
          ...(parent_resource_id === undefined ? {} : { parent_resource_id }),
        })
      ).id;
    const space = await resource("workspace", "space");
    const [apollo, zeus] = [await resource("project", "apollo", space), await resource("project", "zeus", space)];
    return { organization_id, space, apollo, zeus };
  }

  async function member(organization_id: string, name: string) {
    const { id: user_id } = await run().call(users.create, { email: `${name}@example.com` });
    return (await run().call(organizationMemberships.create, { user_id, organization_id })).id;
  }

  const may = async (organization_membership_id: string, permission_slug: string, resource_id: string) =>
    (await run().call(check.endpoint, { organization_membership_id, permission_slug, resource_id })).authorized;

  test("a role on a resource is good there and below, and nowhere else", async () => {
    const { organization_id, space, apollo, zeus } = await world();
    const ann = await member(organization_id, "ann");
    expect(await may(ann, "project:read", apollo)).toBe(false);
    const reader = { organization_membership_id: ann, role_slug: "reader", resource_id: apollo };
    await run().call(roleAssignments.assign, reader);
    expect(await may(ann, "project:read", apollo)).toBe(true);
    expect(await may(ann, "project:write", apollo)).toBe(false);
    expect(await may(ann, "project:read", zeus)).toBe(false);
    const editor = { organization_membership_id: ann, role_slug: "editor", resource_id: space };
    await run().call(roleAssignments.assign, editor);
    expect(await may(ann, "project:write", zeus)).toBe(true);
    const named = { permission_slug: "project:write", resource_external_id: "zeus", resource_type_slug: "project" };
    expect(await run().call(check.endpoint, { organization_membership_id: ann, ...named })).toEqual({
      authorized: true,
    });
    await run().call(organizationMemberships.deactivate, { id: ann });
    expect(await may(ann, "project:write", zeus)).toBe(false);
  });

  test("a role in the organization is good on all of its resources", async () => {
    const { organization_id, apollo } = await world();
    const { id: user_id } = await run().call(users.create, { email: "ann@example.com" });
    const membership = { user_id, organization_id, role_slug: "editor" };
    const { id } = await run().call(organizationMemberships.create, membership);
    expect(await may(id, "project:write", apollo)).toBe(true);
    const organization = { resource_external_id: organization_id, resource_type_slug: "organization" };
    const asked = { organization_membership_id: id, permission_slug: "project:write", ...organization };
    expect(await run().call(check.endpoint, asked)).toEqual({ authorized: true });
  });

  test("a role of a group is its members', and is shown as such", async () => {
    const { organization_id, space, apollo } = await world();
    const ann = await member(organization_id, "ann");
    const { id: group_id } = await run().call(groups.create, { organization_id, name: "Makers" });
    const given = { group_id, role_slug: "editor", resource_id: space };
    const { id } = await run().call(groupRoleAssignments.create, given);
    expect(await may(ann, "project:write", apollo)).toBe(false);
    await run().call(groupMemberships.add, { organization_id, group_id, organization_membership_id: ann });
    expect(await may(ann, "project:write", apollo)).toBe(true);
    const byName = { organization_id, resource_type_slug: "workspace", external_id: "space" };
    const { data } = await run().call(authorization.assignmentsByExternalId.endpoint, byName);
    expect(data).toMatchObject([
      { organization_membership_id: ann, source: { type: "group", group_role_assignment_id: id } },
    ]);
    const own = await run().call(roleAssignments.list, { organization_membership_id: ann });
    expect(own.data).toEqual(data);
    await run().call(authorization.removeGroupRoles.endpoint, given);
    expect(await may(ann, "project:write", apollo)).toBe(false);
    expect(await run().refused(authorization.removeGroupRoles.endpoint, given)).toMatchObject({ status: 404 });
  });

  test("a role of a group stands on its type of resource, and goes with the resource", async () => {
    const { organization_id, space, apollo } = await world();
    const { id: group_id } = await run().call(groups.create, { organization_id, name: "Makers" });
    const wrong = { group_id, role_slug: "editor", resource_id: apollo };
    expect(await run().refused(groupRoleAssignments.create, wrong)).toMatchObject({ status: 422 });
    await run().call(groupRoleAssignments.create, { ...wrong, resource_id: space });
    expect(await run().refused(authorizationResources.delete, { resource_id: space })).toMatchObject({ status: 409 });
    await run().call(authorizationResources.delete, { resource_id: space, cascade_delete: true });
    expect((await run().call(groupRoleAssignments.list, { group_id })).data).toEqual([]);
  });

  test("what a member can reach, what it may do there, and who else can", async () => {
    const { organization_id, space, apollo, zeus } = await world();
    const [ann, ben] = [await member(organization_id, "ann"), await member(organization_id, "ben")];
    const assign = (organization_membership_id: string, role_slug: string, resource_id: string) =>
      run().call(roleAssignments.assign, { organization_membership_id, role_slug, resource_id });
    await assign(ann, "reader", apollo);
    await assign(ben, "editor", space);
    const reach = async (organization_membership_id: string, parent: object) => {
      const query = { organization_membership_id, permission_slug: "project:read", order: "asc" as const, ...parent };
      return (await run().call(listResources.endpoint, query)).data.map(({ id }) => id);
    };
    expect(await reach(ann, { parent_resource_id: space })).toEqual([apollo]);
    const named = { parent_resource_external_id: "space", parent_resource_type_slug: "workspace" };
    expect(await reach(ben, named)).toEqual([apollo, zeus]);
    const top = { parent_resource_external_id: organization_id, parent_resource_type_slug: "organization" };
    expect(await reach(ben, top)).toEqual([space]);

    const onApollo = { organization_membership_id: ann, resource_id: apollo };
    const mine = await run().call(authorization.permissions.endpoint, onApollo);
    expect(mine.data.map(({ slug }) => slug)).toEqual(["project:read"]);
    const byName = { organization_membership_id: ben, resource_type_slug: "project", external_id: "apollo" };
    const his = await run().call(authorization.permissionsByExternalId.endpoint, { ...byName, order: "asc" });
    expect(his.data.map(({ slug }) => slug)).toEqual(["project:read", "project:write"]);

    const asked = { resource_id: apollo, permission_slug: "project:read" };
    const ids = (list: { data: { id: string }[] }) => list.data.map(({ id }) => id).sort();
    expect(ids(await run().call(members.endpoint, asked))).toEqual([ann]);
    expect(ids(await run().call(members.endpoint, { ...asked, assignment: "direct" }))).toEqual([ann]);
    expect(ids(await run().call(members.endpoint, { ...asked, assignment: "indirect" }))).toEqual([ann, ben].sort());
    const external = { organization_id, resource_type_slug: "project", external_id: "apollo" };
    const others = { ...external, permission_slug: "project:write", assignment: "indirect" as const };
    expect(ids(await run().call(membersByExternalId.endpoint, others))).toEqual([ben]);
  });

  test("what is unknown, belongs to another organization, or is named twice is refused", async () => {
    const { organization_id, apollo } = await world();
    const ann = await member(organization_id, "ann");
    const { id: other } = await run().call(organizations.create, { name: "Other" });
    const stranger = await member(other, "zoe");
    const asked = { permission_slug: "project:read", resource_id: apollo };
    const of = (organization_membership_id: string, more: object = {}) =>
      run().refused(check.endpoint, { organization_membership_id, ...asked, ...more });
    expect(await of("om_x")).toMatchObject({ status: 404 });
    expect(await of(stranger)).toMatchObject({ status: 404 });
    expect(await of(ann, { resource_id: "authz_resource_x" })).toMatchObject({ status: 404 });
    expect(await of(ann, { resource_id: undefined })).toMatchObject({ status: 422 });
    expect(await of(ann, { resource_type_slug: "project" })).toMatchObject({ status: 422 });
    const list = { organization_membership_id: ann, permission_slug: "project:read" };
    expect(await run().refused(listResources.endpoint, list)).toMatchObject({ status: 422 });
    expect(await run().refused(members.endpoint, { resource_id: apollo })).toMatchObject({ status: 422 });
    const unknown = { organization_id: "org_x", resource_type_slug: "project", external_id: "apollo" };
    const { assignmentsByExternalId } = authorization;
    expect(await run().refused(assignmentsByExternalId.endpoint, unknown)).toMatchObject({ status: 404 });
  });
}
