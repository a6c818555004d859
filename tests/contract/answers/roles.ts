import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { organizations, organizationMemberships, organizationRoles: roles, roles: lists, users } = endpoints;

export function roleAnswers(run: RunOf): void {
  const organization = async () => (await run().call(organizations.create, { name: "Acme" })).id;
  const billing = async () => {
    const organization_id = await organization();
    await run().call(roles.create, { organization_id, slug: "org-billing", name: "Billing" });
    return { organization_id, slug: "org-billing" };
  };

  test("the roles of the environment and of an organization are listed", async () => {
    const which = await billing();
    const slugs = (list: { data: { slug: string }[] }) => list.data.map(({ slug }) => slug);
    expect(slugs(await run().call(lists.list, {}))).toEqual(["admin", "member"]);
    expect(slugs(await run().call(lists.listForOrganization, which))).toEqual(["admin", "member", "org-billing"]);
    expect(await run().refused(lists.listForOrganization, { organization_id: "org_x" })).toMatchObject({ status: 404 });
  });

  test("a role is made, read, changed, given permissions, and deleted", async () => {
    const which = { organization_id: await organization(), slug: "org-ops" };
    const made = await run().call(roles.create, {
      ...{ ...which, name: "Ops", description: "Keeps it running", resource_type_slug: "organization" },
    });
    expect(made).toMatchObject({ slug: "org-ops", type: "OrganizationRole", permissions: [] });
    expect(await run().call(roles.get, which)).toEqual(made);
    expect(await run().call(roles.update, { ...which, name: "Operations" })).toMatchObject({
      name: "Operations",
      description: "Keeps it running",
    });
    expect(await run().call(roles.update, { ...which, description: null })).toMatchObject({ description: null });
    const permissions = ["deploys:run", "logs:read"];
    expect(await run().call(roles.setPermissions, { ...which, permissions })).toMatchObject({ permissions });
    expect(await run().call(roles.get, which)).toMatchObject({ permissions });
    await run().call(roles.delete, which);
    expect(await run().refused(roles.get, which)).toMatchObject({ status: 404 });
  });

  test("a slug is made of the name where none is given", async () => {
    const { slug } = await run().call(roles.create, { organization_id: await organization(), name: "Billing Admin" });
    expect(slug).toMatch(/^org-billing-admin-[0-9a-f]{8}$/);
  });

  test("an environment role is found under the organization, and cannot be changed there", async () => {
    const which = { organization_id: await organization(), slug: "admin" };
    expect(await run().call(roles.get, which)).toMatchObject({ type: "EnvironmentRole" });
    for (const refused of [
      run().refused(roles.update, { ...which, name: "Boss" }),
      run().refused(roles.setPermissions, { ...which, permissions: [] }),
      run().refused(roles.delete, which),
    ]) {
      expect(await refused).toMatchObject({ status: 404 });
    }
  });

  test("a role that somebody has cannot be deleted, and can once nobody has it", async () => {
    const which = await billing();
    const { id: user_id } = await run().call(users.create, { email: "ann@example.com" });
    const { organization_id, slug: role_slug } = which;
    const member = await run().call(organizationMemberships.create, { user_id, organization_id, role_slug });
    expect(await run().refused(roles.delete, which)).toMatchObject({ status: 409, code: "role_has_assignments" });
    await run().call(organizationMemberships.update, { id: member.id, role_slug: "member" });
    await run().call(roles.delete, which);
  });

  test.each([
    ["a taken slug", { slug: "org-billing" }, 409],
    ["a slug of the environment's", { slug: "admin" }, 422],
    ["a slug with capitals", { slug: "org-Billing" }, 422],
    ["a slug that is too long", { slug: `org-${"x".repeat(45)}` }, 422],
    ["no name", { name: undefined }, 422],
    ["a name that is too long", { name: "x".repeat(49) }, 422],
    ["a description that is too long", { description: "x".repeat(151) }, 422],
  ])("a role with %s is refused as documented", async (_what, input, status) => {
    const { organization_id } = await billing();
    const given = { organization_id, slug: "org-other", name: "Other", ...input };
    expect(await run().refused(roles.create, given)).toMatchObject({ status });
  });

  test("an unknown organization and an unknown role are 404, and what does not fit is 422", async () => {
    const { organization_id } = await billing();
    for (const which of [
      { organization_id, slug: "org-none" },
      { organization_id: "org_x", slug: "org-billing" },
    ]) {
      expect(await run().refused(roles.get, which)).toMatchObject({ status: 404 });
      expect(await run().refused(roles.update, { ...which, name: "X" })).toMatchObject({ status: 404 });
      expect(await run().refused(roles.setPermissions, { ...which, permissions: [] })).toMatchObject({ status: 404 });
      expect(await run().refused(roles.delete, which)).toMatchObject({ status: 404 });
    }
    expect(await run().refused(roles.create, { organization_id: "org_x", name: "X" })).toMatchObject({ status: 404 });
    const which = { organization_id, slug: "org-billing" };
    expect(await run().refused(roles.update, { ...which, name: 1 })).toMatchObject({ status: 422 });
    expect(await run().refused(roles.setPermissions, { ...which, permissions: "all" })).toMatchObject({ status: 422 });
  });
}
