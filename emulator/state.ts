import {
  type GroupObject,
  type GroupRoleAssignmentObject,
  type CorsOriginObject,
  type AuthorizationResourceObject,
  type ClientSecretObject,
  type ConnectApplicationObject,
  type FeatureFlagObject,
  type DataIntegrationObject,
  type InvitationObject,
  type JwtTemplateObject,
  type OrganizationApiKeyObject,
  type OrganizationMembershipObject,
  type OrganizationObject,
  type PermissionObject,
  type RedirectUriObject,
  type RoleAssignmentObject,
  type RoleObject,
  type UserApiKeyObject,
  type UserObject,
  type WebhookEndpointObject,
  type VaultObject,
} from "../api/schemas";
import { type Context } from "./context";
import { presentJwtTemplate, storedTemplate } from "./handlers/jwt-template";
import { presentFlag } from "./handlers/feature-flags";
import { presentApplication, presentClientSecret } from "./handlers/present-auth";
import { membershipOf } from "./handlers/memberships";
import {
  presentApiKey,
  presentGroup,
  presentGroupRole,
  presentCorsOrigin,
  presentIntegration,
  presentInvitation,
  presentMembership,
  presentOrganization,
  presentPermission,
  presentRedirectUri,
  presentResource,
  presentRole,
  presentRoleAssignment,
  presentUser,
  presentWebhookEndpoint,
  presentUserApiKey,
  presentVaultObject,
} from "./handlers/present";

/** Everything there is, as the API would show it, oldest first. */
export interface StateDump {
  users: UserObject[];
  organizationMemberships: OrganizationMembershipObject[];
  invitations: InvitationObject[];
  /** Keys of organizations. */
  apiKeys: OrganizationApiKeyObject[];
  userApiKeys: UserApiKeyObject[];
  organizations: OrganizationObject[];
  roles: RoleObject[];
  permissions: PermissionObject[];
  groups: GroupObject[];
  /** Which membership is in which group. */
  groupMemberships: { group_id: string; organization_membership_id: string }[];
  groupRoleAssignments: GroupRoleAssignmentObject[];
  redirectUris: RedirectUriObject[];
  webhookEndpoints: WebhookEndpointObject[];
  corsOrigins: CorsOriginObject[];
  authorizationResources: AuthorizationResourceObject[];
  roleAssignments: RoleAssignmentObject[];
  /** Names of the actions that have a schema. */
  auditLogActions: string[];
  /** Of organizations for which it is set. */
  auditLogRetentions: { organizationId: string; days: number }[];
  /** None where there never was one. */
  jwtTemplate: JwtTemplateObject | null;
  applications: ConnectApplicationObject[];
  clientSecrets: ClientSecretObject[];
  /** Without their values. */
  vaultObjects: VaultObject[];
  radarEntries: { type: string; action: string; entry: string }[];
  featureFlags: FeatureFlagObject[];
  featureFlagTargets: { slug: string; resourceId: string }[];
  dataIntegrations: DataIntegrationObject[];
  /** How many are configured for an organization. */
  organizationDataIntegrations: number;
  /** Deletes that were accepted and have yet to happen. */
  pendingDeletions: { id: string; dueAt: string }[];
}

export function dumpState(context: Context): StateDump {
  const { store } = context;
  const keys = store.apiKeys.all();
  const template = storedTemplate(context);
  return {
    users: store.users.all().map(presentUser),
    organizationMemberships: store.memberships.all().map((membership) => presentMembership(membership, context)),
    invitations: store.invitations.all().map((invitation) => {
      const pending = invitation.state === "pending";
      const membership = pending ? membershipOf(invitation.email, invitation.organization_id, context) : undefined;
      return presentInvitation(invitation, membership, context);
    }),
    apiKeys: keys.filter(({ user_id }) => user_id === null).map(presentApiKey),
    userApiKeys: keys.filter(({ user_id }) => user_id !== null).map(presentUserApiKey),
    organizations: store.organizations.all().map((organization) => presentOrganization(organization, context)),
    roles: store.roles.all().map(presentRole),
    permissions: store.permissions.all().map(presentPermission),
    groups: store.groups.all().map(presentGroup),
    groupMemberships: store.groupMembers
      .all()
      .map(({ group_id, membership_id }) => ({ group_id, organization_membership_id: membership_id })),
    groupRoleAssignments: store.groupRoles.all().map(presentGroupRole),
    redirectUris: store.redirectUris.all().map(presentRedirectUri),
    webhookEndpoints: store.webhookEndpoints.all().map(presentWebhookEndpoint),
    corsOrigins: store.corsOrigins.all().map(presentCorsOrigin),
    authorizationResources: store.resources.all().map(presentResource),
    roleAssignments: store.roleAssignments.all().map((assignment) => presentRoleAssignment(assignment, context)),
    auditLogActions: store.auditLogActions.all().map(({ name }) => name),
    auditLogRetentions: store.organizations
      .all()
      .flatMap(({ id, audit_log_retention_days: days }) => (days === null ? [] : [{ organizationId: id, days }])),
    jwtTemplate: template ? presentJwtTemplate(template) : null,
    applications: store.applications.all().map(presentApplication),
    clientSecrets: store.clientSecrets.all().map(presentClientSecret),
    vaultObjects: store.vaultObjects.all().map(presentVaultObject),
    radarEntries: store.radarEntries.all().map(({ type, action, entry }) => ({ type, action, entry })),
    featureFlags: store.featureFlags.all().map(presentFlag),
    featureFlagTargets: store.flagTargets.all().map(({ flag_id, resource_id }) => ({
      slug: store.featureFlags.get(flag_id)?.slug ?? flag_id,
      resourceId: resource_id,
    })),
    dataIntegrations: store.integrations.all().map(presentIntegration),
    organizationDataIntegrations: store.integrationOverrides.size,
    pendingDeletions: store.deletions.all().map(({ id, due_at }) => ({ id, dueAt: new Date(due_at).toISOString() })),
  };
}
