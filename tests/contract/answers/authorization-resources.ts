import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { authorizationResources: resources, organizations } = endpoints;

export function authorizationResourceAnswers(run: RunOf): void {
  const organization = async () => (await run().call(organizations.create, { name: "Acme" })).id;
  const made = (organization_id: string, external_id: string, more: object = {}) =>
    run().call(resources.create, {
      ...{ organization_id, resource_type_slug: "project", external_id, name: external_id, ...more },
    });
  const names = (list: { data: { external_id: string }[] }) => list.data.map(({ external_id }) => external_id);

  test("a resource is made, read by both ids, changed by both, and deleted by either", async () => {
    const organization_id = await organization();
    const north = await made(organization_id, "north", { resource_type_slug: "workspace" });
    expect(north).toMatchObject({ parent_resource_id: null, description: null });
    const apollo = await made(organization_id, "apollo", { description: "Moon", parent_resource_id: north.id });
    const which = { organization_id, resource_type_slug: "project", external_id: "apollo" };
    expect(await run().call(resources.get, { resource_id: apollo.id })).toEqual(apollo);
    expect(await run().call(resources.getByExternalId, which)).toEqual(apollo);
    const renamed = await run().call(resources.update, { resource_id: apollo.id, name: "Apollo 11" });
    expect(renamed).toMatchObject({ name: "Apollo 11", description: "Moon", parent_resource_id: north.id });
    const south = await made(organization_id, "south", { resource_type_slug: "workspace" });
    const parent = { parent_resource_external_id: "south", parent_resource_type_slug: "workspace" };
    expect(await run().call(resources.updateByExternalId, { ...which, description: null, ...parent })).toMatchObject({
      ...{ name: "Apollo 11", description: null, parent_resource_id: south.id },
    });
    const gemini = await made(organization_id, "gemini", parent);
    expect(gemini.parent_resource_id).toBe(south.id);
    await run().call(resources.deleteByExternalId, which);
    await run().call(resources.delete, { resource_id: gemini.id });
    expect(await run().refused(resources.getByExternalId, which)).toMatchObject({ status: 404 });
    expect(await run().refused(resources.get, { resource_id: gemini.id })).toMatchObject({ status: 404 });
  });

  test("resources are listed by organization, type, external id and parent", async () => {
    const [organization_id, other] = [await organization(), await organization()];
    const north = await made(organization_id, "north", { resource_type_slug: "workspace" });
    await made(organization_id, "apollo", { parent_resource_id: north.id });
    await made(other, "apollo");
    const list = async (query: object) => names(await run().call(resources.list, { order: "asc" as const, ...query }));
    expect(await list({ organization_id })).toEqual(["north", "apollo"]);
    expect(await list({ organization_id, limit: 1 })).toEqual(["north"]);
    expect(await list({ organization_id, resource_type_slug: "project" })).toEqual(["apollo"]);
    expect(await list({ resource_type_slug: "project" })).toEqual(["apollo", "apollo"]);
    expect(await list({ resource_type_slug: "project", resource_external_id: "gemini" })).toEqual([]);
    expect(await list({ organization_id: other, resource_external_id: "apollo" })).toEqual(["apollo"]);
    expect(await list({ organization_id, parent_resource_id: north.id })).toEqual(["apollo"]);
    const parent = { parent_resource_type_slug: "workspace", parent_external_id: "north" };
    expect(await list({ organization_id, ...parent })).toEqual(["apollo"]);
    expect(await list({ organization_id: other, ...parent })).toEqual([]);
    expect(await run().refused(resources.list, {})).toMatchObject({
      ...{ status: 400, code: "missing_organization_id_or_resource_type_slug" },
    });
    const twice = { organization_id, ...parent, parent_resource_id: north.id };
    expect(await run().refused(resources.list, twice)).toMatchObject({ status: 422 });
  });

  test("what something is below is deleted only with all of that", async () => {
    const organization_id = await organization();
    const north = await made(organization_id, "north");
    const apollo = await made(organization_id, "apollo", { parent_resource_id: north.id });
    await made(organization_id, "lander", { parent_resource_id: apollo.id });
    const which = { organization_id, resource_type_slug: "project", external_id: "apollo" };
    const refusal = { status: 409, code: "resource_has_dependents" };
    expect(await run().refused(resources.delete, { resource_id: north.id })).toMatchObject(refusal);
    expect(await run().refused(resources.deleteByExternalId, which)).toMatchObject(refusal);
    await run().call(resources.deleteByExternalId, { ...which, cascade_delete: true });
    expect(names(await run().call(resources.list, { organization_id }))).toEqual(["north"]);
    await run().call(resources.delete, { resource_id: north.id, cascade_delete: false });
  });

  test("a deleted organization takes its resources along", async () => {
    const organization_id = await organization();
    const { id: resource_id } = await made(organization_id, "apollo");
    await run().call(organizations.delete, { id: organization_id });
    expect(await run().refused(resources.get, { resource_id })).toMatchObject({ status: 404 });
  });

  test.each([
    ["a taken external id", { external_id: "taken" }, 409],
    ["an unknown organization", { organization_id: "org_x" }, 404],
    ["an unknown parent", { parent_resource_id: "authz_resource_x" }, 404],
    ["a parent of an unknown name", { parent_resource_external_id: "x", parent_resource_type_slug: "project" }, 404],
    ["a parent without its type", { parent_resource_external_id: "taken" }, 422],
    ["a parent named twice", { parent_resource_id: "x", parent_resource_external_id: "taken" }, 422],
    ["no name", { name: undefined }, 422],
    ["an external id that is not ASCII", { external_id: "é" }, 422],
  ])("a resource with %s is refused as documented", async (_what, input, status) => {
    const organization_id = await organization();
    await made(organization_id, "taken");
    const given = { organization_id, resource_type_slug: "project", external_id: "new", name: "New", ...input };
    expect(await run().refused(resources.create, given)).toMatchObject({ status });
  });

  test("nothing is below itself, nor below what is in another organization", async () => {
    const [organization_id, other] = [await organization(), await organization()];
    const north = await made(organization_id, "north");
    const apollo = await made(organization_id, "apollo", { parent_resource_id: north.id });
    const elsewhere = await made(other, "elsewhere");
    const circle = { resource_id: north.id, parent_resource_id: apollo.id };
    expect(await run().refused(resources.update, circle)).toMatchObject({ status: 422 });
    const foreign = { resource_id: north.id, parent_resource_id: elsewhere.id };
    expect(await run().refused(resources.update, foreign)).toMatchObject({ status: 404 });
  });

  test("an unknown resource is 404 everywhere, and what does not fit is 422", async () => {
    const organization_id = await organization();
    const { id: resource_id } = await made(organization_id, "apollo");
    const unknown = { organization_id, resource_type_slug: "folder", external_id: "apollo" };
    for (const endpoint of [resources.updateByExternalId, resources.deleteByExternalId]) {
      expect(await run().refused(endpoint, unknown)).toMatchObject({ status: 404 });
    }
    for (const endpoint of [resources.update, resources.delete]) {
      expect(await run().refused(endpoint, { resource_id: "authz_resource_x" })).toMatchObject({ status: 404 });
    }
    expect(await run().refused(resources.update, { resource_id, name: 1 })).toMatchObject({ status: 422 });
    const known = { ...unknown, resource_type_slug: "project" };
    expect(await run().refused(resources.updateByExternalId, { ...known, name: 1 })).toMatchObject({ status: 422 });
  });
}
