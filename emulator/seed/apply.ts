import { hashOf, newToken } from "../auth/secrets";
import { type Context } from "../context";
import { newApiKey } from "../handlers/api-keys";
import { addGroup, addGroupRole, addMember } from "../handlers/groups";
import { addFeatureFlag } from "../handlers/feature-flags";
import { addDomain } from "../handlers/organization-domains";
import { addRedirectUri } from "../handlers/redirect-uris";
import { membershipOf, putMembership } from "../handlers/memberships";
import { addPermission, permissionOf } from "../handlers/permissions";
import { addRole } from "../handlers/roles";
import { newUser } from "../handlers/users";
import { addConnection, addDirectory } from "../directories/make";
import { hashPassword } from "../passwords/password";
import { type StoredOrganization, type StoredPassword } from "../store/entities";
import { plainly } from "../../api/issues";
import { foldAddress } from "../../api/address";
import { pairKey } from "../store/store";
import { type Seed, type SeedInput, seedProblems, seedSchema } from "./schema";

/**
 * Checks a seed and hashes its passwords, which takes time; what comes back puts it into an emulator at once. What a
 * data file has already (by id, address or external id) is left as it is.
 */
export async function prepareSeed(input: SeedInput): Promise<(context: Context) => void> {
  const { data: seed, error } = seedSchema.safeParse(input, { error: plainly });
  if (error) {
    const mistakes = error.issues.map(({ path, message }) =>
      [path.map(String).join(".") || "seed", message].join(": "),
    );
    throw new RangeError(mistakes.join("\n"));
  }
  const [problem] = seedProblems(seed);
  if (problem !== undefined) throw new RangeError(`${problem.path.join(".")}: ${problem.message}`);
  const passwords = await Promise.all(
    seed.users.map(async ({ password }) => (password === undefined ? null : hashPassword(password))),
  );
  return (context) => context.store.write(() => apply(seed, passwords, context));
}

function apply(seed: Seed, passwords: readonly (StoredPassword | null)[], context: Context): void {
  const organizations = new Map<string, string>();
  for (const given of seed.organizations) {
    const id = organization(given, context);
    for (const name of [given.id, given.external_id]) if (name !== undefined) organizations.set(name, id);
  }
  const idOf = (name: string) => organizations.get(name) ?? name;
  for (const given of seed.permissions) {
    if (permissionOf(given.slug, context) === undefined) addPermission(given, context);
  }
  for (const { organization: name, ...role } of seed.roles) {
    const organizationId = name === undefined ? undefined : idOf(name);
    const known = context.store.roles.by("organization", organizationId ?? "");
    if (!known.some(({ slug }) => slug === role.slug)) addRole({ ...role, organizationId }, context);
  }
  seed.users.forEach((given, index) => user(given, passwords[index] ?? null, idOf, context));
  for (const given of seed.groups) group(given, idOf(given.organization), context);
  for (const given of seed.api_keys) apiKey(given, idOf(given.organization), context);
  for (const given of seed.connections) connection(given, idOf(given.organization), context);
  for (const given of seed.directories) directory(given, idOf(given.organization), context);
  for (const given of seed.applications) {
    application(given, given.organization === undefined ? null : idOf(given.organization), context);
  }
  for (const uri of seed.redirect_uris) {
    if (context.store.redirectUris.idsBy("uri", uri).size === 0) addRedirectUri(uri, context);
  }
  for (const given of seed.feature_flags) featureFlag(given, idOf, context);
}

function organization(given: Seed["organizations"][number], context: Context): string {
  const { store, ids, clock } = context;
  const known =
    (given.id === undefined ? undefined : store.organizations.get(given.id)) ??
    (given.external_id === undefined ? undefined : store.organizations.by("external_id", given.external_id)[0]);
  if (known !== undefined) return known.id;
  const now = clock.iso();
  const stored: StoredOrganization = {
    id: given.id ?? ids.make("org"),
    name: given.name,
    metadata: given.metadata,
    external_id: given.external_id ?? null,
    stripe_customer_id: null,
    allow_profiles_outside_organization: false,
    audit_log_retention_days: null,
    created_at: now,
    updated_at: now,
  };
  store.organizations.put(stored);
  for (const domain of given.domains) addDomain(stored.id, { domain, state: "verified" }, context);
  return stored.id;
}

