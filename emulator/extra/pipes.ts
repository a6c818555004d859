/** Accounts at other services that people connect: `DataIntegrationsController` and its like in the specification. */
import { z } from "zod";
import { endpoint } from "../../api/endpoint";
import { integrationAuthMethods } from "../../api/schemas/integration-words";
import { newToken } from "../auth/secrets";
import { type Context } from "../context";
import { ApiError, notFound } from "../errors";
import { isExpired } from "../handlers/present";
import { type StoredConnectedAccount, type StoredIntegration } from "../store/entities";
import { accountKey, pairKey } from "../store/store";
import { maybe, serve, text, word } from "./operation";

const orNull = z.string().nullable();
const texts = z.record(z.string(), z.string());
const who = { user_id: text, organization_id: maybe };
const inOrganization = z.object({ organization_id: maybe });
const method = z.enum(integrationAuthMethods);
const state = z.enum(["connected", "needs_reauthorization"]);

const account = z.object({
  object: z.literal("connected_account"),
  id: text,
  user_id: orNull,
  organization_id: orNull,
  scopes: z.array(text),
  auth_method: method,
  api_key_last_4: orNull,
  client_id: orNull.optional(),
  client_secret_last_4: orNull.optional(),
  config: texts.optional(),
  state,
  created_at: text,
  updated_at: text,
});
/** Older words for some fields, which the list of providers has besides. */
const accountOfList = account.extend({
  userlandUserId: orNull,
  organizationId: orNull,
  createdAt: text,
  updatedAt: text,
});
const provider = z.object({
  object: z.literal("data_provider"),
  id: text,
  name: text,
  description: orNull,
  slug: text,
  integration_type: text,
  credentials_type: text,
  scopes: z.array(text).nullable(),
  auth_methods: z.array(method),
  ownership: z.enum(["userland_user", "organization"]),
  created_at: text,
  updated_at: text,
  integrationType: text,
  credentialsType: text,
  createdAt: text,
  updatedAt: text,
  connected_account: accountOfList.nullable(),
});

const granted = { expires_at: orNull, scopes: z.array(text), missing_scopes: z.array(text) };
const inactive = z.object({ active: z.literal(false), error: z.enum(["not_installed", "needs_reauthorization"]) });
const active = <S extends z.ZodRawShape>(shape: S) => z.object({ active: z.literal(true), ...shape });
const accessToken = z.object({ object: z.literal("access_token"), access_token: text, ...granted });
const credential = z.discriminatedUnion("auth_method", [
  z.object({ object: z.literal("credential"), auth_method: z.literal("oauth"), value: text, ...granted }),
  z.object({ object: z.literal("credential"), auth_method: z.literal("api_key"), value: text }),
  z.object({
    object: z.literal("credential"),
    auth_method: z.literal("client_credentials"),
    value: text,
    ...granted,
    metadata: z.record(z.string(), z.unknown()),
  }),
]);

const write = { repeat: "unsafe", lane: "write" } as const;
const ofUser = "/user_management/users/{user_id}/connected_accounts/{slug}" as const;
const tokens = z.object({
  access_token: maybe,
  refresh_token: maybe,
  expires_at: z.iso.datetime({ offset: true }).optional(),
  scopes: z.array(z.string()).optional(),
  state: state.optional(),
});

