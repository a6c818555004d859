import { foldAddress } from "../../api/address";
import { Collection, type OnChange } from "./collection";
import { byId } from "./places";
import {
  type Entity,
  type StoredApiKey,
  type StoredCorsOrigin,
  type StoredAuditLogAction,
  type StoredAuditLogEvent,
  type StoredAuditLogExport,
  type StoredConnectedAccount,
  type StoredAuditLogSchema,
  type StoredConnection,
  type StoredDeletion,
  type StoredDelivery,
  type StoredDirectory,
  type StoredDirectoryGroup,
  type StoredDirectoryUser,
  type StoredDomain,
  type StoredGroup,
  type StoredGroupMember,
  type StoredGroupRole,
  type StoredIntegration,
  type StoredIntegrationOverride,
  type StoredInvitation,
  type StoredJwtTemplate,
  type StoredMail,
  type StoredMembership,
  type StoredOrganization,
  type StoredPermission,
  type StoredRedirectUri,
  type StoredRadarAttempt,
  type StoredRadarEntry,
  type StoredResource,
  type StoredFeatureFlag,
  type StoredFlagTarget,
  type StoredRole,
  type StoredRoleAssignment,
  type StoredUser,
  type StoredWebhookEndpoint,
  type StoredVaultKey,
  type StoredVaultObject,
} from "./entities";
import {
  type StoredAgent,
  type StoredApplication,
  type StoredAuthorization,
  type StoredAuthorizationCode,
  type StoredChallenge,
  type StoredClientSecret,
  type StoredDevice,
  type StoredExternalLogin,
  type StoredEmailCode,
  type StoredFactor,
  type StoredIdentity,
  type StoredPageSession,
  type StoredPasswordReset,
  type StoredPendingSignIn,
  type StoredProfile,
  type StoredRadarChallenge,
  type StoredSession,
  type StoredSigningKey,
  type StoredSsoToken,
} from "./auth-entities";

/** One change as the journal holds it: kind, id, and the whole object or `null` where it is gone. */
export type Change = readonly [kind: string, id: string, value: unknown];

/** Takes the changes of one request, all or none; throws when it cannot, and the store then undoes them. */
export type CommitChanges = (changes: readonly Change[]) => void;

export const pairKey = (first: string, second: string | null) => `${first}|${second ?? ""}`;

/** By what a program knows a resource. */
export const resourceKey = (
  resource: Pick<StoredResource, "organization_id" | "resource_type_slug" | "external_id">,
): string => JSON.stringify([resource.organization_id, resource.resource_type_slug, resource.external_id]);

/** Nobody has a role on a resource twice. */
export const roleOnResource = (
  assignment: Pick<StoredRoleAssignment, "organization_membership_id" | "role_slug" | "resource_id">,
): string => JSON.stringify([assignment.organization_membership_id, assignment.role_slug, assignment.resource_id]);

/** Somebody has one account of a service, within an organization or outside of any. */
export const accountKey = (account: Pick<StoredConnectedAccount, "user_id" | "organization_id" | "slug">): string =>
  JSON.stringify([account.user_id, account.organization_id, account.slug]);

/** An entry is on a list once. */
export const radarKey = ({ type, action, entry }: Omit<StoredRadarEntry, "id">): string =>
  JSON.stringify([type, action, entry]);

/** What one step does to one object: made without `before`, deleted without `after`. */
export interface StoreChange {
  readonly kind: string;
  readonly id: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A change with where its object was in the order of creation. */
type PlacedChange = StoreChange & { readonly place: string };

/** Everything the emulator knows, in memory. Changes happen inside `write` only. */
export class Store {
  private pending: PlacedChange[] | undefined;
  /** Grows with every step, so that whoever shows what is here knows when to look again. */
  version = 0;
  private readonly record =
    (kind: string): OnChange =>
    (id, before, after, place) => {
      if (this.pending === undefined) throw new Error(`change of ${kind} outside of write()`);
      this.pending.push({ kind, id, before, after, place });
    };