function user(
  given: Seed["users"][number],
  password: StoredPassword | null,
  idOf: (name: string) => string,
  context: Context,
): void {
  const { store, ids, clock } = context;
  const known =
    (given.id === undefined ? undefined : store.users.get(given.id)) ??
    store.users.by("email", foldAddress(given.email))[0];
  if (known !== undefined) return;
  const {
    memberships,
    id = ids.make("user"),
    first_name = null,
    last_name = null,
    external_id = null,
    ...rest
  } = given;
  const made = newUser({ ...rest, first_name, last_name, external_id, password }, id, clock.iso());
  store.users.put(made);
  for (const membership of memberships) {
    const { role, status } = membership;
    const organization_id = idOf(membership.organization);
    putMembership({ id: membership.id, user_id: id, organization_id, roles: [role], status }, context);
  }
}

function group(given: Seed["groups"][number], organization_id: string, context: Context): void {
  const { id, name, description = null, members, roles } = given;
  const known = context.store.groups
    .by("organization", organization_id)
    .some((other) => other.id === id || other.name === name);
  if (known) return;
  const made = addGroup({ id, organization_id, name, description }, context);
  for (const email of members) {
    const membership = membershipOf(email, organization_id, context);
    if (membership !== undefined) addMember(made.id, membership.id, context);
  }
  for (const role_slug of new Set(roles)) addGroupRole(made, { role_slug }, context);
}

function apiKey(given: Seed["api_keys"][number], organization_id: string, context: Context): void {
  const { store } = context;
  const user_id = given.user === undefined ? null : (store.users.by("email", foldAddress(given.user))[0]?.id ?? null);
  const keys =
    user_id === null
      ? store.apiKeys.by("organization", organization_id)
      : store.apiKeys.by("user_organization", pairKey(user_id, organization_id));
  if (keys.some(({ id, name }) => id === given.id || name === given.name)) return;
  const { id, name, permissions, value } = given;
  newApiKey({ id, name, permissions, value, organization_id, user_id }, context);
}

/** One that a data file has keeps its targets. */
function featureFlag(
  { targets, default_value: defaultValue, ...given }: Seed["feature_flags"][number],
  idOf: (name: string) => string,
  context: Context,
): void {
  const { store, ids } = context;
  if (store.featureFlags.idsBy("slug", given.slug).size > 0) return;
  const { id: flag_id } = addFeatureFlag({ ...given, defaultValue }, context);
  const resources = targets.map((name) => store.users.by("email", foldAddress(name))[0]?.id ?? idOf(name));
  for (const resource_id of new Set(resources)) {
    store.flagTargets.put({ id: ids.make("flag_target"), flag_id, resource_id });
  }
}

function application(given: Seed["applications"][number], organizationId: string | null, context: Context): void {
  const { store, ids, clock } = context;
  const client_id = given.client_id ?? ids.make("client");
  const byId = given.id === undefined ? undefined : store.applications.get(given.id);
  const known = byId !== undefined || store.applications.idsBy("client", client_id).size > 0;
  if (known) return;
  const stamps = { created_at: clock.iso(), updated_at: clock.iso() };
  const id = given.id ?? ids.make("conn_app");
  store.applications.put({
    id,
    client_id,
    name: given.name,
    description: null,
    scopes: given.scopes,
    application_type: "oauth",
    redirect_uris: given.redirect_uris.map((uri, index) => ({ uri, default: index === 0 })),
    uses_pkce: given.uses_pkce,
    is_first_party: given.first_party,
    organization_id: organizationId,
    ...stamps,
  });
  const secret = given.secret ?? newToken();
  const hashed = { secret_hash: hashOf(secret), secret_hint: secret.slice(-4) };
  const secretId = ids.make("conn_app_secret");
  store.clientSecrets.put({ id: secretId, application_id: id, ...hashed, last_used_at: null, ...stamps });
}

function connection(given: Seed["connections"][number], organization_id: string, context: Context): void {
  const known = context.store.connections
    .by("organization", organization_id)
    .some(({ id, name }) => id === given.id || name === given.name);
  if (!known) addConnection({ ...given, organization: organization_id }, context);
}

function directory(given: Seed["directories"][number], organization_id: string, context: Context): void {
  const known = context.store.directories
    .by("organization", organization_id)
    .some(({ id, name }) => id === given.id || name === given.name);
  if (!known) addDirectory({ ...given, organization: organization_id }, context);
}
