import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { organizations, organizationRoles, permissions, roles } = endpoints;

export function permissionAnswers(run: RunOf): void {
  test("a permission is made, read, changed, and deleted", async () => {
    const pay = { slug: "bills:pay", name: "Pay bills", description: "All of them", resource_type_slug: "invoice" };
    const made = await run().call(permissions.create, pay);
    expect(made).toMatchObject({ ...pay, system: false });
    expect(await run().call(permissions.get, { slug: "bills:pay" })).toEqual(made);
    expect(await run().call(permissions.update, { slug: "bills:pay", name: "Pay" })).toMatchObject({
      name: "Pay",
      description: "All of them",
    });
    expect(await run().call(permissions.update, { slug: "bills:pay", description: null })).toMatchObject({
      description: null,
    });
    await run().call(permissions.delete, { slug: "bills:pay" });
    expect(await run().refused(permissions.get, { slug: "bills:pay" })).toMatchObject({ status: 404 });
    expect(await run().refused(permissions.delete, { slug: "bills:pay" })).toMatchObject({ status: 404 });
    expect(await run().refused(permissions.update, { slug: "bills:pay", name: "X" })).toMatchObject({ status: 404 });
  });

  test("permissions are listed page by page", async () => {
    for (const slug of ["a", "b", "c"]) await run().call(permissions.create, { slug, name: slug });
    const first = await run().call(permissions.list, { limit: 2, order: "asc" });
    expect(first.data.map(({ slug }) => slug)).toEqual(["a", "b"]);
    const rest = await run().call(permissions.list, {
      ...{ limit: 2, order: "asc" },
      after: first.list_metadata.after ?? "",
    });
    expect(rest.data.map(({ slug }) => slug)).toEqual(["c"]);
  });

  test("a permission that is deleted is taken from every role", async () => {
    await run().call(permissions.create, { slug: "bills:pay", name: "Pay" });
    const { id: organization_id } = await run().call(organizations.create, { name: "Acme" });
    const own = { organization_id, slug: "org-billing" };
    await run().call(organizationRoles.create, { ...own, name: "Billing" });
    const both = ["bills:read", "bills:pay"];
    await run().call(organizationRoles.setPermissions, { ...own, permissions: both });
    await run().call(roles.setPermissions, { slug: "admin", permissions: both });
    await run().call(permissions.delete, { slug: "bills:pay" });
    expect(await run().call(organizationRoles.get, own)).toMatchObject({ permissions: ["bills:read"] });
    expect(await run().call(roles.get, { slug: "admin" })).toMatchObject({ permissions: ["bills:read"] });
  });

  test("a system permission is neither changed nor deleted", async () => {
    run().control.addPermission({ slug: "widgets:users-table:manage", system: true });
    const which = { slug: "widgets:users-table:manage" };
    expect(await run().call(permissions.get, which)).toMatchObject({ system: true });
    expect(await run().refused(permissions.update, { ...which, name: "X" })).toMatchObject({ status: 403 });
    expect(await run().refused(permissions.delete, which)).toMatchObject({ status: 403 });
  });

  test.each([
    ["a taken slug", { slug: "bills:read" }, 409],
    ["a slug with capitals", { slug: "Bills:pay" }, 422],
    ["a slug that is too long", { slug: "x".repeat(49) }, 422],
    ["no slug", { slug: undefined }, 422],
    ["no name", { name: undefined }, 422],
    ["a name that is too long", { name: "x".repeat(49) }, 422],
    ["a description that is too long", { description: "x".repeat(151) }, 422],
  ])("a permission with %s is refused as documented", async (_what, input, status) => {
    await run().call(permissions.create, { slug: "bills:read", name: "Read" });
    const given = { slug: "bills:pay", name: "Pay", ...input };
    expect(await run().refused(permissions.create, given)).toMatchObject({ status });
  });

  test("what does not fit is 422, of a list as of a change", async () => {
    await run().call(permissions.create, { slug: "a", name: "A" });
    expect(await run().refused(permissions.update, { slug: "a", name: 1 })).toMatchObject({ status: 422 });
  });
}