  readonly users = new Collection<StoredUser, "email" | "external_id">(
    { email: (user) => foldAddress(user.email), external_id: (user) => user.external_id },
    this.record("users"),
  );
  /** There is one membership of a user in an organization, so `organization_users` lists each user once. */
  readonly memberships = new Collection<
    StoredMembership,
    "user" | "organization" | "pair" | "user_status" | "organization_status" | "organization_users"
  >(
    {
      user: (membership) => membership.user_id,
      organization: (membership) => membership.organization_id,
      pair: (membership) => pairKey(membership.user_id, membership.organization_id),
      user_status: (membership) => pairKey(membership.user_id, membership.status),
      organization_status: (membership) => pairKey(membership.organization_id, membership.status),
      organization_users: (membership) => membership.organization_id,
    },
    this.record("memberships"),
    { organization_users: { entry: (membership) => membership.user_id, order: this.users.places } },
  );
  readonly invitations = new Collection<StoredInvitation, "email" | "organization" | "pair" | "token">(
    {
      email: (invitation) => foldAddress(invitation.email),
      organization: (invitation) => invitation.organization_id,
      pair: (invitation) => pairKey(foldAddress(invitation.email), invitation.organization_id),
      token: (invitation) => invitation.token,
    },
    this.record("invitations"),
  );
  /** Keys of users are listed under their user, those of organizations under the organization. */
  readonly apiKeys = new Collection<StoredApiKey, "organization" | "user" | "user_organization" | "value_hash">(
    {
      organization: (key) => (key.user_id === null ? key.organization_id : null),
      user: (key) => key.user_id,
      user_organization: (key) => (key.user_id === null ? null : pairKey(key.user_id, key.organization_id)),
      value_hash: (key) => key.value_hash,
    },
    this.record("apiKeys"),
  );
  readonly organizations = new Collection<StoredOrganization, "external_id" | "stripe_customer_id">(
    { external_id: (org) => org.external_id, stripe_customer_id: (org) => org.stripe_customer_id },
    this.record("organizations"),
  );
  readonly domains = new Collection<StoredDomain, "organization" | "domain">(
    { organization: (domain) => domain.organization_id, domain: (domain) => domain.domain.toLowerCase() },
    this.record("domains"),
  );
  /** Environment roles are listed under the empty organization. */
  readonly roles = new Collection<StoredRole, "organization">(
    { organization: (role) => role.organization_id ?? "" },
    this.record("roles"),
  );
  readonly permissions = new Collection<StoredPermission, "slug">(
    { slug: (permission) => permission.slug },
    this.record("permissions"),
  );
  readonly groups = new Collection<StoredGroup, "organization">(
    { organization: (group) => group.organization_id },
    this.record("groups"),
  );
  /** `group` lists memberships, `membership` groups: each pair is there once. */
  readonly groupMembers = new Collection<StoredGroupMember, "group" | "membership">(
    { group: (member) => member.group_id, membership: (member) => member.membership_id },
    this.record("groupMembers"),
    {
      group: { entry: (member) => member.membership_id, order: this.memberships.places },
      membership: { entry: (member) => member.group_id, order: this.groups.places },
    },
  );
  readonly groupRoles = new Collection<StoredGroupRole, "group" | "role" | "resource">(
    {
      group: (one) => one.group_id,
      role: (one) => pairKey(one.organization_id, one.role_slug),
      resource: (one) => one.resource_id,
    },
    this.record("groupRoles"),
  );
  readonly redirectUris = new Collection<StoredRedirectUri, "uri">(
    { uri: ({ uri }) => uri },
    this.record("redirectUris"),
  );
  readonly webhookEndpoints = new Collection<StoredWebhookEndpoint, "url">(
    { url: ({ endpoint_url }) => endpoint_url },
    this.record("webhookEndpoints"),
  );
  readonly webhookDeliveries = new Collection<StoredDelivery, never>(
    {},
    this.record("webhookDeliveries"),
    undefined,
    (delivery) => JSON.stringify(delivery).length,
  );
  readonly corsOrigins = new Collection<StoredCorsOrigin, "origin">(
    { origin: ({ origin }) => origin },
    this.record("corsOrigins"),
  );
  readonly resources = new Collection<
    StoredResource,
    "organization" | "type" | "organization_type" | "type_external" | "key" | "parent"
  >(
    {
      organization: (resource) => resource.organization_id,
      type: (resource) => resource.resource_type_slug,
      organization_type: (resource) => pairKey(resource.organization_id, resource.resource_type_slug),
      type_external: (resource) => pairKey(resource.resource_type_slug, resource.external_id),
      key: resourceKey,
      parent: (resource) => resource.parent_resource_id,
    },
    this.record("resources"),
  );
  readonly roleAssignments = new Collection<
    StoredRoleAssignment,
    "membership" | "resource" | "organization_role" | "key"
  >(
    {
      membership: (assignment) => assignment.organization_membership_id,
      resource: (assignment) => assignment.resource_id,
      organization_role: (assignment) => pairKey(assignment.organization_id, assignment.role_slug),
      key: roleOnResource,
    },
    this.record("roleAssignments"),
  );
  readonly auditLogActions = new Collection<StoredAuditLogAction, "name">(
    { name: (action) => action.name },
    this.record("auditLogActions"),
  );
  readonly auditLogSchemas = new Collection<StoredAuditLogSchema, "action">(
    { action: (schema) => schema.action_id },
    this.record("auditLogSchemas"),
  );
  readonly jwtTemplates = new Collection<StoredJwtTemplate, never>({}, this.record("jwtTemplates"));
  readonly vaultObjects = new Collection<StoredVaultObject, "name">(
    { name: (object) => object.name },
    this.record("vaultObjects"),
  );
  readonly vaultKeys = new Collection<StoredVaultKey, never>({}, this.record("vaultKeys"));
  readonly auditLogEvents = new Collection<StoredAuditLogEvent, "organization">(
    { organization: (event) => event.organization_id },
    this.record("auditLogEvents"),
  );
  readonly auditLogExports = new Collection<StoredAuditLogExport, "organization">(
    { organization: (one) => one.organization_id },
    this.record("auditLogExports"),
  );
  readonly connectedAccounts = new Collection<StoredConnectedAccount, "user" | "organization" | "slug" | "key">(
    {
      user: (account) => account.user_id,
      organization: (account) => account.organization_id,
      slug: (account) => account.slug,
      key: accountKey,
    },
    this.record("connectedAccounts"),
  );
  readonly radarAttempts = new Collection<StoredRadarAttempt, "email">(
    { email: (attempt) => foldAddress(attempt.email) },
    this.record("radarAttempts"),
  );
  readonly radarChallenges = new Collection<StoredRadarChallenge, "user">(
    { user: (challenge) => challenge.user_id },
    this.record("radarChallenges"),
  );
  readonly agents = new Collection<StoredAgent, "organization" | "claim" | "credential">(
    {
      organization: (agent) => agent.organization_id,
      claim: (agent) => agent.claim?.token_hash ?? null,
      credential: (agent) => agent.api_key_hash,
    },
    this.record("agents"),
  );
  readonly radarEntries = new Collection<StoredRadarEntry, "key">({ key: radarKey }, this.record("radarEntries"));
  readonly connections = new Collection<StoredConnection, "organization">(
    { organization: (connection) => connection.organization_id },
    this.record("connections"),
  );
  readonly directories = new Collection<StoredDirectory, "organization">(
    { organization: (directory) => directory.organization_id },
    this.record("directories"),
  );
  readonly directoryGroups = new Collection<StoredDirectoryGroup, "directory" | "organization">(
    { directory: (group) => group.directory_id, organization: (group) => group.organization_id },
    this.record("directoryGroups"),
  );
  readonly directoryUsers = new Collection<StoredDirectoryUser, "directory" | "organization" | "user">(
    {
      directory: (user) => user.directory_id,
      organization: (user) => user.organization_id,
      user: (user) => user.user_id,
    },
    this.record("directoryUsers"),
  );
  readonly featureFlags = new Collection<StoredFeatureFlag, "slug">(
    { slug: (flag) => flag.slug },
    this.record("featureFlags"),
  );
  readonly flagTargets = new Collection<StoredFlagTarget, "flag" | "resource" | "pair">(
    {
      flag: (target) => target.flag_id,
      resource: (target) => target.resource_id,
      pair: (target) => pairKey(target.flag_id, target.resource_id),
    },
    this.record("flagTargets"),
  );
  readonly integrations = new Collection<StoredIntegration, "slug">(
    { slug: (integration) => integration.slug },
    this.record("integrations"),
  );
  readonly integrationOverrides = new Collection<StoredIntegrationOverride, "organization" | "integration" | "pair">(
    {
      organization: (override) => override.organization_id,
      integration: (override) => override.integration_id,
      pair: (override) => pairKey(override.organization_id, override.integration_id),
    },
    this.record("integrationOverrides"),
  );
  readonly mails = new Collection<StoredMail, never>(
    {},
    this.record("mails"),
    undefined,
    (mail) => JSON.stringify(mail).length,
  );
  /** `due` lists all of them under the empty key, the earliest first. */
  readonly deletions = new Collection<StoredDeletion, "due">({ due: () => "" }, this.record("deletions"), {
    due: { entry: ({ id, due_at }) => `${String(due_at).padStart(16, "0")} ${id}`, order: byId },
  });

