/** Everything of a live environment that a program can declare, read by the pages of the vendor's lists. */
import type {
  Api,
  ApiKeyObject,
  AuditLogActionObject,
  AuthorizationResourceObject,
  ClientSecretObject,
  ConnectApplicationObject,
  CorsOriginObject,
  DataIntegrationConfigurationObject,
  DataIntegrationObject,
  FeatureFlagObject,
  GroupObject,
  GroupRoleAssignmentObject,
  InvitationObject,
  OrganizationObject,
  PermissionObject,
  RedirectUriObject,
  RoleAssignmentObject,
  RoleObject,
  UserApiKeyObject,
  UserObject,
  VaultObject,
  WebhookEndpointObject,
} from "../../api";
import { undefinedIfMissing } from "../../api/http/missing";
import { forMany, organizationType, whichGroup } from "../../provider/groups";
import { type Live, readLive } from "../../provider/roster/current-people";
import { counted } from "../../provider/wording";
import type { Progress } from "../progress";
import { type LeftOut } from "./left-out";

export interface GroupThere {
  readonly group: GroupObject;
  /** Ids of the memberships that are in it. */
  readonly members: readonly string[];
  readonly roles: readonly GroupRoleAssignmentObject[];
}

export interface OrganizationThere {
  readonly organization: OrganizationObject;
  /** Nothing where nobody may read who is there. */
  readonly live?: Live;
  /** Its own roles, not those of the environment. */
  readonly roles: readonly RoleObject[];
  readonly groups: readonly GroupThere[];
  readonly resources: readonly AuthorizationResourceObject[];
  /** Roles that single members have on resources. */
  readonly assignments: readonly (RoleAssignmentObject & { readonly organization_membership_id: string })[];
  /** Days that its audit log keeps events; nothing where nobody has set them. */
  readonly retention?: number;
  readonly integrations: readonly DataIntegrationConfigurationObject[];
  readonly apiKeys: readonly ApiKeyObject[];
  /** Keys of its members in it; none where they are not asked for. */
  readonly userApiKeys: readonly UserApiKeyObject[];
}

export interface Target {
  readonly flag: string;
  /** Id of a user or an organization. */
  readonly resourceId: string;
}

export interface EnvironmentThere {
  readonly organizations: readonly OrganizationThere[];
  readonly permissions: readonly PermissionObject[];
  readonly roles: readonly RoleObject[];
  /** Who is in no organization. */
  readonly users: readonly UserObject[];
  /** Open invitations to the environment alone. */
  readonly invitations: readonly InvitationObject[];
  readonly applications: readonly ConnectApplicationObject[];
  /** Client secrets by the application's id, oldest first; none where they are not asked for. */
  readonly applicationSecrets: ReadonlyMap<string, readonly ClientSecretObject[]>;
  readonly redirectUris: readonly RedirectUriObject[];
  readonly corsOrigins: readonly CorsOriginObject[];
  readonly webhookEndpoints: readonly WebhookEndpointObject[];
  /** Content of the JWT template. */
  readonly jwtTemplate?: string;
  readonly flags: readonly FeatureFlagObject[];
  readonly targets: readonly Target[];
  /** Addresses of the users among the targets. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly auditLogActions: readonly AuditLogActionObject[];
  readonly vaultObjects: readonly VaultObject[];
  readonly integrations: readonly DataIntegrationObject[];
  /** Ids of the organizations that were asked for, where not all of the environment was. */
  readonly only?: readonly string[];
}

export interface ReadOptions {
  readonly profiles: boolean;
  /** Whether to write also what applications make by the thousands. */
  readonly everything: boolean;
  /** Whether keys and secrets are looked for as well, whose values nobody tells. */
  readonly keys?: boolean;
  /** Ids of the only organizations that are read, and of the environment what is theirs. Default: everything there is. */
  readonly only?: readonly string[];
}

/** What applications make is written up to here: each is a resource of its own, and some cost a request of their own. */
export const many = 500;
const howToHaveAll = "--everything writes them all the same";

/** The order of lists that the vendor has newest first: whatever the machine's language, a program is the same. */
export const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const sortedBy = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  [...items].sort((one, other) => compared(key(one), key(other)));

