/**
 * Feature flags and for whom they are on: `FeatureFlagsController`, `FlagTargetsController`,
 * `OrganizationFeatureFlagsController` and `UserlandUserFeatureFlagsController` in the vendor's specification. Flags
 * themselves are made in the vendor's dashboard.
 */
import { endpoint } from "../endpoint";
import { featureFlag, listOf, page } from "../schemas";

export const featureFlags = {
  /** Every flag of the environment. */
  list: endpoint({
    operation: "FeatureFlagsController_list",
    method: "GET",
    path: "/feature-flags",
    query: page,
    success: { 200: listOf(featureFlag) },
    repeat: "safe",
    lane: "read",
  }),
  /** One flag by its slug. */
  get: endpoint({
    operation: "FeatureFlagsController_findBySlug",
    method: "GET",
    path: "/feature-flags/{slug}",
    success: { 200: featureFlag },
    repeat: "safe",
    lane: "read",
  }),
  /** Switches a flag on in the environment: it answers by its targets and its default from then on. */
  enable: endpoint({
    operation: "FeatureFlagsController_enableFlag",
    method: "PUT",
    path: "/feature-flags/{slug}/enable",
    success: { 200: featureFlag },
    repeat: "safe",
    lane: "write",
  }),
  /** Switches a flag off in the environment, for everybody. */
  disable: endpoint({
    operation: "FeatureFlagsController_disableFlag",
    method: "PUT",
    path: "/feature-flags/{slug}/disable",
    success: { 200: featureFlag },
    repeat: "safe",
    lane: "write",
  }),
  /** Switches a flag on for a user or an organization (`user_…`, `org_…`); once more changes nothing. */
  addTarget: endpoint({
    operation: "FlagTargetsController_createTarget",
    method: "POST",
    path: "/feature-flags/{slug}/targets/{resource_id}",
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
  /** Takes a user or an organization off a flag's targets. */
  removeTarget: endpoint({
    operation: "FlagTargetsController_deleteTarget",
    method: "DELETE",
    path: "/feature-flags/{slug}/targets/{resource_id}",
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
  /** Flags that are on for a user, by targets, by organizations and by default. */
  listForUser: endpoint({
    operation: "UserlandUserFeatureFlagsController_list",
    method: "GET",
    path: "/user_management/users/{user_id}/feature-flags",
    query: page,
    success: { 200: listOf(featureFlag) },
    repeat: "safe",
    lane: "read",
  }),
  /** Flags that are on for an organization, by targets and by default. */
  listForOrganization: endpoint({
    operation: "OrganizationFeatureFlagsController_list",
    method: "GET",
    path: "/organizations/{organization_id}/feature-flags",
    query: page,
    success: { 200: listOf(featureFlag) },
    repeat: "safe",
    lane: "read",
  }),
} as const;