  readonly sessions = new Collection<StoredSession, "user" | "user_unrevoked" | "refresh" | "family">(
    {
      user: (session) => session.user_id,
      user_unrevoked: (session) => (session.revoked_at === null ? session.user_id : null),
      refresh: (session) => session.refresh_hash,
      family: (session) => session.family_hash,
    },
    this.record("sessions"),
  );
  readonly codes = new Collection<StoredAuthorizationCode, "code" | "user">(
    { code: (code) => code.code_hash, user: (code) => code.user_id },
    this.record("codes"),
  );
  readonly pendingSignIns = new Collection<StoredPendingSignIn, "token" | "user">(
    { token: (pending) => pending.token_hash, user: (pending) => pending.user_id },
    this.record("pendingSignIns"),
  );
  readonly pageSessions = new Collection<StoredPageSession, "token" | "user">(
    { token: (session) => session.token_hash, user: (session) => session.user_id },
    this.record("pageSessions"),
  );
  readonly emailCodes = new Collection<StoredEmailCode, "user">(
    { user: (code) => pairKey(code.kind, code.user_id) },
    this.record("emailCodes"),
  );
  readonly passwordResets = new Collection<StoredPasswordReset, "token" | "user">(
    { token: (reset) => reset.token, user: (reset) => reset.user_id },
    this.record("passwordResets"),
  );
  readonly factors = new Collection<StoredFactor, "user">({ user: (factor) => factor.user_id }, this.record("factors"));
  readonly challenges = new Collection<StoredChallenge, "factor">(
    { factor: (challenge) => challenge.factor_id },
    this.record("challenges"),
  );
  readonly devices = new Collection<StoredDevice, "device" | "user_code">(
    { device: (device) => device.device_hash, user_code: (device) => device.user_code },
    this.record("devices"),
  );
  readonly externalLogins = new Collection<StoredExternalLogin, "state">(
    { state: (login) => login.state_hash },
    this.record("externalLogins"),
  );
  readonly identities = new Collection<StoredIdentity, "user" | "idp">(
    { user: (identity) => identity.user_id, idp: (identity) => pairKey(identity.provider, identity.idp_id) },
    this.record("identities"),
  );
  readonly applications = new Collection<StoredApplication, "client" | "organization">(
    { client: (application) => application.client_id, organization: (application) => application.organization_id },
    this.record("applications"),
  );
  readonly clientSecrets = new Collection<StoredClientSecret, "application" | "secret">(
    { application: (secret) => secret.application_id, secret: (secret) => secret.secret_hash },
    this.record("clientSecrets"),
  );
  readonly authorizations = new Collection<StoredAuthorization, "user" | "organization" | "application" | "pair">(
    {
      user: (authorization) => authorization.user_id,
      organization: (authorization) => authorization.organization_id,
      application: (authorization) => authorization.application_id,
      pair: (authorization) => pairKey(authorization.user_id, authorization.application_id),
    },
    this.record("authorizations"),
  );
  readonly profiles = new Collection<StoredProfile, "idp">(
    { idp: (profile) => pairKey(profile.connection_id, profile.idp_id) },
    this.record("profiles"),
  );
  readonly ssoTokens = new Collection<StoredSsoToken, "token" | "profile">(
    { token: (token) => token.token_hash, profile: (token) => token.profile_id },
    this.record("ssoTokens"),
  );
  readonly signingKeys = new Collection<StoredSigningKey, never>({}, this.record("signingKeys"));

