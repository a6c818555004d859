/**
 * What an environment consists of besides people and their access: how programs declare it, and what the vendor has of
 * it then. Whoever adds a kind gives it a row here; the compiler asks for it.
 */
import { type StateDump } from "../../../emulator";
import { type Kind } from "../../../provider/resources";
import { type Recorded } from "./engine";
import { type Declaration, type Key } from "./history";
import { type Random } from "./random";

/** Kinds that the histories had from the beginning, each with words of its own in `truths.ts`. */
export type First =
  "Organization" | "User" | "OrganizationMembership" | "Invitation" | "OrganizationApiKey" | "OrganizationRole";
export type Thing = Exclude<Kind, First>;

type Values = Readonly<Record<string, unknown>>;
type Found = Pick<Recorded, "id" | "outputs">;

export interface ThingRow {
  readonly key: (random: Random) => Key;
  readonly inputs: (random: Random, key: Key) => Values;
  /** The object in the vendor's words; nothing where there is none. */
  readonly find: (recorded: Found, state: StateDump) => object | undefined;
  /** Inputs that the vendor's object says, by its names for them. */
  readonly says?: Readonly<Record<string, string>>;
  /** What else is not as declared. */
  readonly wrong?: (inputs: Values, recorded: Found, state: StateDump) => string | undefined;
  /** Once it is removed, there is still what it was about. */
  readonly stays?: true;
  /** Nothing reads it: it is taken for there. */
  readonly unread?: true;
}

