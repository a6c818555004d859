/**
 * Roles that members have on resources: `AuthorizationRoleAssignmentsController` in the vendor's specification. There is
 * no operation that gets one: list those of the membership and match.
 */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { listOf, page, roleAssignment } from "../schemas";

/** The resource by its id, or by its external id and its type in the member's organization. */
const criteria = z.object({
  role_slug: z.string(),
  resource_id: z.string().optional(),
  resource_external_id: z.string().optional(),
  resource_type_slug: z.string().optional(),
});

export const roleAssignments = {
  /** Roles of a member, those that came by a group among them (`source`), on one resource where that is given. */
  list: endpoint({
    operation: "AuthorizationRoleAssignmentsController_listRoleAssignments",
    method: "GET",
    path: "/authorization/organization_memberships/{organization_membership_id}/role_assignments",
    query: page.extend({
      resource_id: z.string().optional(),
      resource_external_id: z.string().optional(),
      resource_type_slug: z.string().optional(),
    }),
    success: { 200: listOf(roleAssignment) },
    repeat: "safe",
    lane: "read",
  }),
  /** Who has which role on a resource. */
  listForResource: endpoint({
    operation: "AuthorizationRoleAssignmentsController_listRoleAssignmentsForResource",
    method: "GET",
    path: "/authorization/resources/{resource_id}/role_assignments",
    query: page.extend({ role_slug: z.string().optional() }),
    success: { 200: listOf(roleAssignment) },
    repeat: "safe",
    lane: "read",
  }),
  /** Gives a member a role on a resource. */
  assign: endpoint({
    operation: "AuthorizationRoleAssignmentsController_assignRole",
    method: "POST",
    path: "/authorization/organization_memberships/{organization_membership_id}/role_assignments",
    body: criteria,
    success: { 201: roleAssignment },
    repeat: "unsafe",
    lane: "write",
  }),
  /** Takes a role on a resource from a member. */
  remove: endpoint({
    operation: "AuthorizationRoleAssignmentsController_removeRoleByCriteria",
    method: "DELETE",
    path: "/authorization/organization_memberships/{organization_membership_id}/role_assignments",
    body: criteria,
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
  /** The same, by the assignment's id. */
  removeById: endpoint({
    operation: "AuthorizationRoleAssignmentsController_removeRoleById",
    method: "DELETE",
    path: "/authorization/organization_memberships/{organization_membership_id}/role_assignments/{role_assignment_id}",
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
} as const;