export const pipes = {
  authorizeUrl: serve(
    endpoint({
      ...write,
      operation: "DataIntegrationsController_getDataIntegrationAuthorizeUrl",
      method: "POST",
      path: "/data-integrations/{slug}/authorize",
      body: z.object({ ...who, return_to: z.url().optional(), config: texts.optional() }),
      success: { 200: z.object({ url: text }) },
    }),
    async ({ slug, user_id, organization_id, return_to, config }, context) => {
      const integration = integrationFor(slug, "oauth", context);
      checkPerson(user_id, organization_id, context);
      const iat = Math.floor(context.clock.now() / 1000);
      const request = await context.signingKey.sign({
        ...{ aud: connectAudience, slug: integration.slug, user_id, iat, exp: iat + 600 },
        ...{ organization_id, return_to, config },
      });
      const url = new URL(connectPath, context.url);
      url.searchParams.set("request", request);
      return { url: url.href };
    },
  ),

  setApiKey: serve(
    endpoint({
      ...write,
      operation: "DataIntegrationsController_upsertApiKey",
      method: "PUT",
      path: "/data-integrations/{slug}/api-key",
      body: z.object({ ...who, secret: word }),
      success: { 200: account },
    }),
    ({ slug, user_id, organization_id, secret }, context) => {
      integrationFor(slug, "api_key", context);
      return presentAccount(
        upsert({ slug, user_id, organization_id, auth_method: "api_key" }, { api_key: secret }, context),
      );
    },
  ),

  setClientCredentials: serve(
    endpoint({
      ...write,
      operation: "DataIntegrationsController_upsertClientCredentials",
      method: "PUT",
      path: "/data-integrations/{slug}/client-credentials",
      body: z.object({ ...who, client_id: word, client_secret: word, config: texts.optional() }),
      success: { 200: account },
    }),
    ({ slug, user_id, organization_id, client_id, client_secret, config }, context) => {
      const { scopes } = integrationFor(slug, "client_credentials", context);
      const fields = { client_id, client_secret, scopes: scopes ?? [], ...(config === undefined ? {} : { config }) };
      const which = { slug, user_id, organization_id, auth_method: "client_credentials" as const };
      return presentAccount(upsert(which, fields, context));
    },
  ),

  credentials: serve(
    endpoint({
      operation: "DataIntegrationsController_vendCredentials",
      method: "POST",
      path: "/data-integrations/{slug}/credentials",
      body: z.object(who),
      success: { 200: z.union([active({ credential }), inactive]) },
      repeat: "safe",
      lane: "read",
    }),
    ({ slug, ...person }, context) => {
      const integration = integrationBySlug(slug, context);
      const found = usable(integration, person, context);
      if (typeof found === "string") return { active: false as const, error: found };
      const object = "credential" as const;
      const common = {
        expires_at: found.expires_at,
        scopes: [...found.scopes],
        missing_scopes: missing(integration, found),
      };
      switch (found.auth_method) {
        case "api_key":
          return {
            active: true as const,
            credential: { object, auth_method: "api_key" as const, value: found.api_key ?? "" },
          };
        case "client_credentials": {
          const value = `stand_in_${newToken(18)}`;
          const expires_at = inAnHour(context);
          const more = { ...common, expires_at, metadata: { ...found.config } };
          return {
            active: true as const,
            credential: { object, auth_method: "client_credentials" as const, value, ...more },
          };
        }
        case "oauth": {
          const value = found.access_token ?? "";
          return { active: true as const, credential: { object, auth_method: "oauth" as const, value, ...common } };
        }
      }
    },
  ),

  token: serve(
    endpoint({
      operation: "DataIntegrationsController_getUserlandUserToken",
      method: "POST",
      path: "/data-integrations/{slug}/token",
      body: z.object(who),
      success: { 200: z.union([active({ access_token: accessToken }), inactive]) },
      repeat: "safe",
      lane: "read",
    }),
    ({ slug, ...person }, context) => {
      const integration = integrationBySlug(slug, context);
      const found = usable(integration, person, context);
      if (typeof found === "string") return { active: false as const, error: found };
      if (found.auth_method !== "oauth") throw mismatch(found.auth_method);
      return {
        active: true as const,
        access_token: {
          object: "access_token" as const,
          access_token: found.access_token ?? "",
          expires_at: found.expires_at,
          scopes: [...found.scopes],
          missing_scopes: missing(integration, found),
        },
      };
    },
  ),

  getAccount: serve(
    endpoint({
      operation: "DataIntegrationsUserManagementController_getUserDataInstallation",
      method: "GET",
      path: ofUser,
      query: inOrganization,
      success: { 200: account },
      repeat: "safe",
      lane: "read",
    }),
    (which, context) => presentAccount(accountOf(which, context)),
  ),

  importAccount: serve(
    endpoint({
      ...write,
      operation: "DataIntegrationsUserManagementController_createUserDataInstallation",
      method: "POST",
      path: ofUser,
      query: inOrganization,
      body: tokens,
      success: { 201: account },
    }),
    ({ slug, user_id, organization_id, ...given }, context) => {
      integrationBySlug(slug, context);
      checkPerson(user_id, organization_id, context);
      if (find({ slug, user_id, organization_id }, context) !== undefined) {
        throw new ApiError(409, { message: `The user has an account of '${slug}' already.` });
      }
      if (given.access_token === undefined && given.refresh_token === undefined) {
        throw new ApiError(422, { message: "Give access_token, refresh_token or both." });
      }
      return presentAccount(upsert({ slug, user_id, organization_id, auth_method: "oauth" }, defined(given), context));
    },
  ),

  updateAccount: serve(
    endpoint({
      ...write,
      operation: "DataIntegrationsUserManagementController_updateUserDataInstallation",
      method: "PUT",
      path: ofUser,
      query: inOrganization,
      body: tokens,
      success: { 200: account },
    }),
    ({ slug, user_id, organization_id, ...given }, context) => {
      const found = accountOf({ slug, user_id, organization_id }, context);
      const changed = { ...found, ...defined(given), updated_at: context.clock.iso() };
      context.store.write(() => context.store.connectedAccounts.put(changed));
      return presentAccount(changed);
    },
  ),

  deleteAccount: serve(
    endpoint({
      ...write,
      operation: "DataIntegrationsUserManagementController_deleteUserDataInstallation",
      method: "DELETE",
      path: ofUser,
      query: inOrganization,
      success: { 204: null },
    }),
    (which, context) => {
      const { id } = accountOf(which, context);
      context.store.write(() => context.store.connectedAccounts.delete(id));
      return null;
    },
  ),

  providers: serve(
    endpoint({
      operation: "DataIntegrationsUserManagementController_getUserDataIntegrations",
      method: "GET",
      path: "/user_management/users/{user_id}/data_providers",
      query: inOrganization,
      success: { 200: z.object({ object: z.literal("list"), data: z.array(provider) }) },
      repeat: "safe",
      lane: "read",
    }),
    ({ user_id, organization_id }, context) => {
      checkPerson(user_id, organization_id, context);
      const enabled = context.store.integrations.all().filter((one) => isEnabled(one, organization_id, context));
      const data = enabled.map((one) => {
        const found = find({ slug: one.slug, user_id, organization_id }, context);
        return presentProvider(one, found);
      });
      return { object: "list" as const, data };
    },
  ),
} as const;

