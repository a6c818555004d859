/** Every resource there is. A new one is added here, and is checked, documented and tested from then on. */
import { auditLogRetention } from "./audit-log-retention";
import { auditLogSchema } from "./audit-log-schema";
import { authorizationResource } from "./authorization-resource";
import { dataIntegration } from "./data-integration";
import { invitation } from "./invitation";
import { organization } from "./organization";
import { organizationApiKey } from "./organization-api-key";
import { organizationDataIntegration } from "./organization-data-integration";
import { organizationMembership } from "./organization-membership";
import { organizationRole } from "./organization-role";
import { radarListEntry } from "./radar-list-entry";
import { roleAssignment } from "./role-assignment";
import { user } from "./user";
import { vaultObject } from "./vault-object";

export const resources = {
  Organization: organization,
  User: user,
  OrganizationMembership: organizationMembership,
  Invitation: invitation,
  OrganizationApiKey: organizationApiKey,
  OrganizationRole: organizationRole,
  AuthorizationResource: authorizationResource,
  RoleAssignment: roleAssignment,
  AuditLogSchema: auditLogSchema,
  AuditLogRetention: auditLogRetention,
  VaultObject: vaultObject,
  RadarListEntry: radarListEntry,
  DataIntegration: dataIntegration,
  OrganizationDataIntegration: organizationDataIntegration,
} as const;

export type Kind = keyof typeof resources;
export const kinds = Object.keys(resources) as Kind[];
