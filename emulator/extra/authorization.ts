/** Who may do what: `AuthorizationController` and its like in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../../api/endpoint";
import {
  authorizationResource,
  groupMember,
  listOf,
  page as pageQuery,
  permission,
  roleAssignment,
  user,
} from "../../api/schemas";
import { type Context } from "../context";
import { invalidParameters, notFound } from "../errors";
import { existingGroup, resourceNamed } from "../handlers/groups";
import { presentMembership, presentPermission, presentResource } from "../handlers/present";
import { assignmentsOn, member } from "../handlers/role-assignments";
import { page, type PageQuery } from "../pages";
import { type StoredMembership } from "../store/entities";
import { pairKey } from "../store/store";
import { accessOf, type Place, placeById, placeOfOrganization } from "./access";
import { maybe, serve, text } from "./operation";

const membershipPath = "/authorization/organization_memberships/{organization_membership_id}";
const byExternalId = "/authorization/organizations/{organization_id}/resources/{resource_type_slug}/{external_id}";
const read = { method: "GET", repeat: "safe", lane: "read" } as const;
const who = pageQuery.extend({
  permission_slug: text,
  /** Through a role on the resource itself, which is the default; or through one above it too. */
  assignment: z.enum(["direct", "indirect"]).optional(),
});
const people = listOf(groupMember.extend({ user }));

export const authorization = {
  check: serve(
    endpoint({
      operation: "AuthorizationController_check",
      method: "POST",
      path: `${membershipPath}/check`,
      body: z.object({
        permission_slug: text,
        resource_id: maybe,
        resource_external_id: maybe,
        resource_type_slug: maybe,
      }),
      success: { 200: z.object({ authorized: z.boolean() }) },
      repeat: "safe",
      lane: "read",
    }),
    ({ organization_membership_id: id, permission_slug: slug, ...resource }, context) => {
      const membership = member(id, context);
      const { organization_id: organizationId } = membership;
      if (Object.values(resource).every((value) => value === undefined)) throw nothingNamed("resource_id");
      const { resource_id } = resourceNamed(resource, organizationId, context);
      return { authorized: accessOf(organizationId, context).may(membership, slug, placeById(resource_id, context)) };
    },
  ),

  listResources: serve(
    endpoint({
      ...read,
      operation: "AuthorizationController_listResourcesForMembership",
      path: `${membershipPath}/resources`,
      query: pageQuery.extend({
        permission_slug: text,
        parent_resource_id: maybe,
        parent_resource_type_slug: maybe,
        parent_resource_external_id: maybe,
      }),
      success: { 200: listOf(authorizationResource) },
    }),
    ({ organization_membership_id: id, permission_slug: slug, ...query }, context) => {
      const { store } = context;
      const membership = member(id, context);
      const { organization_id: organizationId } = membership;
      const given = {
        resource_id: query.parent_resource_id,
        resource_external_id: query.parent_resource_external_id,
        resource_type_slug: query.parent_resource_type_slug,
      };
      if (Object.values(given).every((value) => value === undefined)) throw nothingNamed("parent_resource_id");
      const parent = placeById(resourceNamed(given, organizationId, context).resource_id, context);
      const atTop = parent.id === placeOfOrganization(organizationId).id;
      const ids = atTop
        ? store.resources.idsBy("organization", organizationId)
        : store.resources.idsBy("parent", parent.id);
      const { may } = accessOf(organizationId, context);
      const found = page(ids, "authz_resource", query, (one) => {
        const resource = store.resources.get(one);
        if (resource === undefined || (atTop && resource.parent_resource_id !== null)) return undefined;
        return may(membership, slug, placeById(one, context)) ? resource : undefined;
      });
      return { ...found, data: found.data.map(presentResource) };
    },
  ),

  permissions: serve(
    endpoint({
      ...read,
      operation: "AuthorizationController_listEffectivePermissions",
      path: `${membershipPath}/resources/{resource_id}/permissions`,
      query: pageQuery,
      success: { 200: listOf(permission) },
    }),
    ({ organization_membership_id: id, resource_id, ...query }, context) =>
      permissionsOn(member(id, context), { resource_id }, query, context),
  ),

  permissionsByExternalId: serve(
    endpoint({
      ...read,
      operation: "AuthorizationController_listEffectivePermissionsByExternalId",
      path: `${membershipPath}/resources/{resource_type_slug}/{external_id}/permissions`,
      query: pageQuery,
      success: { 200: listOf(permission) },
    }),
    ({ organization_membership_id: id, resource_type_slug, external_id, ...query }, context) =>
      permissionsOn(member(id, context), { resource_type_slug, resource_external_id: external_id }, query, context),
  ),

  members: serve(
    endpoint({
      ...read,
      operation: "AuthorizationResourcesController_listOrganizationMembershipsForResource",
      path: "/authorization/resources/{resource_id}/organization_memberships",
      query: who,
      success: { 200: people },
    }),
    ({ resource_id: id, ...query }, context) => membersWith(placeById(id, context), query, context),
  ),

  membersByExternalId: serve(
    endpoint({
      ...read,
      operation: "AuthorizationResourcesByExternalIdController_listOrganizationMembershipsForResourceByExternalId",
      path: `${byExternalId}/organization_memberships`,
      query: who,
      success: { 200: people },
    }),
    (query, context) => membersWith(placeByExternalId(query, context), query, context),
  ),

  assignmentsByExternalId: serve(
    endpoint({
      ...read,
      operation: "AuthorizationRoleAssignmentsController_listRoleAssignmentsForResourceByExternalId",
      path: `${byExternalId}/role_assignments`,
      query: pageQuery.extend({ role_slug: maybe }),
      success: { 200: listOf(roleAssignment) },
    }),
    (query, context) => assignmentsOn(placeByExternalId(query, context).id, query, context),
  ),

  removeGroupRoles: serve(
    endpoint({
      operation: "AuthorizationGroupRoleAssignmentsController_removeGroupRoleAssignments",
      method: "DELETE",
      path: "/authorization/groups/{group_id}/role_assignments",
      body: z.object({
        role_slug: text,
        resource_id: maybe,
        resource_external_id: maybe,
        resource_type_slug: maybe,
      }),
      success: { 204: null },
      repeat: "safe",
      lane: "write",
    }),
    ({ group_id, role_slug, ...resource }, context) => {
      const { store } = context;
      const { organization_id: organizationId } = existingGroup(group_id, context);
      const anywhere = Object.values(resource).every((value) => value === undefined);
      const place = anywhere ? undefined : resourceNamed(resource, organizationId, context).resource_id;
      const found = store.groupRoles
        .by("group", group_id)
        .filter((one) => one.role_slug === role_slug && (place === undefined || one.resource_id === place));
      if (found.length === 0) throw notFound("Role assignment", role_slug);
      store.write(() => {
        for (const { id } of found) store.groupRoles.delete(id);
      });
      return null;
    },
  ),
} as const;