export const connectPath = "/pipes/connect";
const connectAudience = "pipes";

const connectRequest = z.object({
  slug: text,
  user_id: text,
  organization_id: maybe,
  return_to: maybe,
  config: texts.optional(),
});
export type ConnectAccountRequest = z.output<typeof connectRequest>;

/** What the page at `connectPath` was asked for; nothing where the link is wrong or over. */
export async function readConnectRequest(token: string, context: Context): Promise<ConnectAccountRequest | undefined> {
  const claims = await context.signingKey.verify(token, context.clock.now());
  if (claims?.aud !== connectAudience) return undefined;
  const parsed = connectRequest.safeParse(claims);
  return parsed.success ? parsed.data : undefined;
}

/** The person said yes on the page that stands in for the other service. */
export function connectAccount({ slug, user_id, organization_id, config }: ConnectAccountRequest, context: Context) {
  const { scopes } = integrationFor(slug, "oauth", context);
  const fields = { ...freshTokens(context), scopes: scopes ?? [], ...(config === undefined ? {} : { config }) };
  upsert({ slug, user_id, organization_id, auth_method: "oauth" }, fields, context);
}

const inAnHour = ({ clock }: Context) => new Date(clock.now() + 60 * 60_000).toISOString();
const freshTokens = (context: Context) => ({
  access_token: `stand_in_${newToken(18)}`,
  refresh_token: `stand_in_${newToken(18)}`,
  expires_at: inAnHour(context),
});

const mismatch = (is: string) =>
  new ApiError(422, { code: "auth_method_mismatch", message: `The account was connected by ${is}.` });

function integrationBySlug(slug: string, { store }: Context): StoredIntegration {
  const [found] = store.integrations.by("slug", slug);
  if (found === undefined) throw notFound("Data integration", slug);
  return found;
}

function integrationFor(slug: string, by: StoredConnectedAccount["auth_method"], context: Context): StoredIntegration {
  const found = integrationBySlug(slug, context);
  if (!found.enabled) throw new ApiError(403, { message: `The data integration '${slug}' is not enabled.` });
  if (!found.auth_methods.includes(by)) throw new ApiError(400, { message: `'${slug}' is not connected by ${by}.` });
  return found;
}

function isEnabled(one: StoredIntegration, organizationId: string | undefined, { store }: Context): boolean {
  const [own] =
    organizationId === undefined ? [] : store.integrationOverrides.by("pair", pairKey(organizationId, one.id));
  return own?.enabled ?? one.enabled;
}

function checkPerson(userId: string, organizationId: string | undefined, { store }: Context): void {
  if (store.users.get(userId) === undefined) throw notFound("User", userId);
  if (organizationId !== undefined && store.organizations.get(organizationId) === undefined) {
    throw notFound("Organization", organizationId);
  }
}

interface Which {
  readonly slug: string;
  readonly user_id: string;
  readonly organization_id?: string;
}

