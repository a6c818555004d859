import { redirectUriProblem } from "../../api/redirect-uris";
import { hashOf, newToken } from "../auth/secrets";
import { type Context } from "../context";
import { removeApplication } from "../deletions";
import { invalidParameters, notFound } from "../errors";
import { page } from "../pages";
import { type StoredApplication, type StoredClientSecret } from "../store/auth-entities";
import { differs } from "./fields";
import { type Family } from "./handler";
import { presentApplication, presentClientSecret } from "./present-auth";

export const connectApplications: Family<"connectApplications"> = {
  /** Applications that registered themselves do not exist here: asking only for those finds none. */
  list: (query, { store }) => {
    const { organization_id: organizationId, registration_types: types } = query;
    const registered = types === undefined || types.includes("authenticated");
    const ids =
      organizationId === undefined
        ? store.applications.ids()
        : store.applications.idsBy("organization", organizationId);
    const found = page(registered ? ids : [], "conn_app", query, (id) => store.applications.get(id));
    return { ...found, data: found.data.map(presentApplication) };
  },

  create: (input, context) => {
    const { store, ids, clock } = context;
    const organizationId = input.organization_id ?? null;
    const isOauth = input.application_type === "oauth";
    if (organizationId !== null && store.organizations.get(organizationId) === undefined) {
      throw notFound("Organization", organizationId);
    }
    if (isOauth && !input.is_first_party && organizationId === null) {
      throw invalidParameters([
        { field: "organization_id", code: "required", message: "An application that is not first party needs it." },
      ]);
    }
    const now = clock.iso();
    const application: StoredApplication = {
      id: ids.make("conn_app"),
      client_id: ids.make("client"),
      name: input.name,
      description: input.description ?? null,
      scopes: input.scopes ?? [],
      application_type: input.application_type,
      redirect_uris: isOauth ? readUris(input.redirect_uris) : [],
      uses_pkce: isOauth ? (input.uses_pkce ?? false) : false,
      is_first_party: isOauth && input.is_first_party,
      organization_id: organizationId,
      created_at: now,
      updated_at: now,
    };
    store.write(() => store.applications.put(application));
    return presentApplication(application);
  },

  get: ({ id }, context) => presentApplication(existing(id, context)),

  update: (input, context) => {
    const { store, clock } = context;
    const application = existing(input.id, context);
    const changed: StoredApplication = {
      ...application,
      name: input.name ?? application.name,
      description: input.description === undefined ? application.description : input.description,
      scopes: input.scopes === undefined ? application.scopes : (input.scopes ?? []),
      redirect_uris: input.redirect_uris === undefined ? application.redirect_uris : readUris(input.redirect_uris),
    };
    if (!differs(application, changed)) return presentApplication(application);
    const stamped = { ...changed, updated_at: clock.iso() };
    store.write(() => store.applications.put(stamped));
    return presentApplication(stamped);
  },

  delete: ({ id }, context) => {
    const application = existing(id, context);
    context.store.write(() => removeApplication(application.id, context.store));
    return null;
  },

  listSecrets: ({ id }, context) =>
    context.store.clientSecrets.by("application", existing(id, context).id).map(presentClientSecret),

  createSecret: ({ id }, context) => {
    const { store, ids, clock } = context;
    const application = existing(id, context);
    const secret = newToken();
    const now = clock.iso();
    const stored: StoredClientSecret = {
      id: ids.make("conn_app_secret"),
      application_id: application.id,
      secret_hash: hashOf(secret),
      secret_hint: secret.slice(-4),
      last_used_at: null,
      created_at: now,
      updated_at: now,
    };
    store.write(() => store.clientSecrets.put(stored));
    return { ...presentClientSecret(stored), secret };
  },

  deleteSecret: ({ id }, { store }) => {
    if (store.clientSecrets.get(id) === undefined) throw notFound("Client secret", id);
    store.write(() => store.clientSecrets.delete(id));
    return null;
  },
};

/** By its id or its client id. */
export function findApplication(id: string, { store }: Context): StoredApplication | undefined {
  return store.applications.get(id) ?? store.applications.by("client", id)[0];
}

function existing(id: string, context: Context): StoredApplication {
  const application = findApplication(id, context);
  if (application === undefined) throw notFound("Application", id);
  return application;
}

/** One of them is the default: the one that says so, or the first. */
function readUris(given: { uri: string; default?: boolean | null }[] | null | undefined) {
  const uris = given ?? [];
  for (const { uri } of uris) {
    const wrong = redirectUriProblem(uri);
    if (wrong === undefined) continue;
    throw invalidParameters([{ field: "redirect_uris", code: "invalid_uri", message: `redirect_uris: ${wrong}.` }]);
  }
  const chosen = Math.max(
    0,
    uris.findIndex((entry) => entry.default === true),
  );
  return uris.map(({ uri }, index) => ({ uri, default: index === chosen }));
}
