/**
 * Operations of the vendor's document that this server does not have. They are answered so in words, with status 501: a
 * 404 would look like an object that is missing.
 */
import { type AnyEndpoint, endpoint, type HttpMethod } from "../../api/endpoint";
import { ApiError } from "../errors";

type Row = readonly [operation: string, method: HttpMethod, path: string];

const rows: readonly Row[] = [
  ["AgentAdminController_linkClaimAttemptToExternalUser", "PATCH", "/agents/claims/attempts"],
  ["AgentAdminController_validateCredential", "POST", "/agents/credentials/validate"],
  ["AgentAdminController_getRegistration", "GET", "/agents/registrations/{id}"],
  ["AuditLogEventsController_create", "POST", "/audit_logs/events"],
  ["AuditLogExportsController_exports", "POST", "/audit_logs/exports"],
  ["AuditLogExportsController_export", "GET", "/audit_logs/exports/{audit_log_export_id}"],
  ["ExternalAuthController_completeLogin", "POST", "/authkit/oauth2/complete"],
  [
    "AuthorizationGroupRoleAssignmentsController_removeGroupRoleAssignments",
    "DELETE",
    "/authorization/groups/{group_id}/role_assignments",
  ],
  [
    "AuthorizationController_check",
    "POST",
    "/authorization/organization_memberships/{organization_membership_id}/check",
  ],
  [
    "AuthorizationController_listResourcesForMembership",
    "GET",
    "/authorization/organization_memberships/{organization_membership_id}/resources",
  ],
  [
    "AuthorizationController_listEffectivePermissions",
    "GET",
    "/authorization/organization_memberships/{organization_membership_id}/resources/{resource_id}/permissions",
  ],
  [
    "AuthorizationController_listEffectivePermissionsByExternalId",
    "GET",
    "/authorization/organization_memberships/{organization_membership_id}/resources/{resource_type_slug}/{external_id}/permissions",
  ],
  [
    "AuthorizationResourcesByExternalIdController_listOrganizationMembershipsForResourceByExternalId",
    "GET",
    "/authorization/organizations/{organization_id}/resources/{resource_type_slug}/{external_id}/organization_memberships",
  ],
  [
    "AuthorizationRoleAssignmentsController_listRoleAssignmentsForResourceByExternalId",
    "GET",
    "/authorization/organizations/{organization_id}/resources/{resource_type_slug}/{external_id}/role_assignments",
  ],
  [
    "AuthorizationResourcesController_listOrganizationMembershipsForResource",
    "GET",
    "/authorization/resources/{resource_id}/organization_memberships",
  ],
  ["ClientApiTokenController_issueClientApiToken", "POST", "/client/token"],
  ["DataIntegrationsController_upsertApiKey", "PUT", "/data-integrations/{slug}/api-key"],
  ["DataIntegrationsController_getDataIntegrationAuthorizeUrl", "POST", "/data-integrations/{slug}/authorize"],
  ["DataIntegrationsController_upsertClientCredentials", "PUT", "/data-integrations/{slug}/client-credentials"],
  ["DataIntegrationsController_vendCredentials", "POST", "/data-integrations/{slug}/credentials"],
  ["DataIntegrationsController_getUserlandUserToken", "POST", "/data-integrations/{slug}/token"],
  ["OrganizationsController_getAuditLogConfiguration", "GET", "/organizations/{id}/audit_log_configuration"],
  ["RadarStandaloneController_assess", "POST", "/radar/attempts"],
  ["RadarStandaloneController_updateRadarAttempt", "PUT", "/radar/attempts/{id}"],
  ["SsoController_authorize", "GET", "/sso/authorize"],
  ["SsoController_logout", "GET", "/sso/logout"],
  ["SsoController_logoutAuthorize", "POST", "/sso/logout/authorize"],
  ["SsoController_getProfile", "GET", "/sso/profile"],
  ["SsoController_token", "POST", "/sso/token"],
  ["PublicRadarChallengesController_sendRadarSmsChallenge", "POST", "/user_management/radar_challenges"],
  ["PublicRadarChallengesController_get", "GET", "/user_management/radar_challenges/{id}"],
  [
    "DataIntegrationsUserManagementController_deleteUserDataInstallation",
    "DELETE",
    "/user_management/users/{user_id}/connected_accounts/{slug}",
  ],
  [
    "DataIntegrationsUserManagementController_getUserDataInstallation",
    "GET",
    "/user_management/users/{user_id}/connected_accounts/{slug}",
  ],
  [
    "DataIntegrationsUserManagementController_createUserDataInstallation",
    "POST",
    "/user_management/users/{user_id}/connected_accounts/{slug}",
  ],
  [
    "DataIntegrationsUserManagementController_updateUserDataInstallation",
    "PUT",
    "/user_management/users/{user_id}/connected_accounts/{slug}",
  ],
  [
    "DataIntegrationsUserManagementController_getUserDataIntegrations",
    "GET",
    "/user_management/users/{user_id}/data_providers",
  ],
  ["JumpWireWeb.KeyController.create_data_key", "POST", "/vault/v1/keys/data-key"],
  ["JumpWireWeb.KeyController.decrypt", "POST", "/vault/v1/keys/decrypt"],
  ["JumpWireWeb.KeyController.rekey", "POST", "/vault/v1/keys/rekey"],
  ["JumpWireWeb.DataVaultController.versions", "GET", "/vault/v1/kv/{id}/versions"],
  ["WidgetsPublicController_issueWidgetSessionToken", "POST", "/widgets/token"],
];

/** Without a key too: what is not there needs none. */
export const notServed: readonly AnyEndpoint[] = rows.map(([operation, method, path]) =>
  endpoint({ operation, method, path, success: { 200: null }, repeat: "safe", lane: "read", public: true }),
);

export function refuseNotServed({ method, path }: AnyEndpoint): never {
  const message = `${method} ${path}: this operation is not part of the local AuthKit.`;
  throw new ApiError(501, { code: "not_implemented", message });
}
