/**
 * What happens here, in the vendor's names and shapes (`EventSchema` in its document). Events follow from what changes
 * in the store, so that no way to change something can forget them. They are kept in memory only.
 */
import { type Context } from "./context";
import { isUntouched, lifeOf, type Meaning } from "./event-meanings";
import { directoryMeanings } from "./directories/events";
import { flagMeanings } from "./handlers/flag-events";
import { vaultMeanings } from "./handlers/vault-events";
import { agentMeanings } from "./extra/agent-events";
import { pipesMeanings } from "./extra/pipes-events";
import {
  presentAnyApiKey,
  presentDomain,
  presentGroup,
  presentInvitation,
  presentMembership,
  presentOrganization,
  presentPermission,
  presentUser,
} from "./handlers/present";
import { presentEmailVerification, presentMagicAuth, presentPasswordReset } from "./handlers/present-auth";
import { radarMeanings } from "./auth/radar-events";
import { presentSession } from "./auth/sessions";
import {
  type StoredAgent,
  type StoredEmailCode,
  type StoredPasswordReset,
  type StoredRadarChallenge,
  type StoredSession,
} from "./store/auth-entities";
import {
  type StoredApiKey,
  type StoredConnectedAccount,
  type StoredConnection,
  type StoredDirectory,
  type StoredDirectoryGroup,
  type StoredDirectoryUser,
  type StoredDomain,
  type StoredFeatureFlag,
  type StoredFlagTarget,
  type StoredGroup,
  type StoredGroupMember,
  type StoredInvitation,
  type StoredMembership,
  type StoredOrganization,
  type StoredPermission,
  type StoredRole,
  type StoredUser,
  type StoredVaultKey,
  type StoredVaultObject,
} from "./store/entities";
import { type StoreChange } from "./store/store";

interface Kinds {
  users: StoredUser;
  organizations: StoredOrganization;
  domains: StoredDomain;
  memberships: StoredMembership;
  invitations: StoredInvitation;
  roles: StoredRole;
  permissions: StoredPermission;
  groups: StoredGroup;
  groupMembers: StoredGroupMember;
  apiKeys: StoredApiKey;
  sessions: StoredSession;
  emailCodes: StoredEmailCode;
  passwordResets: StoredPasswordReset;
  connections: StoredConnection;
  directories: StoredDirectory;
  directoryGroups: StoredDirectoryGroup;
  directoryUsers: StoredDirectoryUser;
  featureFlags: StoredFeatureFlag;
  flagTargets: StoredFlagTarget;
  vaultObjects: StoredVaultObject;
  vaultKeys: StoredVaultKey;
  connectedAccounts: StoredConnectedAccount;
  radarChallenges: StoredRadarChallenge;
  agents: StoredAgent;
}

/** An organization that is deleted loses its domains in the same step. */
function organizationWithDomains(organization: StoredOrganization, context: Context, step: readonly StoreChange[]) {
  const { allow_profiles_outside_organization: _allow, ...shown } = presentOrganization(organization, context);
  const gone = step.flatMap(({ kind, before, after }) => {
    const domain = before as StoredDomain | undefined;
    const isOf = kind === "domains" && after === undefined && domain?.organization_id === organization.id;
    return isOf ? [presentDomain(domain)] : [];
  });
  return context.store.organizations.get(organization.id) === undefined ? { ...shown, domains: gone } : shown;
}

const roleFields = ({ slug, resource_type_slug, permissions, created_at, updated_at }: StoredRole) => ({
  ...{ slug, resource_type_slug, permissions: [...permissions], created_at, updated_at },
});

const withoutLink = (invitation: StoredInvitation, context: Context) => {
  const { token: _token, accept_invitation_url: _url, ...shown } = presentInvitation(invitation, undefined, context);
  return shown;
};

/** Of a code that is in the mail, the event has not the code. */
const withoutCode = <T extends { readonly code: string }>({ code: _code, ...shown }: T) => shown;