  private readonly collections: Readonly<Record<string, Restorable>> = {
    users: this.users,
    memberships: this.memberships,
    invitations: this.invitations,
    apiKeys: this.apiKeys,
    organizations: this.organizations,
    domains: this.domains,
    roles: this.roles,
    permissions: this.permissions,
    groups: this.groups,
    groupMembers: this.groupMembers,
    groupRoles: this.groupRoles,
    redirectUris: this.redirectUris,
    webhookEndpoints: this.webhookEndpoints,
    webhookDeliveries: this.webhookDeliveries,
    corsOrigins: this.corsOrigins,
    resources: this.resources,
    roleAssignments: this.roleAssignments,
    auditLogActions: this.auditLogActions,
    auditLogSchemas: this.auditLogSchemas,
    jwtTemplates: this.jwtTemplates,
    vaultObjects: this.vaultObjects,
    vaultKeys: this.vaultKeys,
    auditLogEvents: this.auditLogEvents,
    auditLogExports: this.auditLogExports,
    connectedAccounts: this.connectedAccounts,
    radarAttempts: this.radarAttempts,
    radarChallenges: this.radarChallenges,
    agents: this.agents,
    radarEntries: this.radarEntries,
    connections: this.connections,
    directories: this.directories,
    directoryGroups: this.directoryGroups,
    directoryUsers: this.directoryUsers,
    featureFlags: this.featureFlags,
    flagTargets: this.flagTargets,
    integrations: this.integrations,
    integrationOverrides: this.integrationOverrides,
    mails: this.mails,
    deletions: this.deletions,
    sessions: this.sessions,
    codes: this.codes,
    pendingSignIns: this.pendingSignIns,
    pageSessions: this.pageSessions,
    emailCodes: this.emailCodes,
    passwordResets: this.passwordResets,
    factors: this.factors,
    challenges: this.challenges,
    devices: this.devices,
    externalLogins: this.externalLogins,
    identities: this.identities,
    applications: this.applications,
    clientSecrets: this.clientSecrets,
    authorizations: this.authorizations,
    profiles: this.profiles,
    ssoTokens: this.ssoTokens,
    signingKeys: this.signingKeys,
  };

