/** Every resource there is. A new one is added here, and is checked, documented and tested from then on. */
import { auditLogRetention } from "./audit-log-retention";
import { auditLogSchema } from "./audit-log-schema";
import { authorizationResource } from "./authorization-resource";
import { connectApplication } from "./connect-application";
import { connectApplicationSecret } from "./connect-application-secret";
import { corsOrigin } from "./cors-origin";
import { dataIntegration } from "./data-integration";
import { environmentRole } from "./environment-role";
import { featureFlagState } from "./feature-flag-state";
import { featureFlagTarget } from "./feature-flag-target";
import { group } from "./group";
import { groupMembers } from "./group-members";
import { groupMembership } from "./group-membership";
import { groupRoleAssignments } from "./group-role-assignments";
import { invitation } from "./invitation";
import { jwtTemplate } from "./jwt-template";
import { organization } from "./organization";
import { organizationApiKey } from "./organization-api-key";
import { organizationDataIntegration } from "./organization-data-integration";
import { organizationDomain } from "./organization-domain";
import { organizationMembership } from "./organization-membership";
import { organizationRole } from "./organization-role";
import { permission } from "./permission";
import { radarListEntry } from "./radar-list-entry";
import { redirectUri } from "./redirect-uri";
import { roleAssignment } from "./role-assignment";
import { user } from "./user";
import { userApiKey } from "./user-api-key";
import { vaultObject } from "./vault-object";
import { webhookEndpoint } from "./webhook-endpoint";

export const resources = {
  Organization: organization,
  OrganizationDomain: organizationDomain,
  User: user,
  OrganizationMembership: organizationMembership,
  Invitation: invitation,
  Group: group,
  GroupMembership: groupMembership,
  GroupMembers: groupMembers,
  GroupRoleAssignments: groupRoleAssignments,
  Permission: permission,
  EnvironmentRole: environmentRole,
  OrganizationRole: organizationRole,
  AuthorizationResource: authorizationResource,
  RoleAssignment: roleAssignment,
  OrganizationApiKey: organizationApiKey,
  UserApiKey: userApiKey,
  ConnectApplication: connectApplication,
  ConnectApplicationSecret: connectApplicationSecret,
  RedirectUri: redirectUri,
  CorsOrigin: corsOrigin,
  WebhookEndpoint: webhookEndpoint,
  JwtTemplate: jwtTemplate,
  FeatureFlagState: featureFlagState,
  FeatureFlagTarget: featureFlagTarget,
  AuditLogSchema: auditLogSchema,
  AuditLogRetention: auditLogRetention,
  VaultObject: vaultObject,
  RadarListEntry: radarListEntry,
  DataIntegration: dataIntegration,
  OrganizationDataIntegration: organizationDataIntegration,
} as const;

export type Kind = keyof typeof resources;
export const kinds = Object.keys(resources) as Kind[];
