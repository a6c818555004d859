import { apiKeys, userApiKeys } from "./api-keys";
import { auditLogRetentions, auditLogSchemas } from "./audit-logs";
import { authentication, sessions } from "./authentication";
import { authorizationResources } from "./authorization-resources";
import { authorizedApplications } from "./authorized-applications";
import { connectApplications } from "./connect-applications";
import { corsOrigins } from "./cors-origins";
import { dataIntegrations } from "./data-integrations";
import { connections, directories, directoryGroups, directoryUsers, portal } from "./directories";
import { emailChange, emailVerification } from "./email-verification";
import { events } from "./events";
import { externalAuth } from "./external-auth";
import { featureFlags } from "./feature-flags";
import { groupMemberships, groupRoleAssignments, groups, membershipGroups } from "./groups";
import { organizationMemberships } from "./memberships";
import { type Handlers } from "./handler";
import { userIdentities, users } from "./users";
import { invitations } from "./invitations";
import { jwtTemplate } from "./jwt-template";
import { magicAuth } from "./magic-auth";
import { mfa } from "./mfa";
import { organizationDomains } from "./organization-domains";
import { organizations } from "./organizations";
import { passwordReset } from "./password-reset";
import { permissions } from "./permissions";
import { redirectUris } from "./redirect-uris";
import { radarLists } from "./radar-lists";
import { roleAssignments } from "./role-assignments";
import { organizationRoles, roles } from "./roles";
import { webhookEndpoints } from "./webhook-endpoints";

import { vault } from "./vault";

export const handlers: Handlers = {
  organizationDomains,
  users,
  organizationMemberships,
  invitations,
  apiKeys,
  userApiKeys,
  organizations,
  roles,
  organizationRoles,
  connectApplications,
  events,
  featureFlags,
  authorizationResources,
  roleAssignments,
  auditLogSchemas,
  auditLogRetentions,
  vault,
  radarLists,
  dataIntegrations,
  connections,
  directories,
  directoryGroups,
  directoryUsers,
  portal,
  redirectUris,
  webhookEndpoints,
  corsOrigins,
  jwtTemplate,
  groups,
  groupMemberships,
  permissions,
  membershipGroups,
  groupRoleAssignments,
  userIdentities,
  emailVerification,
  emailChange,
  authentication,
  sessions,
  passwordReset,
  magicAuth,
  mfa,
  authorizedApplications,
  externalAuth,
};
