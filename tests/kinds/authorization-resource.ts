import fc from "fast-check";
import { endpoints } from "../../api/endpoints";
import { organizationNamed } from "../lifecycle/support/people";
import { type World } from "../support/world";
import { bodyOf } from "./body-of";
import { name, word } from "./generators";
import { type Row, type Subject } from "./row";

const anotherOrganization = async ({ api }: World) => (await api.organizations.create({ name: "Other" })).id;

/** Something for a resource to be below, in the organization that was made first. */
const place = (external_id: string, resource_type_slug = "workspace") =>
  async function ({ api, control }: World): Promise<string> {
    const [organization] = control.state().organizations;
    const where = { organization_id: organization?.id ?? "", resource_type_slug, external_id };
    return (await api.authorizationResources.create({ ...where, name: external_id })).id;
  };
const change = (fields: { name?: string; description?: string }) => (subject: Subject) =>
  subject.world.api.authorizationResources.update({ resource_id: subject.id, ...fields });

const path = "/authorization/resources/{id}";
const patch = (body: object) => [{ method: "PATCH", path, body }];
const belowNorth = {
  parentResourceId: undefined,
  parentResourceExternalId: "north",
  parentResourceTypeSlug: "workspace",
};

export const authorizationResource: Row = {
  inputs: async (world) => {
    const organizationId = (await world.api.organizations.create({ name: "Acme" })).id;
    return {
      organizationId,
      resourceTypeSlug: "project",
      externalId: "apollo",
      name: "Apollo",
      description: "To the moon",
      parentResourceId: await place("north")(world),
    };
  },
  fields: {
    organizationId: { to: anotherOrganization, replaces: "create first" },
    resourceTypeSlug: { to: "folder", replaces: "create first" },
    externalId: { to: "apollo-2", replaces: "create first" },
    name: {
      to: "Apollo 11",
      sends: patch({ name: "Apollo 11" }),
      drift: { behind: change({ name: "Else" }), reported: { name: "Else" } },
    },
    description: {
      to: "To the moon and back",
      sends: patch({ description: "To the moon and back" }),
      removal: patch({ description: null }),
      drift: { behind: change({ description: "Else" }), reported: { description: "Else" } },
    },
    parentResourceId: {
      to: place("south"),
      sends: ({ to }) => patch({ parent_resource_id: to }),
      removal: [],
      drift: {
        behind: async ({ world, id }) =>
          world.api.authorizationResources.update({
            resource_id: id,
            parent_resource_id: await place("south")(world),
          }),
        reported: ({ world }) => ({
          parentResourceId: world.control.state().authorizationResources.find((one) => one.external_id === "south")?.id,
        }),
      },
    },
    parentResourceExternalId: {
      given: belowNorth,
      to: async (world) => {
        await place("south")(world);
        return "south";
      },
      sends: patch({ parent_resource_external_id: "south", parent_resource_type_slug: "workspace" }),
      removal: [],
      together: ["parentResourceTypeSlug"],
    },
    parentResourceTypeSlug: {
      given: belowNorth,
      to: async (world) => {
        await place("north", "area")(world);
        return "area";
      },
      sends: patch({ parent_resource_external_id: "north", parent_resource_type_slug: "area" }),
      removal: [],
      together: ["parentResourceExternalId"],
    },
    cascadeDelete: { given: { cascadeDelete: true }, to: false, sends: [], removal: [] },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: async (subject) => {
    await change({ name: "Else" })(subject);
    await change({ name: "Apollo" })(subject);
  },
  end: ({ world, id }) => world.api.authorizationResources.delete({ resource_id: id }),
  deletes: [{ method: "DELETE", path }],
  count: (world) =>
    world.control.state().authorizationResources.filter((one) => one.resource_type_slug === "project").length,
  accepted: { organizationId: "org_1", resourceTypeSlug: "project", externalId: "apollo", name: "Apollo" },
  random: (ids) => ({
    organizationId: fc.constantFrom(...ids.organizations),
    resourceTypeSlug: fc.constantFrom("project", "folder"),
    externalId: word,
    name,
    description: name,
  }),
  bodies: {
    create: bodyOf(endpoints.authorizationResources.create),
    updates: [bodyOf(endpoints.authorizationResources.update)],
  },
  present: async (world) => {
    const organizationId = await organizationNamed(world, "Acme");
    const resource = { organization_id: organizationId, resource_type_slug: "project", external_id: "apollo" };
    const { id } = await world.api.authorizationResources.create({ ...resource, name: "Apollo" });
    return { id, inputs: { organizationId, resourceTypeSlug: "project", externalId: "apollo", name: "Apollo" } };
  },
  everything: [
    {
      organizationId: "Organization0.id",
      resourceTypeSlug: "workspace",
      externalId: "north",
      name: "North",
      description: "All of the north",
      cascadeDelete: true,
      adopt: "if-exists",
      onDestroy: "delete",
    },
    {
      organizationId: "Organization0.id",
      resourceTypeSlug: "project",
      externalId: "apollo",
      name: "Apollo",
      parentResourceId: "AuthorizationResource0.id",
    },
    {
      organizationId: "Organization0.id",
      resourceTypeSlug: "project",
      externalId: "gemini",
      name: "Gemini",
      parentResourceExternalId: "AuthorizationResource0.externalId",
      parentResourceTypeSlug: "AuthorizationResource0.resourceTypeSlug",
    },
  ],
};