export async function readEnvironment(
  api: Api,
  { profiles, everything, keys = false, only }: ReadOptions,
  progress: Progress,
  leftOut: LeftOut,
): Promise<EnvironmentThere> {
  const all = async <T>(list: AsyncIterable<T>): Promise<T[]> => {
    const items: T[] = [];
    for await (const item of list) {
      items.push(item);
      progress.step();
    }
    return items;
  };
  const list = <T>(what: string, read: () => AsyncIterable<T>) => leftOut.unless<T[]>(what, [], () => all(read()));
  const few = (count: number) => everything || count <= many;

  /** What belongs to no organization is read where all of the environment is. */
  const whole = <T>(what: string, read: () => AsyncIterable<T>) => (only ? Promise.resolve([]) : list<T>(what, read));

  const permissions = await whole("permissions", () => api.permissions.list());
  const roles = only
    ? []
    : await leftOut.unless("roles of the environment", [], async () => (await api.roles.list()).data);
  const integrations = await list("data integrations", () => api.dataIntegrations.list());
  const flags = await list("feature flags", () => api.featureFlags.list());
  // Of one that is off, nothing tells for whom it would be on; one that is on by default is on for all.
  const telling = flags.filter((flag) => flag.enabled && !flag.default_value);
  const targets: Target[] = [];

  const organizations = only
    ? await Promise.all(only.map((id) => api.organizations.get({ id })))
    : await list("organizations", () => api.organizations.list());
  const found = new Map<OrganizationObject, OrganizationThere>();
  const part = progress.part("organizations", organizations.length);
  const failed = await forMany(organizations, async (organization) => {
    const there = await readOrganization(organization);
    if (there) found.set(organization, there);
    progress.step();
    part.step();
  });
  part.end();
  for (const error of failed.values()) throw error;

  const members = new Set(
    [...found.values()].flatMap(({ live }) => [...(live?.people ?? [])].map((one) => one.userId)),
  );
  const users = await whole("users", () => api.users.list());
  const outside = users.filter(({ id }) => !members.has(id));
  const invitations = await whole("invitations", () => api.invitations.list());
  const known = organizations.length === 0 || [...found.values()].every(({ live }) => live !== undefined);
  if (!known && outside.length > 0) {
    leftOut.say("users in no organization", "of some organizations nobody may read who is in them");
  } else if (!few(outside.length)) {
    leftOut.say(`${counted(outside.length)} users who are in no organization`, `they are many; ${howToHaveAll}`);
  }
  await readTargetsOfUsers(users);
  const vaultObjects = only ? [] : await readVault();
  const applications = sortedBy(
    (await list("Connect applications", () => api.connectApplications.list())).filter(
      (one) => !only || ("organization_id" in one && only.includes(one.organization_id ?? "")),
    ),
    (one) => one.name,
  );
  const userKeys = await readUserKeys();

  return {
    organizations: sortedBy(organizations, ({ name }) => name).flatMap((one) => {
      const there = found.get(one);
      return there ? [{ ...there, userApiKeys: userKeys.get(one.id) ?? [] }] : [];
    }),
    permissions: sortedBy(permissions, ({ slug }) => slug),
    roles,
    users: known && few(outside.length) ? sortedBy(outside, ({ email }) => email) : [],
    invitations: sortedBy(invitations, ({ email }) => email).filter(
      (one) => one.state === "pending" && one.organization_id === null,
    ),
    applications,
    applicationSecrets: await readSecrets(applications),
    redirectUris: await whole("redirect URIs", () => api.redirectUris.list({ order: "asc" })),
    corsOrigins: await whole("CORS origins", () => api.corsOrigins.list({ order: "asc" })),
    webhookEndpoints: await whole("webhook endpoints", () => api.webhookEndpoints.list({ order: "asc" })),
    jwtTemplate: only
      ? undefined
      : await leftOut.unless("JWT template", undefined, () =>
          api.jwtTemplate.get().then(({ content }) => content, undefinedIfMissing),
        ),
    flags: sortedBy(flags, ({ slug }) => slug),
    targets,
    addresses: new Map(users.map(({ id, email }) => [id, email])),
    auditLogActions: sortedBy(
      await whole("audit log schemas", () => api.auditLogSchemas.listActions()),
      (one) => one.name,
    ),
    vaultObjects: sortedBy(vaultObjects, ({ name }) => name),
    integrations: sortedBy(integrations, ({ slug }) => slug),
    only,
  };

  /** Nothing where it has been deleted in the meantime. */
  async function readOrganization(organization: OrganizationObject): Promise<OrganizationThere | undefined> {
    const { id, name } = organization;
    const own = { organization_id: id };
    const of = <T>(what: string, otherwise: T, read: () => Promise<T>) => leftOut.unless(what, otherwise, read, name);
    const live = await of("people", undefined, () =>
      readLive(
        api,
        id,
        () => profiles,
        () => progress.step(),
      ),
    );
    const groups = await of("groups", [], () => all(api.groups.list({ ...own, order: "asc" })));
    const resources = await of("authorization resources", [], async () =>
      (await all(api.authorizationResources.list({ ...own, order: "asc" }))).filter(
        (one) => one.resource_type_slug !== organizationType,
      ),
    );
    const on = await of("feature flags of organizations", [], async () =>
      telling.length > 0 ? all(api.featureFlags.listForOrganization(own)) : [],
    );
    for (const { slug: flag } of on) {
      if (telling.some((one) => one.slug === flag)) targets.push({ flag, resourceId: id });
    }
    return {
      organization,
      live,
      roles: await of("roles of organizations", [], async () =>
        (await api.roles.listForOrganization(own)).data.filter(({ type }) => type === "OrganizationRole"),
      ),
      groups: await Promise.all(
        groups.map(async (group) => {
          const which = whichGroup({ organizationId: id, groupId: group.id });
          const inIt = await of("members of groups", [], () =>
            all(api.groupMemberships.list({ ...which, order: "asc" })),
          );
          const given = await of("roles of groups", [], () =>
            all(api.groupRoleAssignments.list({ group_id: group.id })),
          );
          return { group, members: inIt.map((one) => one.id), roles: given };
        }),
      ),
      resources,
      assignments: (
        await Promise.all(
          resources.map((resource) =>
            of("roles on resources", [], () => all(api.roleAssignments.listForResource({ resource_id: resource.id }))),
          ),
        )
      )
        .flat()
        .flatMap(({ organization_membership_id, ...one }) =>
          organization_membership_id === undefined || one.source?.type === "group"
            ? []
            : [{ ...one, organization_membership_id }],
        ),
      retention: await of("audit log retentions", undefined, async () => {
        const set = await api.auditLogRetentions.get({ id }).catch(undefinedIfMissing);
        return set?.retention_period_in_days ?? undefined;
      }),
      integrations: await of("data integrations of organizations", [], async () =>
        integrations.length > 0 ? (await api.dataIntegrations.listForOrganization(own)).data : [],
      ),
      apiKeys: await of("API keys", [], () => all(api.apiKeys.listForOrganization(own))),
      userApiKeys: [],
    };
  }

  /** One request for each member of each organization, since no list has them all. */
  async function readUserKeys(): Promise<Map<string, UserApiKeyObject[]>> {
    const read = new Map<string, UserApiKeyObject[]>();
    const people = [...found.values()].flatMap(({ organization, live }) =>
      [...(live?.people ?? [])].flatMap(({ userId, status }) =>
        userId === undefined || status !== "active" ? [] : [{ user_id: userId, organization_id: organization.id }],
      ),
    );
    if (!keys) return read;
    if (!few(people.length)) {
      leftOut.say(
        "API keys of single people",
        `that takes a request for each of ${counted(people.length)} members; --everything asks all the same`,
      );
      return read;
    }
    const failures = await forMany(people, async (which) => {
      const theirs = await leftOut.unless("API keys of single people", [], () => all(api.userApiKeys.list(which)));
      const known = read.get(which.organization_id) ?? [];
      read.set(which.organization_id, [...known, ...theirs]);
      progress.step();
    });
    for (const error of failures.values()) throw error;
    return new Map([...read].map(([id, some]) => [id, sortedBy(some, (one) => one.id)]));
  }

  async function readSecrets(all: readonly ConnectApplicationObject[]): Promise<Map<string, ClientSecretObject[]>> {
    const read = new Map<string, ClientSecretObject[]>();
    const failures = await forMany(keys ? all : [], async ({ id }) => {
      const secrets = await leftOut.unless("secrets of Connect applications", [], async () =>
        api.connectApplications.listSecrets({ id }),
      );
      read.set(
        id,
        sortedBy(secrets, (one) => one.created_at),
      );
    });
    for (const error of failures.values()) throw error;
    return read;
  }

  /** One request for each user, since no list tells a flag's targets. Whom an organization's flag reaches is none. */
  async function readTargetsOfUsers(people: readonly UserObject[]): Promise<void> {
    if (telling.length === 0 || people.length === 0) return;
    if (!few(people.length)) {
      leftOut.say(
        "users among the targets of feature flags",
        `that takes a request for each of ${counted(people.length)} users; --everything asks all the same`,
      );
      return;
    }
    const byOrganization = new Map<string, Set<string>>();
    for (const { organization, live } of found.values()) {
      const theirs = targets.filter(({ resourceId }) => resourceId === organization.id).map(({ flag }) => flag);
      for (const { userId = "" } of theirs.length > 0 ? (live?.people ?? []) : []) {
        byOrganization.set(userId, new Set([...(byOrganization.get(userId) ?? []), ...theirs]));
      }
    }
    const own = new Map<string, readonly string[]>();
    const failures = await forMany(people, async ({ id }) => {
      const on = await leftOut.unless("users among the targets of feature flags", [], () =>
        all(api.featureFlags.listForUser({ user_id: id })),
      );
      const isOwn = (slug: string) =>
        telling.some((flag) => flag.slug === slug) && byOrganization.get(id)?.has(slug) !== true;
      own.set(id, on.map(({ slug }) => slug).filter(isOwn));
    });
    for (const error of failures.values()) throw error;
    for (const { id } of people) targets.push(...(own.get(id) ?? []).map((flag) => ({ flag, resourceId: id })));
  }

  async function readVault(): Promise<VaultObject[]> {
    const listed = await list("vault objects", () => api.vault.list());
    if (!few(listed.length)) {
      leftOut.say(`${counted(listed.length)} vault objects`, `they are many; ${howToHaveAll}`);
      return [];
    }
    // What decides on an object's key is in no list.
    const described = new Map<string, VaultObject>();
    const failures = await forMany(listed, async ({ id }) => {
      const one = await leftOut.unless("vault objects", undefined, () => Promise.resolve(api.vault.describe({ id })));
      if (one) described.set(id, one);
      progress.step();
    });
    for (const error of failures.values()) throw error;
    return listed.flatMap(({ id }) => described.get(id) ?? []);
  }
}
