import { type Kind } from "../../provider/resources";
import { group } from "./group";
import { corsOrigin } from "./cors-origin";
import { groupMembers } from "./group-members";
import { groupMembership } from "./group-membership";
import { auditLogRetention } from "./audit-log-retention";
import { auditLogSchema } from "./audit-log-schema";
import { authorizationResource } from "./authorization-resource";
import { environmentRole } from "./environment-role";
import { connectApplication } from "./connect-application";
import { connectApplicationSecret } from "./connect-application-secret";
import { groupRoleAssignments } from "./group-role-assignments";
import { featureFlagState } from "./feature-flag-state";
import { featureFlagTarget } from "./feature-flag-target";
import { dataIntegration } from "./data-integration";
import { invitation } from "./invitation";
import { jwtTemplate } from "./jwt-template";
import { organization } from "./organization";
import { organizationApiKey } from "./organization-api-key";
import { organizationDomain } from "./organization-domain";
import { organizationDataIntegration } from "./organization-data-integration";
import { organizationMembership } from "./organization-membership";
import { organizationRole } from "./organization-role";
import { redirectUri } from "./redirect-uri";
import { radarListEntry } from "./radar-list-entry";
import { roleAssignment } from "./role-assignment";
import { permission } from "./permission";
import { type Row } from "./row";
import { user } from "./user";
import { webhookEndpoint } from "./webhook-endpoint";
import { userApiKey } from "./user-api-key";
import { vaultObject } from "./vault-object";

/** The table: a row for every kind of resource there is. */
export const rows: Readonly<Record<Kind, Row>> = {
  Organization: organization,
  User: user,
  OrganizationMembership: organizationMembership,
  Invitation: invitation,
  OrganizationApiKey: organizationApiKey,
  OrganizationRole: organizationRole,
  Group: group,
  RedirectUri: redirectUri,
  WebhookEndpoint: webhookEndpoint,
  CorsOrigin: corsOrigin,
  GroupMembership: groupMembership,
  UserApiKey: userApiKey,
  AuthorizationResource: authorizationResource,
  RoleAssignment: roleAssignment,
  AuditLogSchema: auditLogSchema,
  AuditLogRetention: auditLogRetention,
  EnvironmentRole: environmentRole,
  Permission: permission,
  GroupMembers: groupMembers,
  JwtTemplate: jwtTemplate,
  OrganizationDomain: organizationDomain,
  ConnectApplication: connectApplication,
  ConnectApplicationSecret: connectApplicationSecret,
  VaultObject: vaultObject,
  RadarListEntry: radarListEntry,
  GroupRoleAssignments: groupRoleAssignments,
  FeatureFlagTarget: featureFlagTarget,
  FeatureFlagState: featureFlagState,
  DataIntegration: dataIntegration,
  OrganizationDataIntegration: organizationDataIntegration,
};