const nothingNamed = (field: string) =>
  invalidParameters([{ field, code: "required", message: `${field}: name a resource.` }]);

function placeByExternalId(
  given: { readonly organization_id: string; readonly resource_type_slug: string; readonly external_id: string },
  context: Context,
): Place {
  const { organization_id: id, resource_type_slug, external_id } = given;
  if (context.store.organizations.get(id) === undefined) throw notFound("Organization", id);
  const named = { resource_type_slug, resource_external_id: external_id };
  return placeById(resourceNamed(named, id, context).resource_id, context);
}

function permissionsOn(
  membership: StoredMembership,
  resource: Parameters<typeof resourceNamed>[0],
  query: PageQuery,
  context: Context,
) {
  const { store } = context;
  const { organization_id: organizationId } = membership;
  const { resource_id } = resourceNamed(resource, organizationId, context);
  const slugs = accessOf(organizationId, context).permissions(membership, placeById(resource_id, context));
  const found = page(store.permissions.ids(), "perm", query, (id) => {
    const one = store.permissions.get(id);
    return one !== undefined && slugs.has(one.slug) ? one : undefined;
  });
  return { ...found, data: found.data.map(presentPermission) };
}

function membersWith(place: Place, query: z.output<typeof who>, context: Context) {
  const { store } = context;
  const { permission_slug: slug, assignment = "direct" } = query;
  const access = accessOf(place.organizationId, context);
  const has = assignment === "direct" ? access.mayDirectly : access.may;
  const active = store.memberships.idsBy("organization_status", pairKey(place.organizationId, "active"));
  const found = page(active, "om", query, (id) => {
    const membership = store.memberships.get(id);
    return membership !== undefined && has(membership, slug, place) ? membership : undefined;
  });
  return { ...found, data: found.data.map((one) => presentPerson(one, context)) };
}

/** With the user and without roles, as the specification has it. */
function presentPerson(membership: StoredMembership, context: Context): z.output<typeof people>["data"][number] {
  const { role: _role, roles: _roles, user: person, ...rest } = presentMembership(membership, context);
  if (person === undefined) throw new Error(`the membership ${membership.id} has no user`);
  return { ...rest, user: person };
}