const find = (
  { organization_id = null, ...rest }: Which | (Omit<Which, "organization_id"> & { organization_id?: string | null }),
  { store }: Context,
) => store.connectedAccounts.by("key", accountKey({ ...rest, organization_id }))[0];

function accountOf(which: Which, context: Context): StoredConnectedAccount {
  integrationBySlug(which.slug, context);
  checkPerson(which.user_id, which.organization_id, context);
  const found = find(which, context);
  if (found === undefined) throw notFound("Connected account", which.slug);
  return found;
}

const defined = <T extends object>(given: T): Partial<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>;

function upsert(
  which: Which & Pick<StoredConnectedAccount, "auth_method">,
  fields: Partial<StoredConnectedAccount>,
  context: Context,
): StoredConnectedAccount {
  const { store, ids, clock } = context;
  checkPerson(which.user_id, which.organization_id, context);
  const { slug, user_id, organization_id = null, auth_method } = which;
  const there = find({ slug, user_id, organization_id }, context);
  if (there !== undefined && there.auth_method !== auth_method) throw mismatch(there.auth_method);
  const now = clock.iso();
  const none = { access_token: null, refresh_token: null, expires_at: null, api_key: null };
  const made: StoredConnectedAccount = {
    ...{ scopes: [], ...none, client_id: null, client_secret: null, config: null, ...there },
    id: there?.id ?? ids.make("connected_account"),
    ...{ slug, user_id, organization_id, auth_method, state: "connected" as const },
    ...fields,
    created_at: there?.created_at ?? now,
    updated_at: now,
  };
  store.write(() => store.connectedAccounts.put(made));
  return made;
}

/** The account with a token that is good now: one that is over is renewed, as the vendor does. */
function usable(
  { slug }: StoredIntegration,
  person: Omit<Which, "slug">,
  context: Context,
): StoredConnectedAccount | "not_installed" | "needs_reauthorization" {
  const { store, clock } = context;
  checkPerson(person.user_id, person.organization_id, context);
  const found = find({ slug, ...person }, context);
  if (found === undefined) return "not_installed";
  if (found.state === "needs_reauthorization") return "needs_reauthorization";
  if (found.auth_method !== "oauth") return found;
  const over = found.access_token === null || isExpired(found.expires_at, clock.now());
  if (!over) return found;
  const renewed: StoredConnectedAccount =
    found.refresh_token === null
      ? { ...found, state: "needs_reauthorization" }
      : { ...found, ...freshTokens(context), updated_at: clock.iso() };
  store.write(() => store.connectedAccounts.put(renewed));
  return renewed.state === "connected" ? renewed : "needs_reauthorization";
}

const missing = ({ scopes }: StoredIntegration, found: StoredConnectedAccount) =>
  (scopes ?? []).filter((scope) => !found.scopes.includes(scope));

function presentAccount(one: StoredConnectedAccount): z.output<typeof account> {
  const byClient = one.auth_method === "client_credentials";
  return {
    object: "connected_account",
    id: one.id,
    user_id: one.user_id,
    organization_id: one.organization_id,
    scopes: [...one.scopes],
    auth_method: one.auth_method,
    api_key_last_4: one.api_key?.slice(-4) ?? null,
    ...(byClient ? { client_id: one.client_id, client_secret_last_4: one.client_secret?.slice(-4) ?? null } : {}),
    ...(one.config === null ? {} : { config: { ...one.config } }),
    state: one.state,
    created_at: one.created_at,
    updated_at: one.updated_at,
  };
}

function presentProvider(one: StoredIntegration, found: StoredConnectedAccount | undefined): z.output<typeof provider> {
  const { slug, created_at, updated_at } = one;
  const connected = found && presentAccount(found);
  return {
    object: "data_provider",
    id: one.id,
    name: one.custom_provider?.name ?? slug.charAt(0).toUpperCase() + slug.slice(1),
    description: one.description,
    ...{ slug, integration_type: slug, integrationType: slug, credentials_type: "oauth2", credentialsType: "oauth2" },
    scopes: one.scopes && [...one.scopes],
    auth_methods: [...one.auth_methods],
    ownership: found?.organization_id == null ? "userland_user" : "organization",
    ...{ created_at, updated_at, createdAt: created_at, updatedAt: updated_at },
    connected_account: connected
      ? {
          ...connected,
          userlandUserId: connected.user_id,
          organizationId: connected.organization_id,
          createdAt: connected.created_at,
          updatedAt: connected.updated_at,
        }
      : null,
  };
}
