import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { groups, groupMemberships: members, groupRoleAssignments: given, membershipGroups } = endpoints;
const { organizations, organizationMemberships, organizationRoles, users } = endpoints;

export function groupAnswers(run: RunOf): void {
  const organization = async () => (await run().call(organizations.create, { name: "Acme" })).id;
  const engineering = async () => {
    const organization_id = await organization();
    const { id } = await run().call(groups.create, { organization_id, name: "Engineering" });
    return { organization_id, group_id: id };
  };
  const member = async (organization_id: string, email = "ann@example.com") => {
    const { id: user_id } = await run().call(users.create, { email });
    return (await run().call(organizationMemberships.create, { user_id, organization_id })).id;
  };

  test("a group is made, read, listed, changed and deleted", async () => {
    const organization_id = await organization();
    const made = await run().call(groups.create, { organization_id, name: "Support", description: "Helps" });
    const which = { organization_id, group_id: made.id };
    expect(made).toMatchObject({ organization_id, name: "Support", description: "Helps" });
    expect(await run().call(groups.get, which)).toEqual(made);
    expect((await run().call(groups.list, { organization_id })).data).toEqual([made]);
    expect(await run().call(groups.update, { ...which, name: "Help desk" })).toMatchObject({
      name: "Help desk",
      description: "Helps",
    });
    expect(await run().call(groups.update, { ...which, description: null })).toMatchObject({ description: null });
    await run().call(groups.delete, which);
    expect(await run().refused(groups.get, which)).toMatchObject({ status: 404 });
  });

  test("members are added, once whatever is sent twice, listed from both sides, and taken out", async () => {
    const which = await engineering();
    const id = await member(which.organization_id);
    const group = await run().call(members.add, { ...which, organization_membership_id: id });
    expect(await run().call(members.add, { ...which, organization_membership_id: id })).toEqual(group);
    const { data } = await run().call(members.list, which);
    expect(data).toMatchObject([{ id, organization_id: which.organization_id, status: "active" }]);
    expect((await run().call(membershipGroups.list, { id })).data).toEqual([group]);
    await run().call(members.remove, { ...which, organization_membership_id: id });
    expect((await run().call(members.list, which)).data).toEqual([]);
    const again = run().refused(members.remove, { ...which, organization_membership_id: id });
    expect(await again).toMatchObject({ status: 404 });
  });

  test("roles are given to a group, replaced as a set, and taken", async () => {
    const { group_id, organization_id } = await engineering();
    const admin = await run().call(given.create, { group_id, role_slug: "admin" });
    expect(admin.resource).toMatchObject({ external_id: organization_id, resource_type_slug: "organization" });
    expect(await run().refused(given.create, { group_id, role_slug: "admin" })).toMatchObject({
      status: 409,
      code: "duplicate_group_role_assignment",
    });
    expect(await run().call(given.get, { group_id, role_assignment_id: admin.id })).toEqual(admin);
    const both = [{ role_slug: "member" }, { role_slug: "admin", resource_id: admin.resource.id }];
    const { data } = await run().call(given.replace, { group_id, role_assignments: both });
    expect(data.map(({ role }) => role.slug).sort()).toEqual(["admin", "member"]);
    expect(data).toContainEqual(admin);
    expect((await run().call(given.list, { group_id })).data).toHaveLength(2);
    await run().call(given.delete, { group_id, role_assignment_id: admin.id });
    const again = run().refused(given.delete, { group_id, role_assignment_id: admin.id });
    expect(await again).toMatchObject({ status: 404 });
    expect((await run().call(given.replace, { group_id, role_assignments: [] })).data).toEqual([]);
  });

  test("the organization is a resource by its external id and type too, and nothing else is one", async () => {
    const { group_id, organization_id } = await engineering();
    const own = { resource_external_id: organization_id, resource_type_slug: "organization" };
    await run().call(given.create, { group_id, role_slug: "member", ...own });
    for (const [resource, status] of [
      [{ resource_id: "authz_resource_x" }, 404],
      [{ resource_external_id: "project-1", resource_type_slug: "project" }, 404],
      [{ resource_id: "authz_resource_x", ...own }, 422],
      [{ resource_type_slug: "organization" }, 422],
    ] as const) {
      expect(await run().refused(given.create, { group_id, role_slug: "admin", ...resource })).toMatchObject({
        status,
      });
    }
  });

  test("a role that a group gives cannot be deleted", async () => {
    const { group_id, organization_id } = await engineering();
    const role = { organization_id, slug: "org-billing" };
    await run().call(organizationRoles.create, { ...role, name: "Billing" });
    const { id } = await run().call(given.create, { group_id, role_slug: role.slug });
    expect(await run().refused(organizationRoles.delete, role)).toMatchObject({
      status: 409,
      code: "role_has_group_role_mappings",
    });
    await run().call(given.delete, { group_id, role_assignment_id: id });
    await run().call(organizationRoles.delete, role);
  });

  test.each([
    ["no name", { name: undefined }],
    ["a name that is too long", { name: "x".repeat(257) }],
    ["a description that is too long", { description: "x".repeat(151) }],
  ])("a group with %s is refused as documented", async (_what, input) => {
    const which = await engineering();
    const { organization_id } = which;
    expect(await run().refused(groups.create, { organization_id, name: "Other", ...input })).toMatchObject({
      status: 422,
    });
    if (Object.values(input)[0] === undefined) return;
    expect(await run().refused(groups.update, { ...which, ...input })).toMatchObject({ status: 422 });
  });

  test("what is unknown, or another organization's, is 404, and what does not fit is 422", async () => {
    const which = await engineering();
    const id = await member(which.organization_id);
    const elsewhere = await organization();
    const foreign = await member(elsewhere, "bob@example.com");
    for (const wrong of [
      { ...which, group_id: "group_x" },
      { ...which, organization_id: "org_x" },
      { ...which, organization_id: elsewhere },
    ]) {
      const wrongMember = { ...wrong, organization_membership_id: id };
      expect(await run().refused(groups.get, wrong)).toMatchObject({ status: 404 });
      expect(await run().refused(groups.update, { ...wrong, name: "X" })).toMatchObject({ status: 404 });
      expect(await run().refused(groups.delete, wrong)).toMatchObject({ status: 404 });
      expect(await run().refused(members.list, wrong)).toMatchObject({ status: 404 });
      expect(await run().refused(members.add, wrongMember)).toMatchObject({ status: 404 });
      expect(await run().refused(members.remove, wrongMember)).toMatchObject({ status: 404 });
    }
    const none = { organization_id: "org_x" };
    expect(await run().refused(groups.list, none)).toMatchObject({ status: 404 });
    expect(await run().refused(groups.create, { ...none, name: "X" })).toMatchObject({ status: 404 });
    for (const organization_membership_id of ["om_x", foreign]) {
      expect(await run().refused(members.add, { ...which, organization_membership_id })).toMatchObject({ status: 404 });
    }
    expect(await run().refused(members.add, { ...which, organization_membership_id: 1 })).toMatchObject({
      status: 422,
    });
    expect(await run().refused(membershipGroups.list, { id: "om_x" })).toMatchObject({ status: 404 });
  });

  test("roles of an unknown group, unknown roles and unknown assignments are 404", async () => {
    const { group_id } = await engineering();
    const unknown = { group_id: "group_x" };
    expect(await run().refused(given.list, unknown)).toMatchObject({ status: 404 });
    expect(await run().refused(given.create, { ...unknown, role_slug: "admin" })).toMatchObject({ status: 404 });
    expect(await run().refused(given.create, { group_id, role_slug: "nope" })).toMatchObject({ status: 404 });
    const nope = { group_id, role_assignments: [{ role_slug: "nope" }] };
    expect(await run().refused(given.replace, nope)).toMatchObject({ status: 404 });
    const many = Array.from({ length: 101 }, () => ({ role_slug: "admin" }));
    expect(await run().refused(given.replace, { group_id, role_assignments: many })).toMatchObject({ status: 422 });
    expect(await run().refused(given.get, { group_id, role_assignment_id: "gra_x" })).toMatchObject({ status: 404 });
  });
}
