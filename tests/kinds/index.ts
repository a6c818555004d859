import { type Kind } from "../../provider/resources";
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
import { type Row } from "./row";
import { user } from "./user";
import { vaultObject } from "./vault-object";

/** The table: a row for every kind of resource there is. */
export const rows: Readonly<Record<Kind, Row>> = {
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
};
