/** Roles, as far as resources and look-ups need them: the two lists. */
import { endpoint } from "../endpoint";
import { role, unpagedListOf } from "../schemas";

export const listEnvironmentRoles = endpoint({
  operation: "AuthorizationRolesController_list",
  method: "GET",
  path: "/authorization/roles",
  success: { 200: unpagedListOf(role) },
  repeat: "safe",
  lane: "read",
});

/** Environment roles and the organization's own, in order of priority. */
export const listOrganizationRoles = endpoint({
  operation: "AuthorizationOrganizationRolesController_list",
  method: "GET",
  path: "/authorization/organizations/{organization_id}/roles",
  success: { 200: unpagedListOf(role) },
  repeat: "safe",
  lane: "read",
});
