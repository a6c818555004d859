import {
  type ClientSecretObject,
  type ConnectApplicationObject,
  type FeatureFlagObject,
  type InvitationObject,
  type OrganizationApiKeyObject,
  type OrganizationMembershipObject,
  type OrganizationObject,
  type RoleObject,
  type UserApiKeyObject,
  type UserObject,
} from "../api/schemas";
import { type Context } from "./context";
import { presentFlag } from "./handlers/feature-flags";
import { presentApplication, presentClientSecret } from "./handlers/present-auth";
import { membershipOf } from "./handlers/memberships";
import {
  presentApiKey,
  presentInvitation,
  presentMembership,
  presentOrganization,
  presentRole,
  presentUser,
  presentUserApiKey,
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
  applications: ConnectApplicationObject[];
  clientSecrets: ClientSecretObject[];
  featureFlags: FeatureFlagObject[];
  featureFlagTargets: { slug: string; resourceId: string }[];
  /** Deletes that were accepted and have yet to happen. */
  pendingDeletions: { id: string; dueAt: string }[];
}

export function dumpState(context: Context): StateDump {
  const { store } = context;
  const keys = store.apiKeys.all();
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
    applications: store.applications.all().map(presentApplication),
    clientSecrets: store.clientSecrets.all().map(presentClientSecret),
    featureFlags: store.featureFlags.all().map(presentFlag),
    featureFlagTargets: store.flagTargets.all().map(({ flag_id, resource_id }) => ({
      slug: store.featureFlags.get(flag_id)?.slug ?? flag_id,
      resourceId: resource_id,
    })),
    pendingDeletions: store.deletions.all().map(({ id, due_at }) => ({ id, dueAt: new Date(due_at).toISOString() })),
  };
}
