/** What the vendor has, in a form in which two runs can be compared: without ids, tokens and times. */
import { type Emulator, type StateDump } from "../../../emulator";

export type Facts = Readonly<Record<string, readonly string[]>>;

/** Everything there is, revoked invitations included: a duplicate or an orphan is a line too many. */
export function factsOf({ control }: Emulator): Facts {
  const dump = control.state();
  const email = new Map(dump.users.map((user) => [user.id, user.email]));
  const organization = new Map(dump.organizations.map((org) => [org.id, org.external_id ?? org.name]));
  return {
    organizations: lines(dump.organizations, ({ name, external_id, metadata, domains }) => [
      name,
      external_id,
      metadata,
      domains.map(({ domain, state }) => [domain, state]),
    ]),
    users: lines(dump.users, (user) => [
      user.email,
      user.first_name,
      user.last_name,
      user.locale,
      user.external_id,
      user.metadata,
      user.email_verified,
    ]),
    memberships: lines(dump.organizationMemberships, ({ user_id, organization_id, role, roles, status }) => [
      email.get(user_id),
      organization.get(organization_id),
      (roles ?? [role]).map(({ slug }) => slug).sort(),
      status,
    ]),
    invitations: lines(dump.invitations, (invitation) => [invitation.email, invitation.state, invitation.role_slug]),
    apiKeys: lines(dump.apiKeys, (key) => [organization.get(key.owner.id), key.name, key.permissions, key.expires_at]),
    pendingDeletions: lines(dump.pendingDeletions, () => "pending"),
    ...Object.fromEntries(thingsIn(dump).map(([name, all]) => [name, lines(all, lasting)])),
  };
}

/** Everything else that there is of an environment. */
const thingsIn = (dump: StateDump): [name: string, all: readonly object[]][] => [
  ...Object.entries({
    ...{ permissions: dump.permissions, roles: dump.roles, groups: dump.groups },
    ...{ groupMemberships: dump.groupMemberships, groupRoleAssignments: dump.groupRoleAssignments },
    ...{ authorizationResources: dump.authorizationResources, roleAssignments: dump.roleAssignments },
    ...{ userApiKeys: dump.userApiKeys, applications: dump.applications, clientSecrets: dump.clientSecrets },
    ...{ redirectUris: dump.redirectUris, corsOrigins: dump.corsOrigins, webhookEndpoints: dump.webhookEndpoints },
    ...{ featureFlags: dump.featureFlags, featureFlagTargets: dump.featureFlagTargets },
    ...{ auditLogRetentions: dump.auditLogRetentions, vaultObjects: dump.vaultObjects },
    ...{ radarEntries: dump.radarEntries, dataIntegrations: dump.dataIntegrations },
  }),
  ["jwtTemplate", dump.jwtTemplate ? [dump.jwtTemplate] : []],
  ["auditLogActions", dump.auditLogActions.map((name) => ({ name }))],
];

const ofOneRun = /^(id|.*_id|.*_at|secret|secret_hint|obfuscated_value|redirect_uri)$/;

/** What two runs have in common of an object. */
const lasting = (object: object): unknown =>
  JSON.parse(
    JSON.stringify(object, (name, value: unknown) => (ofOneRun.test(name) ? undefined : value)).replace(
      /\b[a-z_]+_0[0-9A-Z]{25}\b/g,
      "{id}",
    ),
  );

/** Where a mail may have been sent and nothing tells, none is sent again, and the run says so. */
export const tellsOfDoubt = (told: string): boolean =>
  /it is not mailed a second time|so it will not be sent again by itself/.test(told);

/** How many mails each address got. */
export function mailsOf({ control }: Emulator): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { to } of control.mailbox.list()) counts[to] = (counts[to] ?? 0) + 1;
  return counts;
}

/** Every object's id. */
export function idsOf(dump: StateDump): Set<string> {
  const { organizations, users, organizationMemberships, invitations, apiKeys } = dump;
  const all: readonly object[] = [
    ...[organizations, users, organizationMemberships, invitations, apiKeys].flat(),
    ...organizations.flatMap(({ domains }) => domains),
    ...thingsIn(dump).flatMap(([, things]) => things),
  ];
  return new Set(all.map((one) => ("id" in one ? String(one.id) : "")));
}

function lines<T>(objects: readonly T[], describe: (object: T) => unknown): string[] {
  return objects.map((object) => JSON.stringify(describe(object))).sort();
}
