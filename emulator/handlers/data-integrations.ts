import { type Context } from "../context";
import { ApiError, invalidParameters, notFound } from "../errors";
import { page } from "../pages";
import { type StoredIntegration, type StoredIntegrationOverride } from "../store/entities";
import { pairKey } from "../store/store";
import { type Family } from "./handler";
import { presentIntegration, presentIntegrationFor } from "./present";

/** Any provider is taken: which ones the vendor knows, no operation says. */
export const dataIntegrations: Family<"dataIntegrations"> = {
  list: (query, { store }) => {
    const found = page(store.integrations.ids(), "data_integration", query, (id) => store.integrations.get(id));
    return { ...found, data: found.data.map(presentIntegration) };
  },

  create: ({ provider, credentials, ...given }, { store, ids, clock }) => {
    const methods = given.auth_methods ?? ["oauth"];
    if (methods.includes("oauth") && credentials === undefined) throw refused("credentials", "are needed for OAuth");
    if (store.integrations.idsBy("slug", provider).size > 0) {
      throw new ApiError(409, { message: `There is a data integration '${provider}' already.` });
    }
    const now = clock.iso();
    const made: StoredIntegration = {
      id: ids.make("data_integration"),
      slug: provider,
      description: given.description ?? null,
      enabled: given.enabled ?? false,
      scopes: given.scopes ?? null,
      auth_methods: methods,
      config: given.config ?? {},
      credentials: credentialsOf(credentials) ?? null,
      custom_provider: given.custom_provider ?? null,
      created_at: now,
      updated_at: now,
    };
    store.write(() => store.integrations.put(made));
    return presentIntegration(made);
  },

  get: ({ slug }, context) => presentIntegration(bySlug(slug, context)),

  update: ({ slug, ...given }, context) => {
    const { store, clock } = context;
    const found = bySlug(slug, context);
    if (given.custom_provider !== undefined && found.custom_provider === null) {
      throw refused("custom_provider", "is for custom providers only");
    }
    const changed: StoredIntegration = {
      ...found,
      description: given.description === undefined ? found.description : given.description,
      enabled: given.enabled ?? found.enabled,
      scopes: given.scopes === undefined ? found.scopes : given.scopes,
      credentials: credentialsOf(given.credentials) ?? found.credentials,
      custom_provider: found.custom_provider && { ...found.custom_provider, ...given.custom_provider },
      updated_at: clock.iso(),
    };
    store.write(() => store.integrations.put(changed));
    return presentIntegration(changed);
  },

  delete: ({ slug }, context) => {
    const { store } = context;
    const { id } = bySlug(slug, context);
    store.write(() => {
      for (const override of store.integrationOverrides.by("integration", id)) {
        store.integrationOverrides.delete(override.id);
      }
      for (const account of store.connectedAccounts.by("slug", slug)) store.connectedAccounts.delete(account.id);
      store.integrations.delete(id);
    });
    return null;
  },

  listForOrganization: ({ organization_id }, context) => {
    const { store } = context;
    checkOrganization(organization_id, context);
    const data = store.integrations.all().map((one) => {
      const [override] = store.integrationOverrides.by("pair", pairKey(organization_id, one.id));
      return presentIntegrationFor(organization_id, one, override);
    });
    return { object: "list", data };
  },

  configure: ({ organization_id, slug, ...given }, context) => {
    const { store, ids, clock } = context;
    checkOrganization(organization_id, context);
    const integration = bySlug(slug, context);
    const { client_id, client_secret } = given;
    if (Object.values(given).every((value) => value === undefined)) throw bad("Give something to configure.");
    if ((client_id === undefined) !== (client_secret === undefined)) {
      throw bad("client_id and client_secret go together.");
    }
    const isOwn = integration.credentials?.type === "organization";
    if ((client_id !== undefined || given.config !== undefined) && !isOwn) {
      throw bad("The provider's credentials are not supplied by organizations.");
    }
    const unknown = (given.scopes ?? []).filter((scope) => !(integration.scopes ?? [scope]).includes(scope));
    if (unknown.length > 0) throw refused("scopes", `are not the provider's: ${unknown.join(", ")}`);
    const [there] = store.integrationOverrides.by("pair", pairKey(organization_id, integration.id));
    const now = clock.iso();
    const changed: StoredIntegrationOverride = {
      id: there?.id ?? ids.make("data_integration_override"),
      integration_id: integration.id,
      organization_id,
      enabled: given.enabled ?? there?.enabled ?? null,
      scopes: given.scopes === undefined ? (there?.scopes ?? null) : given.scopes,
      config: given.config ?? there?.config ?? null,
      client_id: client_id ?? there?.client_id ?? null,
      client_secret_last_four: client_secret?.slice(-4) ?? there?.client_secret_last_four ?? null,
      created_at: there?.created_at ?? now,
      updated_at: now,
    };
    store.write(() => store.integrationOverrides.put(changed));
    return presentIntegrationFor(organization_id, integration, changed);
  },
};

const bad = (message: string) => new ApiError(400, { message });
const refused = (field: string, what: string) =>
  invalidParameters([{ field, code: "invalid_value", message: `${field}: ${what}.` }]);

function bySlug(slug: string, { store }: Context): StoredIntegration {
  const [found] = store.integrations.by("slug", slug);
  if (found === undefined) throw notFound("Data integration", slug);
  return found;
}

function checkOrganization(id: string, { store }: Context): void {
  if (store.organizations.get(id) === undefined) throw notFound("Organization", id);
}

/** Never the secret itself: nothing here uses it. */
function credentialsOf(
  given: { type: "custom" | "organization"; client_id?: string; client_secret?: string } | undefined,
): StoredIntegration["credentials"] | undefined {
  if (given === undefined) return undefined;
  const { type, client_id, client_secret } = given;
  if (type === "organization") return { type, client_id: null, redacted_client_secret: null };
  if (client_id === undefined || client_secret === undefined) {
    throw refused("credentials", "of your own need client_id and client_secret");
  }
  return { type, client_id, redacted_client_secret: `...${client_secret.slice(-4)}` };
}
