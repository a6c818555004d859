import {
  type AuthorizationResourceObject,
  type DataIntegrationObject,
  type InvitationObject,
  type OrganizationApiKeyObject,
  type OrganizationMembershipObject,
  type OrganizationObject,
  type RoleAssignmentObject,
  type RoleObject,
  type UserObject,
  type VaultObject,
} from "../api/schemas";
import { type Context } from "./context";
import { membershipOf } from "./handlers/memberships";
import {
  presentApiKey,
  presentIntegration,
  presentInvitation,
  presentMembership,
  presentOrganization,
  presentResource,
  presentRole,
  presentRoleAssignment,
  presentUser,
  presentVaultObject,
} from "./handlers/present";

/** Everything there is, as the API would show it, oldest first. */
export interface StateDump {
  users: UserObject[];
  organizationMemberships: OrganizationMembershipObject[];
  invitations: InvitationObject[];
  apiKeys: OrganizationApiKeyObject[];
  organizations: OrganizationObject[];
  roles: RoleObject[];
  authorizationResources: AuthorizationResourceObject[];
  roleAssignments: RoleAssignmentObject[];
  /** Names of the actions that have a schema. */
  auditLogActions: string[];
  /** Of organizations for which it is set. */
  auditLogRetentions: { organizationId: string; days: number }[];
  /** Without their values. */
  vaultObjects: VaultObject[];
  radarEntries: { type: string; action: string; entry: string }[];
  dataIntegrations: DataIntegrationObject[];
  /** How many are configured for an organization. */
  organizationDataIntegrations: number;
  /** Deletes that were accepted and have yet to happen. */
  pendingDeletions: { id: string; dueAt: string }[];
}

export function dumpState(context: Context): StateDump {
  const { store } = context;
  return {
    users: store.users.all().map(presentUser),
    organizationMemberships: store.memberships.all().map((membership) => presentMembership(membership, context)),
    invitations: store.invitations.all().map((invitation) => {
      const pending = invitation.state === "pending";
      const membership = pending ? membershipOf(invitation.email, invitation.organization_id, context) : undefined;
      return presentInvitation(invitation, membership, context);
    }),
    apiKeys: store.apiKeys.all().map(presentApiKey),
    organizations: store.organizations.all().map((organization) => presentOrganization(organization, context)),
    roles: store.roles.all().map(presentRole),
    authorizationResources: store.resources.all().map(presentResource),
    roleAssignments: store.roleAssignments.all().map((assignment) => presentRoleAssignment(assignment, context)),
    auditLogActions: store.auditLogActions.all().map(({ name }) => name),
    auditLogRetentions: store.organizations
      .all()
      .flatMap(({ id, audit_log_retention_days: days }) => (days === null ? [] : [{ organizationId: id, days }])),
    vaultObjects: store.vaultObjects.all().map(presentVaultObject),
    radarEntries: store.radarEntries.all().map(({ type, action, entry }) => ({ type, action, entry })),
    dataIntegrations: store.integrations.all().map(presentIntegration),
    organizationDataIntegrations: store.integrationOverrides.size,
    pendingDeletions: store.deletions.all().map(({ id, due_at }) => ({ id, dueAt: new Date(due_at).toISOString() })),
  };
}
