/** Roles, as far as resources and look-ups need them: the two lists. */
import { endpoint } from "../endpoint";
import { role, unpagedListOf } from "../schemas";

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
