import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { organizationNamed, userNamed } from "../lifecycle/support/people";
import { type World } from "../support/world";
import { bodyOf } from "./body-of";
import { extraResourceRole } from "./generators";
import { type Row, type Subject } from "./row";

const organizationOf = ({ control }: World) => control.state().organizations[0]?.id ?? "";
const memberOf = async (world: World, name: string, organization_id = organizationOf(world)) =>
  (await world.api.organizationMemberships.create({ user_id: await userNamed(world, name), organization_id })).id;
const resourceOf = async (world: World, external_id: string, resource_type_slug = "project") => {
  const where = { organization_id: organizationOf(world), resource_type_slug, external_id };
  return (await world.api.authorizationResources.create({ ...where, name: external_id })).id;
};
const assignment = ({ id, inputs }: Pick<Subject, "id" | "inputs">) => ({
  ...{ organization_membership_id: String(inputs.organizationMembershipId), role_assignment_id: id },
});

const byExternalId = { resourceId: undefined, resourceExternalId: "apollo", resourceTypeSlug: "project" };

async function inputs(
  world: World,
): Promise<{ organizationMembershipId: string; roleSlug: string; resourceId: string }> {
  world.control.addRole({ slug: extraResourceRole, resourceType: "project" });
  await organizationNamed(world, "Acme");
  return {
    organizationMembershipId: await memberOf(world, "ann"),
    roleSlug: extraResourceRole,
    resourceId: await resourceOf(world, "apollo"),
  };
}

export const roleAssignment: Row = {
  inputs,
  needs: ["resourceId"],
  fields: {
    organizationMembershipId: { to: (world) => memberOf(world, "ben"), replaces: "create first" },
    roleSlug: { to: "project-viewer", replaces: "create first" },
    resourceId: { to: (world) => resourceOf(world, "gemini"), replaces: "delete first" },
    resourceExternalId: { given: byExternalId, to: "gemini", replaces: "delete first" },
    resourceTypeSlug: { given: byExternalId, to: "folder", replaces: "delete first" },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  // Nothing about it changes by itself: to give the role again is no change.
  touch: ({ world, inputs: { organizationMembershipId, roleSlug, resourceId } }) =>
    world.api.roleAssignments.assign({
      organization_membership_id: String(organizationMembershipId),
      role_slug: String(roleSlug),
      resource_id: String(resourceId),
    }),
  end: async ({ world, id }) => {
    const [one] = world.control.state().roleAssignments.filter((there) => there.id === id);
    const inputsOfIt = { organizationMembershipId: one?.organization_membership_id };
    await world.api.roleAssignments.removeById(assignment({ id, inputs: inputsOfIt }));
  },
  deletes: [
    {
      method: "DELETE",
      path: "/authorization/organization_memberships/{organizationMembershipId}/role_assignments/{id}",
    },
  ],
  count: (world) => world.control.state().roleAssignments.length,
  accepted: { organizationMembershipId: "om_1", roleSlug: "project-editor", resourceId: "authz_resource_1" },
  random: (ids) => ({
    organizationMembershipId: fc.constantFrom(...ids.memberships),
    roleSlug: fc.constant(extraResourceRole),
    resourceId: fc.constantFrom(...ids.resources),
  }),
  bodies: {
    create: bodyOf(endpoints.roleAssignments.assign).extend({ organization_membership_id: z.string() }),
    updates: [],
  },
  present: async (world) => {
    const given = await inputs(world);
    const { id } = await world.api.roleAssignments.assign({
      organization_membership_id: given.organizationMembershipId,
      role_slug: given.roleSlug,
      resource_id: given.resourceId,
    });
    return { id, inputs: given };
  },
  everything: [
    {
      organizationMembershipId: "OrganizationMembership0.id",
      roleSlug: "OrganizationRole1.slug",
      resourceId: "AuthorizationResource1.id",
      adopt: "if-exists",
      onDestroy: "delete",
    },
    {
      organizationMembershipId: "OrganizationMembership0.id",
      roleSlug: "OrganizationRole1.slug",
      resourceExternalId: "AuthorizationResource2.externalId",
      resourceTypeSlug: "AuthorizationResource2.resourceTypeSlug",
    },
  ],
};
