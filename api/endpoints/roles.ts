/**
 * Roles: `AuthorizationRolesController`, `AuthorizationRolePermissionsController`,
 * `AuthorizationOrganizationRolesController` and `AuthorizationOrganizationRolePermissionsController` in the vendor's
 * specification.
 */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { role, textUpTo, unpagedListOf } from "../schemas";
import { limits } from "../schemas/limits";

const slug = textUpTo(limits.role.slug);
const name = textUpTo(limits.role.name);
const description = textUpTo(limits.role.description).nullish();
const resource_type_slug = textUpTo(limits.role.resourceTypeSlug).optional();
const changes = z.object({ name: name.optional(), description });
const permissionSet = z.object({ permissions: z.array(z.string()) });
/** The permission's slug; in these paths the role's has another name. */
const addition = z.object({ slug: z.string() });

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
  /** A role of the environment, for all of its organizations. No operation deletes one. */
  create: endpoint({
    operation: "AuthorizationRolesController_create",
    method: "POST",
    path: "/authorization/roles",
    body: z.object({ slug, name, description, resource_type_slug }),
    success: { 201: role },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One role of the environment, by its slug. */
  get: endpoint({
    operation: "AuthorizationRolesController_get",
    method: "GET",
    path: "/authorization/roles/{slug}",
    success: { 200: role },
    repeat: "safe",
    lane: "read",
  }),
  /** Changes what is given, and only that. */
  update: endpoint({
    operation: "AuthorizationRolesController_update",
    method: "PATCH",
    path: "/authorization/roles/{slug}",
    body: changes,
    success: { 200: role },
    repeat: "safe",
    lane: "write",
  }),
  /** Sets the permissions of a role, all of them. */
  setPermissions: endpoint({
    operation: "AuthorizationRolePermissionsController_setPermissions",
    method: "PUT",
    path: "/authorization/roles/{slug}/permissions",
    body: permissionSet,
    success: { 200: role },
    repeat: "safe",
    lane: "write",
  }),
  /** Gives a role one more permission; nothing changes where it has that. */
  addPermission: endpoint({
    operation: "AuthorizationRolePermissionsController_addPermission",
    method: "POST",
    path: "/authorization/roles/{role_slug}/permissions",
    body: addition,
    success: { 200: role },
    repeat: "safe",
    lane: "write",
  }),
} as const;

export const organizationRoles = {
  /** A role of one organization's own. Its slug starts with `org-`; one is made up where none is given. */
  create: endpoint({
    operation: "AuthorizationOrganizationRolesController_create",
    method: "POST",
    path: "/authorization/organizations/{organization_id}/roles",
    body: z.object({ slug: slug.optional(), name, description, resource_type_slug }),
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
    body: changes,
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
    body: permissionSet,
    success: { 200: role },
    repeat: "safe",
    lane: "write",
  }),
  /** Gives a role one more permission; nothing changes where it has that. */
  addPermission: endpoint({
    operation: "AuthorizationOrganizationRolePermissionsController_addPermission",
    method: "POST",
    path: "/authorization/organizations/{organization_id}/roles/{role_slug}/permissions",
    body: addition,
    success: { 200: role },
    repeat: "safe",
    lane: "write",
  }),
  /** Takes one permission from a role. */
  removePermission: endpoint({
    operation: "AuthorizationOrganizationRolePermissionsController_removePermission",
    method: "DELETE",
    path: "/authorization/organizations/{organization_id}/roles/{slug}/permissions/{permission_slug}",
    success: { 200: role },
    repeat: "safe",
    lane: "write",
  }),
} as const;
