/** Every declared operation: a family is a file, and stands here under its name. */
import { apiKeys } from "./api-keys";
import { auditLogRetentions, auditLogSchemas } from "./audit-logs";
import { authentication } from "./authentication";
import { authorizationResources } from "./authorization-resources";
import { authorizedApplications } from "./authorized-applications";
import { connectApplications } from "./connect-applications";
import { corsOrigins } from "./cors-origins";
import { dataIntegrations } from "./data-integrations";
import { connections, directories, directoryGroups, directoryUsers, portal } from "./directories";
import { emailChange } from "./email-change";
import { emailVerification } from "./email-verification";
import { events } from "./events";
import { externalAuth } from "./external-auth";
import { groupMemberships, groupRoleAssignments, groups, membershipGroups } from "./groups";
import { featureFlags } from "./feature-flags";
import { userIdentities } from "./identities";
import { invitations } from "./invitations";
import { jwtTemplate } from "./jwt-template";
import { magicAuth } from "./magic-auth";
import { mfa } from "./mfa";
import { organizationDomains } from "./organization-domains";
import { organizationMemberships } from "./organization-memberships";
import { organizations } from "./organizations";
import { passwordReset } from "./password-reset";
import { permissions } from "./permissions";
import { redirectUris } from "./redirect-uris";
import { radarLists } from "./radar-lists";
import { roleAssignments } from "./role-assignments";
import { organizationRoles, roles } from "./roles";
import { sessions } from "./sessions";
import { userApiKeys } from "./user-api-keys";
import { users } from "./users";
import { webhookEndpoints } from "./webhook-endpoints";
import { vault } from "./vault";
import { authorize, logout } from "./pages";

/** Managing access: what resources use. */
export const endpoints = {
  users,
  organizationMemberships,
  invitations,
  apiKeys,
  userApiKeys,
  organizations,
  organizationDomains,
  roles,
  organizationRoles,
  permissions,
  groups,
  groupMemberships,
  membershipGroups,
  groupRoleAssignments,
  redirectUris,
  webhookEndpoints,
  corsOrigins,
  authorizationResources,
  roleAssignments,
  auditLogSchemas,
  auditLogRetentions,
  jwtTemplate,
  connectApplications,
  vault,
  radarLists,
  dataIntegrations,
  connections,
  directories,
  directoryGroups,
  directoryUsers,
  portal,
  featureFlags,
  events,
} as const;

/** Signing in and what belongs to it. Apart, because resources have no use for it. */
export const authEndpoints = {
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
} as const;

/** Pages that a browser visits. The client offers their URLs, the local AuthKit serves them. */
export const pageEndpoints = { authorize, logout } as const;

/** What the public client offers: all of them, each under its family. */
export const clientEndpoints = { ...endpoints, ...authEndpoints } as const;

export type Endpoints = typeof endpoints;
