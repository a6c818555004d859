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

  test("a role is given one permission, and loses one", async () => {
    const { organization_id, slug } = await billing();
    const which = { organization_id, role_slug: slug };
    const add = (permission: string) => run().call(roles.addPermission, { ...which, slug: permission });
    expect(await add("bills:read")).toMatchObject({ permissions: ["bills:read"] });
    expect(await add("bills:pay")).toMatchObject({ permissions: ["bills:read", "bills:pay"] });
    expect(await add("bills:pay")).toMatchObject({ permissions: ["bills:read", "bills:pay"] });
    const remove = { organization_id, slug, permission_slug: "bills:read" };
    expect(await run().call(roles.removePermission, remove)).toMatchObject({ permissions: ["bills:pay"] });
    expect(await run().refused(roles.removePermission, remove)).toMatchObject({ status: 404 });
    const none = { organization_id, slug: "org-none", permission_slug: "bills:pay" };
    expect(await run().refused(roles.removePermission, none)).toMatchObject({ status: 404 });
    const unknown = { organization_id, role_slug: "org-none", slug: "bills:pay" };
    expect(await run().refused(roles.addPermission, unknown)).toMatchObject({ status: 404 });
    expect(await run().refused(roles.addPermission, { ...which, slug: 1 })).toMatchObject({ status: 422 });
  });

  test("a role of the environment is made, read, changed, and given permissions", async () => {
    const editor = { slug: "editor", name: "Editor", description: "Edits posts", resource_type_slug: "organization" };
    const made = await run().call(lists.create, editor);
    expect(made).toMatchObject({ ...editor, type: "EnvironmentRole", permissions: [] });
    expect(await run().call(lists.get, { slug: "editor" })).toEqual(made);
    expect(await run().call(lists.update, { slug: "editor", name: "Author" })).toMatchObject({
      name: "Author",
      description: "Edits posts",
    });
    expect(await run().call(lists.update, { slug: "editor", description: null })).toMatchObject({ description: null });
    const permissions = ["posts:read", "posts:write"];
    expect(await run().call(lists.setPermissions, { slug: "editor", permissions })).toMatchObject({ permissions });
    expect(await run().call(lists.addPermission, { role_slug: "editor", slug: "posts:delete" })).toMatchObject({
      permissions: [...permissions, "posts:delete"],
    });
    expect(await run().call(lists.setPermissions, { slug: "admin", permissions })).toMatchObject({ permissions });
  });

  test.each([
    ["a taken slug", { slug: "admin" }, 409, "role_slug_conflict"],
    ["a slug with capitals", { slug: "Editor" }, 422, undefined],
    ["a slug that is empty", { slug: "" }, 422, undefined],
    ["a slug that is too long", { slug: "x".repeat(49) }, 422, undefined],
    ["no slug", { slug: undefined }, 422, undefined],
    ["no name", { name: undefined }, 422, undefined],
  ])("a role of the environment with %s is refused as documented", async (_what, input, status, code) => {
    const refused = await run().refused(lists.create, { slug: "editor", name: "Editor", ...input });
    expect(refused).toMatchObject({ status, ...(code === undefined ? {} : { code }) });
  });

  test("an organization's role is none of the environment's", async () => {
    const { slug } = await billing();
    const permissions: string[] = [];
    expect(await run().refused(lists.get, { slug })).toMatchObject({ status: 404 });
    expect(await run().refused(lists.update, { slug, name: "X" })).toMatchObject({ status: 404 });
    expect(await run().refused(lists.setPermissions, { slug, permissions })).toMatchObject({ status: 404 });
    expect(await run().refused(lists.addPermission, { role_slug: slug, slug: "x" })).toMatchObject({ status: 404 });
    const admin = { slug: "admin", name: 1, permissions: "all" };
    expect(await run().refused(lists.update, admin)).toMatchObject({ status: 422 });
    expect(await run().refused(lists.setPermissions, admin)).toMatchObject({ status: 422 });
    expect(await run().refused(lists.addPermission, { role_slug: "admin", slug: 1 })).toMatchObject({ status: 422 });
  });

  test("a permission that does not exist is taken, or 404 where the environment wants it to exist", async () => {
    const which = await billing();
    await run().call(roles.setPermissions, { ...which, permissions: ["bills:read"] });
    run().control.switches.set({ unknownPermissions: "refuse" });
    const own = { organization_id: which.organization_id, role_slug: which.slug };
    const set = { slug: "admin", permissions: ["bills:read"] };
    for (const refused of [
      run().refused(roles.setPermissions, { ...which, permissions: ["bills:read"] }),
      run().refused(roles.addPermission, { ...own, slug: "bills:pay" }),
      run().refused(lists.setPermissions, set),
      run().refused(lists.addPermission, { role_slug: "admin", slug: "bills:read" }),
    ]) {
      expect(await refused).toMatchObject({ status: 404 });
    }
    run().control.addPermission({ slug: "bills:read" });
    expect(await run().call(lists.setPermissions, set)).toMatchObject({ permissions: ["bills:read"] });
  });
}
