/**
 * Roles: `AuthorizationRolesController`, `AuthorizationOrganizationRolesController` and
 * `AuthorizationOrganizationRolePermissionsController` in the vendor's specification.
 */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { role, textUpTo, unpagedListOf } from "../schemas";
import { limits } from "../schemas/limits";

export const roles = {
  /** The roles of the environment, all at once. */
  list: endpoint({
    operation: "AuthorizationRolesController_list",
    method: "GET",
    path: "/authorization/roles",
    success: { 200: unpagedListOf(role) },
    repeat: "safe",
    lane: "read",
  }),
  /** The environment's roles and the organization's own, by priority. */
  listForOrganization: endpoint({
    operation: "AuthorizationOrganizationRolesController_list",
    method: "GET",
    path: "/authorization/organizations/{organization_id}/roles",
    success: { 200: unpagedListOf(role) },
    repeat: "safe",
    lane: "read",
  }),
} as const;

const name = textUpTo(limits.role.name);
const description = textUpTo(limits.role.description).nullish();

export const organizationRoles = {
  /** A role of one organization's own. Its slug starts with `org-`; one is made up where none is given. */
  create: endpoint({
    operation: "AuthorizationOrganizationRolesController_create",
    method: "POST",
    path: "/authorization/organizations/{organization_id}/roles",
    body: z.object({
      slug: textUpTo(limits.role.slug).optional(),
      name,
      description,
      resource_type_slug: textUpTo(limits.role.resourceTypeSlug).optional(),
    }),
    success: { 201: role },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One role by its slug; the environment's are found here too (`type`). */
  get: endpoint({
    operation: "AuthorizationOrganizationRolesController_get",
    method: "GET",
    path: "/authorization/organizations/{organization_id}/roles/{slug}",
    success: { 200: role },
    repeat: "safe",
    lane: "read",
  }),
  /** Changes what is given, and only that. */
  update: endpoint({
    operation: "AuthorizationOrganizationRolesController_update",
    method: "PATCH",
    path: "/authorization/organizations/{organization_id}/roles/{slug}",
    body: z.object({ name: name.optional(), description }),
    success: { 200: role },
    repeat: "safe",
    lane: "write",
  }),
  /** Deletes a role that nobody has. */
  delete: endpoint({
    operation: "AuthorizationOrganizationRolesController_delete",
    method: "DELETE",
    path: "/authorization/organizations/{organization_id}/roles/{slug}",
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
  /** Sets the permissions of a role, all of them. */
  setPermissions: endpoint({
    operation: "AuthorizationOrganizationRolePermissionsController_setPermissions",
    method: "PUT",
    path: "/authorization/organizations/{organization_id}/roles/{slug}/permissions",
    body: z.object({ permissions: z.array(z.string()) }),
    success: { 200: role },
    repeat: "safe",
    lane: "write",
  }),
} as const;