const meanings: { readonly [Kind in keyof Kinds]: Meaning<Kinds[Kind]> } = {
  ...directoryMeanings,
  ...flagMeanings,
  ...vaultMeanings,
  ...pipesMeanings,
  ...radarMeanings,
  ...agentMeanings,
  users: lifeOf("user", presentUser),
  organizations: lifeOf("organization", organizationWithDomains, ({ id }) => id),
  memberships: lifeOf(
    "organization_membership",
    (membership, context) => {
      const { user: _user, organization_name: _name, ...shown } = presentMembership(membership, context);
      // The specification's events have this always, the operations where there are any.
      return { ...shown, custom_attributes: {} };
    },
    ({ organization_id }) => organization_id,
  ),
  permissions: lifeOf("permission", presentPermission),
  groups: lifeOf("group", presentGroup, ({ organization_id }) => organization_id),

  domains: (before, after, context, step) => {
    const [happened] = lifeOf(
      "organization_domain",
      presentDomain,
      (one: StoredDomain) => one.organization_id,
    )(...([before, after, context, step] as const));
    if (happened === undefined) return [];
    const state = before?.state === after?.state ? undefined : after?.state;
    if (state === "verified") return [happened, { ...happened, event: "organization_domain.verified" }];
    if (state !== "failed") return [happened];
    const data = { reason: "domain_verification_period_expired", organization_domain: happened.data };
    return [happened, { ...happened, event: "organization_domain.verification_failed", data }];
  },

  invitations: (before, after, context) => {
    if (after === undefined) return [];
    const event =
      before === undefined
        ? "created"
        : before.state !== after.state
          ? { accepted: "accepted", revoked: "revoked", pending: undefined }[after.state]
          : before.token !== after.token || before.expires_at !== after.expires_at
            ? "resent"
            : undefined;
    if (event === undefined) return [];
    const data = withoutLink(after, context);
    return [{ event: `invitation.${event}`, data, organizationId: after.organization_id }];
  },

  roles: (before, after, context, step) => {
    const organizationId = (after ?? before)?.organization_id;
    const own = organizationId !== undefined && organizationId !== null && organizationId !== "";
    const present = (role: StoredRole) =>
      own
        ? {
            ...{ object: "organization_role", organization_id: organizationId, name: role.name },
            ...{ description: role.description, ...roleFields(role) },
          }
        : { object: "role", ...roleFields(role) };
    const life = lifeOf(own ? "organization_role" : "role", present, () => organizationId);
    return life(before, after, context, step);
  },

  groupMembers: (before, after, { store }) => {
    const member = after ?? before;
    if (member === undefined || (before !== undefined && after !== undefined)) return [];
    const data = { group_id: member.group_id, organization_membership_id: member.membership_id };
    const organizationId = store.groups.get(member.group_id)?.organization_id;
    return [{ event: after === undefined ? "group.member_removed" : "group.member_added", data, organizationId }];
  },

  apiKeys: (before, after) => {
    const key = after ?? before;
    if (key === undefined || isUntouched(before, after)) return [];
    const organizationId = key.organization_id;
    const data = presentAnyApiKey(key);
    if (before === undefined) return [{ event: "api_key.created", data, organizationId }];
    if (after === undefined) return [{ event: "api_key.revoked", data, organizationId }];
    const previous_attributes = { expires_at: before.expires_at };
    return [{ event: "api_key.updated", data: { ...data, previous_attributes }, organizationId }];
  },

  sessions: (before, after, context) => {
    if (after === undefined) return [];
    const of = { data: presentSession(after, context), organizationId: after.organization_id };
    if (before !== undefined) {
      return before.revoked_at === null && after.revoked_at !== null ? [{ event: "session.revoked", ...of }] : [];
    }
    return [{ event: "session.created", ...of }];
  },

  emailCodes: (before, after) => {
    if (after === undefined || before !== undefined || after.kind === "email_change") return [];
    return after.kind === "magic_auth"
      ? [{ event: "magic_auth.created", data: withoutCode(presentMagicAuth(after)) }]
      : [{ event: "email_verification.created", data: withoutCode(presentEmailVerification(after)) }];
  },

  passwordResets: (before, after, context) => {
    if (after === undefined) return [];
    const event = before === undefined ? "created" : !before.used && after.used ? "succeeded" : undefined;
    if (event === undefined) return [];
    const { password_reset_token: _token, password_reset_url: _url, ...data } = presentPasswordReset(after, context);
    return [{ event: `password_reset.${event}`, data }];
  },
};

/** Takes one step of the store: what it changed, all at once. */
export function recordEvents(step: readonly StoreChange[], context: Context): void {
  const happened = step.flatMap(({ kind, before, after }) => {
    // Each kind's collection hands over its own objects.
    const meaning = meanings[kind as keyof Kinds] as Meaning<unknown> | undefined;
    return meaning?.(before, after, context, step) ?? [];
  });
  context.events.add(...happened);
}