  /** Set once the journal is open; memory only needs none. */
  commit: CommitChanges = () => undefined;
  /** Told of each step once it is done. */
  done: (step: readonly StoreChange[]) => void = () => undefined;

  /**
   * Runs `change` as one step: when it throws, or when the journal cannot take it, nothing has happened. It must not
   * wait for anything, so that no other request sees half of it.
   */
  write<T>(change: () => T): T {
    if (this.pending !== undefined) return change();
    const pending: PlacedChange[] = [];
    this.pending = pending;
    let result: T;
    try {
      result = change();
      if (pending.length > 0) this.commit(pending.map(({ kind, id, after }) => [kind, id, after ?? null]));
    } catch (error) {
      for (const { kind, id, before, place } of pending.reverse()) this.collections[kind]?.restore(id, before, place);
      throw error;
    } finally {
      this.pending = undefined;
    }
    if (pending.length > 0) {
      this.version += 1;
      this.done(pending);
    }
    return result;
  }

  /** Changes that are not told to anybody: what is there at the start has not happened. */
  quietly<T>(change: () => T): T {
    const { done } = this;
    this.done = () => undefined;
    try {
      return change();
    } finally {
      this.done = done;
    }
  }

  /** Whether there are objects of this kind. */
  knows(kind: string): boolean {
    return Object.hasOwn(this.collections, kind);
  }

  /** Takes changes that were committed earlier. */
  replay(changes: readonly Change[]): void {
    for (const [kind, id, value] of changes) this.collections[kind]?.restore(id, value);
  }

  /** The whole content as changes, for a compact journal. */
  *snapshot(): Generator<Change> {
    for (const [kind, collection] of Object.entries(this.collections)) {
      for (const object of collection.all()) yield [kind, object.id, object];
    }
  }

  /** Puts objects that a snapshot holds; within a step. */
  putAll(content: readonly Change[]): void {
    for (const [kind, , value] of content) {
      const collection = this.collections[kind];
      // Before anything is done: what breaks half-way could not be undone.
      collection?.check(value);
      collection?.put(value);
    }
  }

  /** Removes everything, as one step. */
  clear(): void {
    this.write(() => {
      for (const collection of Object.values(this.collections)) {
        for (const object of collection.all()) collection.delete(object.id);
      }
    });
  }
}

interface Restorable {
  restore(id: string, value: unknown, place?: string): void;
  put(object: unknown): void;
  check(object: unknown): void;
  all(): Entity[];
  delete(id: string): void;
}
