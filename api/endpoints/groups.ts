/**
 * Groups of an organization: `GroupsController`, `GroupMembershipsController`, `OrganizationMembershipGroupsController`
 * and `AuthorizationGroupRoleAssignmentsController` in the vendor's specification.
 */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { group, groupMember, groupRoleAssignment, listOf, page, textUpTo } from "../schemas";
import { limits } from "../schemas/limits";

const name = textUpTo(limits.group.name);
const description = textUpTo(limits.group.description).nullish();

export const groups = {
  /** Groups of an organization. */
  list: endpoint({
    operation: "GroupsController_list",
    method: "GET",
    path: "/organizations/{organization_id}/groups",
    query: page,
    success: { 200: listOf(group) },
    repeat: "safe",
    lane: "read",
  }),
  /** A group without anybody in it. No source says that its name must be unique. */
  create: endpoint({
    operation: "GroupsController_create",
    method: "POST",
    path: "/organizations/{organization_id}/groups",
    body: z.object({ name, description }),
    success: { 201: group },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One group. */
  get: endpoint({
    operation: "GroupsController_get",
    method: "GET",
    path: "/organizations/{organization_id}/groups/{group_id}",
    success: { 200: group },
    repeat: "safe",
    lane: "read",
  }),
  /** Changes what is given, and only that. */
  update: endpoint({
    operation: "GroupsController_update",
    method: "PATCH",
    path: "/organizations/{organization_id}/groups/{group_id}",
    body: z.object({ name: name.optional(), description }),
    success: { 200: group },
    repeat: "safe",
    lane: "write",
  }),
  /** Deletes a group; whoever is in it stays in the organization. */
  delete: endpoint({
    operation: "GroupsController_delete",
    method: "DELETE",
    path: "/organizations/{organization_id}/groups/{group_id}",
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
} as const;

export const groupMemberships = {
  /** Who is in a group, as memberships without their users and roles. */
  list: endpoint({
    operation: "GroupMembershipsController_listMembers",
    method: "GET",
    path: "/organizations/{organization_id}/groups/{group_id}/organization-memberships",
    query: page,
    success: { 200: listOf(groupMember) },
    repeat: "safe",
    lane: "read",
  }),
  /** Puts a membership into a group, and answers the group. Whoever is in it already stays: no conflict is documented. */
  add: endpoint({
    operation: "GroupMembershipsController_addMember",
    method: "POST",
    path: "/organizations/{organization_id}/groups/{group_id}/organization-memberships",
    body: z.object({ organization_membership_id: z.string() }),
    success: { 200: group },
    repeat: "safe",
    lane: "write",
  }),
  /** Takes a membership out of a group. */
  remove: endpoint({
    operation: "GroupMembershipsController_removeMember",
    method: "DELETE",
    path: "/organizations/{organization_id}/groups/{group_id}/organization-memberships/{organization_membership_id}",
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
} as const;

export const membershipGroups = {
  /** Groups that a membership is in. */
  list: endpoint({
    operation: "OrganizationMembershipGroupsController_listGroups",
    method: "GET",
    path: "/user_management/organization_memberships/{id}/groups",
    query: page,
    success: { 200: listOf(group) },
    repeat: "safe",
    lane: "read",
  }),
} as const;

/** On which resource a role is given: by its id, or by its external id and type; the organization where none is named. */
const assignment = {
  role_slug: z.string(),
  resource_id: z.string().optional(),
  resource_external_id: z.string().optional(),
  resource_type_slug: z.string().optional(),
};

export const groupRoleAssignments = {
  /** Roles that a group gives to whoever is in it. */
  list: endpoint({
    operation: "AuthorizationGroupRoleAssignmentsController_list",
    method: "GET",
    path: "/authorization/groups/{group_id}/role_assignments",
    query: page,
    success: { 200: listOf(groupRoleAssignment) },
    repeat: "safe",
    lane: "read",
  }),
  /** Gives a group a role, which it must not have on that resource already. */
  create: endpoint({
    operation: "AuthorizationGroupRoleAssignmentsController_create",
    method: "POST",
    path: "/authorization/groups/{group_id}/role_assignments",
    body: z.object(assignment),
    success: { 201: groupRoleAssignment },
    repeat: "unsafe",
    lane: "write",
  }),
  /** Sets the roles of a group, all of them. */
  replace: endpoint({
    operation: "AuthorizationGroupRoleAssignmentsController_replaceGroupRoleAssignments",
    method: "PUT",
    path: "/authorization/groups/{group_id}/role_assignments",
    body: z.object({ role_assignments: z.array(z.object(assignment)).max(limits.group.roleAssignments) }),
    success: { 200: listOf(groupRoleAssignment) },
    repeat: "safe",
    lane: "write",
  }),
  /** One role of a group. */
  get: endpoint({
    operation: "AuthorizationGroupRoleAssignmentsController_get",
    method: "GET",
    path: "/authorization/groups/{group_id}/role_assignments/{role_assignment_id}",
    success: { 200: groupRoleAssignment },
    repeat: "safe",
    lane: "read",
  }),
  /** Takes a role from a group. */
  delete: endpoint({
    operation: "AuthorizationGroupRoleAssignmentsController_removeGroupRoleAssignment",
    method: "DELETE",
    path: "/authorization/groups/{group_id}/role_assignments/{role_assignment_id}",
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
} as const;