const ref = (key: Key) => ({ ref: key });
const acme = ref("org-acme");
const present = (values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
const adoption = (random: Random) => ({ adopt: random.maybe(0.25, () => random.pick(["never", "if-exists"])) });
const keeping = (random: Random) => ({ onDestroy: random.maybe(0.15, () => random.pick(["retain", "delete"])) });
const byId = <T extends object>(all: readonly T[], id: string) => all.find((one) => "id" in one && one.id === id);
const fixed = (key: Key) => () => key;
const members = ["member-ann-acme", "member-ben-acme", "member-cleo-acme"];
const inGroup = ({ groupMemberships }: StateDump, group: unknown) =>
  groupMemberships
    .filter(({ group_id }) => group_id === group)
    .map(({ organization_membership_id }) => organization_membership_id);

export const things: Readonly<Record<Thing, ThingRow>> = {
  OrganizationDomain: {
    key: fixed("domain-acme"),
    inputs: (random) =>
      present({
        organizationId: acme,
        domain: random.pick(["acme.test", "acme.example"]),
        ...adoption(random),
        ...keeping(random),
      }),
    find: ({ id }, { organizations }) =>
      byId(
        organizations.flatMap(({ domains }) => domains),
        id,
      ),
    says: { domain: "domain", organizationId: "organization_id" },
  },
  Group: {
    key: (random) => random.pick(["group-eng", "group-ops"]),
    inputs: (random, key) =>
      present({
        organizationId: acme,
        name: key,
        description: random.maybe(0.4, () => random.pick(["One", "Two"])),
        ...adoption(random),
        ...keeping(random),
      }),
    find: ({ id }, { groups }) => byId(groups, id),
    says: { name: "name", description: "description" },
  },
  GroupMembership: {
    key: (random) => `in-eng-${random.pick(members)}`,
    inputs: (random, key) =>
      present({
        organizationId: acme,
        groupId: ref("group-eng"),
        organizationMembershipId: ref(key.slice("in-eng-".length)),
        ...adoption(random),
        ...keeping(random),
      }),
    find: ({ outputs }, state) =>
      inGroup(state, outputs.groupId).includes(String(outputs.organizationMembershipId)) ? outputs : undefined,
  },
  GroupMembers: {
    key: fixed("members-ops"),
    inputs: (random) =>
      present({
        organizationId: acme,
        groupId: ref("group-ops"),
        organizationMembershipIds: members.filter(() => random.chance(0.5)).map(ref),
        mode: random.maybe(0.2, () => "authoritative"),
        ...keeping(random),
      }),
    find: ({ outputs }, { groups }) => byId(groups, String(outputs.groupId)),
    wrong: ({ organizationMembershipIds: wanted }, { outputs }, state) => {
      const missing = ((wanted ?? []) as string[]).filter((one) => !inGroup(state, outputs.groupId).includes(one));
      return missing.length > 0 ? `${missing.join(", ")} is not in it` : undefined;
    },
    stays: true,
  },
  GroupRoleAssignments: {
    key: fixed("roles-eng"),
    inputs: (random) =>
      present({
        organizationId: acme,
        groupId: ref("group-eng"),
        roleAssignments: ["viewer", "member"].filter(() => random.chance(0.6)).map((roleSlug) => ({ roleSlug })),
        mode: random.maybe(0.4, () => "authoritative"),
        ...keeping(random),
      }),
    find: ({ outputs }, { groups }) => byId(groups, String(outputs.groupId)),
    wrong: ({ roleAssignments: wanted }, { outputs }, { groupRoleAssignments: all }) => {
      const given = all.filter(({ group_id }) => group_id === outputs.groupId).map(({ role }) => role.slug);
      const missing = ((wanted ?? []) as { roleSlug: string }[]).filter(({ roleSlug }) => !given.includes(roleSlug));
      return missing.length > 0 ? `${missing.map(({ roleSlug }) => roleSlug).join(", ")} is not given` : undefined;
    },
    stays: true,
  },
  Permission: {
    key: fixed("permission-pay"),
    inputs: (random) =>
      present({
        slug: "posts:pay",
        name: random.pick(["Pay", "Pay all"]),
        description: random.maybe(0.3, () => "To pay"),
        ...adoption(random),
        ...keeping(random),
      }),
    find: ({ id }, { permissions }) => byId(permissions, id),
    says: { name: "name", description: "description" },
  },
  EnvironmentRole: {
    key: fixed("environment-role"),
    inputs: (random) =>
      present({
        slug: "editor",
        name: random.pick(["Editor", "Author"]),
        permissions: random.maybe(0.7, () => ["posts:read", "posts:write"].slice(0, random.int(0, 2))),
        ...adoption(random),
        onDestroy: "retain",
      }),
    find: ({ outputs }, { roles }) =>
      roles.find(({ type, slug }) => type === "EnvironmentRole" && slug === outputs.slug),
    says: { name: "name", permissions: "permissions" },
    stays: true,
  },
  AuthorizationResource: {
    key: fixed("resource-apollo"),
    inputs: (random) =>
      present({
        organizationId: acme,
        resourceTypeSlug: "project",
        externalId: "apollo",
        name: random.pick(["Apollo", "Apollo 11"]),
        description: random.maybe(0.3, () => "To the moon"),
        cascadeDelete: random.maybe(0.5, () => true),
        ...adoption(random),
        ...keeping(random),
      }),
    find: ({ id }, { authorizationResources }) => byId(authorizationResources, id),
    says: { name: "name", description: "description" },
  },
  RoleAssignment: {
    key: fixed("assigned-ann"),
    inputs: (random) =>
      present({
        organizationMembershipId: ref("member-ann-acme"),
        roleSlug: random.pick(["project-lead", "project-guest"]),
        resourceId: ref("resource-apollo"),
        ...adoption(random),
        ...keeping(random),
      }),
    find: ({ id }, { roleAssignments }) => byId(roleAssignments, id),
  },
  UserApiKey: {
    key: (random) => `laptop-${random.pick(["1", "2"])}`,
    inputs: (random) =>
      present({
        userId: ref("user-ann"),
        organizationId: acme,
        name: "Laptop",
        permissions: random.maybe(0.3, () => ["posts:read"]),
        keepers: random.maybe(0.4, () => ({ rotation: random.pick(["1", "2"]) })),
        overlap: random.maybe(0.3, () => "24h"),
      }),
    find: ({ id }, { userApiKeys }) => byId(userApiKeys, id),
    says: { name: "name" },
  },
  ConnectApplication: {
    key: (random) => random.pick(["app-wiki", "app-worker"]),
    inputs: (random, key) =>
      present({
        name: key,
        ...(key === "app-worker"
          ? { applicationType: "m2m", organizationId: acme }
          : {
              applicationType: "oauth",
              redirectUris: random.maybe(0.5, () => [{ uri: "https://wiki.example.com/callback" }]),
            }),
        scopes: random.maybe(0.5, () => ["openid", "profile"].slice(0, random.int(1, 2))),
        description: random.maybe(0.3, () => random.pick(["Knows", "Works"])),
      }),
    find: ({ id }, { applications }) => byId(applications, id),
    says: { name: "name", scopes: "scopes", description: "description" },
  },
  ConnectApplicationSecret: {
    key: (random) => `secret-${random.pick(["1", "2"])}`,
    inputs: (random) =>
      present({
        applicationId: ref("app-worker"),
        keepers: random.maybe(0.4, () => ({ rotation: random.pick(["1", "2"]) })),
        overlap: random.maybe(0.2, () => "5m"),
      }),
    find: ({ id }, { clientSecrets }) => byId(clientSecrets, id),
  },
  RedirectUri: {
    key: fixed("redirect"),
    inputs: (random) =>
      present({
        uri: random.pick(["https://app.example.com/back", "https://app.example.com/return"]),
        ...adoption(random),
        ...keeping(random),
      }),
    find: ({ id }, { redirectUris }) => byId(redirectUris, id),
    says: { uri: "uri" },
  },
  CorsOrigin: {
    key: fixed("cors"),
    inputs: (random) =>
      present({
        origin: random.pick(["https://app.example.com", "https://www.example.com"]),
        ...adoption(random),
        onDestroy: "retain",
      }),
    find: ({ id }, { corsOrigins }) => byId(corsOrigins, id),
    says: { origin: "origin" },
    stays: true,
  },
  WebhookEndpoint: {
    key: fixed("webhook"),
    inputs: (random) =>
      present({
        endpointUrl: random.pick(["https://app.example.com/hooks", "https://app.example.com/events"]),
        events: random.pick([["user.created"], ["user.created", "session.created"]]),
        status: random.maybe(0.3, () => random.pick(["enabled", "disabled"])),
        ...adoption(random),
        ...keeping(random),
      }),
    find: ({ id }, { webhookEndpoints }) => byId(webhookEndpoints, id),
    says: { endpointUrl: "endpoint_url", events: "events", status: "status" },
  },
  JwtTemplate: {
    key: fixed("template"),
    inputs: (random) => ({ content: random.pick(['{ "own": 1 }', '{ "own": 2 }']) }),
    find: (_recorded, { jwtTemplate }) => jwtTemplate ?? undefined,
    says: { content: "content" },
    stays: true,
  },
  FeatureFlagState: {
    key: (random) => `flag-${random.pick(["on", "off"])}`,
    inputs: (random, key) => ({ slug: key.slice("flag-".length), enabled: random.chance(0.5) }),
    find: ({ outputs }, { featureFlags }) => featureFlags.find(({ slug }) => slug === outputs.slug),
    says: { enabled: "enabled" },
    stays: true,
  },
  FeatureFlagTarget: {
    key: fixed("target"),
    inputs: (random) => present({ slug: "on", resourceId: random.pick([acme, ref("user-ann")]), ...keeping(random) }),
    find: ({ outputs }, { featureFlagTargets }) =>
      featureFlagTargets.find(({ slug, resourceId }) => slug === outputs.slug && resourceId === outputs.resourceId),
  },
  AuditLogSchema: {
    key: fixed("schema"),
    inputs: (random) =>
      present({
        action: "invoice.paid",
        targets: random.pick([[{ type: "invoice" }], [{ type: "invoice" }, { type: "customer" }]]),
        ...adoption(random),
        onDestroy: "retain",
      }),
    find: ({ id }, { auditLogActions }) => (auditLogActions.includes(id) ? { id } : undefined),
    stays: true,
  },
  AuditLogRetention: {
    key: fixed("retention"),
    inputs: (random) => ({
      organizationId: acme,
      retentionPeriodInDays: random.pick([30, 365]),
      onDestroy: "retain",
    }),
    find: ({ id }, { auditLogRetentions }) => auditLogRetentions.find(({ organizationId }) => organizationId === id),
    says: { retentionPeriodInDays: "days" },
    stays: true,
  },
  VaultObject: {
    key: fixed("vault"),
    inputs: (random) =>
      present({
        name: "db-password",
        value: random.pick(vaultValues),
        keyContext: { tenant: "acme" },
        ...adoption(random),
        ...keeping(random),
      }),
    find: ({ id }, { vaultObjects }) => byId(vaultObjects, id),
    says: { name: "name" },
  },
  RadarListEntry: {
    key: fixed("radar"),
    inputs: (random) =>
      present({
        type: "ip_address",
        action: random.pick(["block", "allow"]),
        entry: "203.0.113.7",
        ...keeping(random),
      }),
    find: ({ outputs }, { radarEntries }) =>
      radarEntries.find(({ action, entry }) => action === outputs.action && entry === outputs.entry),
    unread: true,
  },
  DataIntegration: {
    key: fixed("integration"),
    inputs: (random) =>
      present({
        provider: "tracker",
        description: random.maybe(0.4, () => random.pick(["Bugs", "All bugs"])),
        enabled: random.maybe(0.5, () => random.chance(0.5)),
        ...{ credentialsType: "custom", clientId: "client-1", clientSecret: random.pick(integrationSecrets) },
        customProvider: { name: "Tracker" },
        ...adoption(random),
        ...keeping(random),
      }),
    find: ({ outputs }, { dataIntegrations }) => dataIntegrations.find(({ slug }) => slug === outputs.provider),
    says: { description: "description", enabled: "enabled" },
  },
  OrganizationDataIntegration: {
    key: fixed("integration-acme"),
    inputs: (random) => ({
      organizationId: acme,
      slug: "github",
      enabled: random.chance(0.5),
      onDestroy: "retain",
    }),
    // It goes with the integration that it is of, and with the organization.
    find: ({ outputs }, { organizations, dataIntegrations }) =>
      dataIntegrations.some(({ slug }) => slug === outputs.slug)
        ? byId(organizations, String(outputs.organizationId))
        : undefined,
    stays: true,
  },
};

/** Never to be seen in any output. */
const vaultValues = ["correct-vault-battery", "another-vault-battery"];
const integrationSecrets = ["correct-tracker-battery", "another-tracker-battery"];
export const declaredSecrets: readonly string[] = [...vaultValues, ...integrationSecrets];

export const thingKinds = Object.keys(things) as Thing[];
export const thingOf = (kind: string): ThingRow | undefined =>
  (things as Readonly<Record<string, ThingRow | undefined>>)[kind];

/** Any thing; the same for a key that it may have. */
export function thing(random: Random): Declaration {
  const kind = random.pick(thingKinds);
  const { key: keyOf, inputs } = things[kind];
  const key = keyOf(random);
  return { key, kind, inputs: inputs(random, key) };
}

/** How a thing differs from what is declared of it. */
export function thingDifference(
  kind: Thing,
  { id, inputs, outputs }: Pick<Recorded, "id" | "inputs" | "outputs">,
  state: StateDump,
): string | undefined {
  const row = things[kind];
  const found = row.find({ id, outputs }, state) as Values | undefined;
  if (!found) return "it does not exist";
  const plain = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...(value as unknown[])].sort() : value);
  const [name] = Object.entries(row.says ?? {}).find(
    ([input, field]) => inputs[input] !== undefined && plain(inputs[input]) !== plain(found[field]),
  ) ?? [undefined];
  if (name !== undefined) return `${name} is ${JSON.stringify(found[row.says?.[name] ?? ""])}`;
  return row.wrong?.(inputs, { id, outputs }, state);
}

/** What belongs to nobody's program: an organization's things that no stack may touch. */
export const thingsIn = (state: StateDump): readonly object[] =>
  [
    state.userApiKeys,
    state.groups,
    state.groupMemberships,
    state.groupRoleAssignments,
    state.redirectUris,
    state.webhookEndpoints,
    state.corsOrigins,
    state.authorizationResources,
    state.roleAssignments,
    state.auditLogRetentions,
    state.applications,
    state.clientSecrets,
    state.vaultObjects,
    state.radarEntries,
    state.featureFlagTargets,
    state.dataIntegrations,
    state.permissions,
  ].flat();
