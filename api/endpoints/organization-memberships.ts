/** Organization memberships: `UserlandUserOrganizationMembershipsController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { commaJoined, listOf, organizationMembership, page } from "../schemas";

const roles = { role_slug: z.string().optional(), role_slugs: z.array(z.string()).optional() };

export const organizationMemberships = {
  /** Of one user or one organization (one is needed); active ones, unless `statuses` says otherwise. */
  list: endpoint({
    operation: "UserlandUserOrganizationMembershipsController_list",
    method: "GET",
    path: "/user_management/organization_memberships",
    /** One of `user_id` and `organization_id` is needed. Without `statuses` only active ones are listed. */
    query: page.extend({
      user_id: z.string().optional(),
      organization_id: z.string().optional(),
      statuses: commaJoined(["active", "inactive", "pending"]).optional(),
    }),
    success: { 200: listOf(organizationMembership) },
    repeat: "safe",
    lane: "read",
  }),
  /** Makes a user a member; an inactive membership is activated. */
  create: endpoint({
    operation: "UserlandUserOrganizationMembershipsController_create",
    method: "POST",
    path: "/user_management/organization_memberships",
    body: z.object({ user_id: z.string(), organization_id: z.string(), ...roles }),
    success: { 201: organizationMembership },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One membership, whatever its status. */
  get: endpoint({
    operation: "UserlandUserOrganizationMembershipsController_get",
    method: "GET",
    path: "/user_management/organization_memberships/{id}",
    success: { 200: organizationMembership },
    repeat: "safe",
    lane: "read",
  }),
  /** Changes its roles. */
  update: endpoint({
    operation: "UserlandUserOrganizationMembershipsController_update",
    method: "PUT",
    path: "/user_management/organization_memberships/{id}",
    body: z.object(roles),
    success: { 200: organizationMembership },
    repeat: "safe",
    lane: "write",
  }),
  /** Ends a membership for good. */
  delete: endpoint({
    operation: "UserlandUserOrganizationMembershipsController_delete",
    method: "DELETE",
    path: "/user_management/organization_memberships/{id}",
    success: { 200: null },
    alsoAccepts: [202, 204],
    repeat: "safe",
    lane: "write",
  }),
  /** Suspends a membership; roles are kept. */
  deactivate: endpoint({
    operation: "UserlandUserOrganizationMembershipsController_deactivate",
    method: "PUT",
    path: "/user_management/organization_memberships/{id}/deactivate",
    success: { 200: organizationMembership },
    repeat: "safe",
    lane: "write",
  }),
  /** Ends a suspension. */
  reactivate: endpoint({
    operation: "UserlandUserOrganizationMembershipsController_reactivate",
    method: "PUT",
    path: "/user_management/organization_memberships/{id}/reactivate",
    success: { 200: organizationMembership },
    repeat: "safe",
    lane: "write",
  }),
} as const;
