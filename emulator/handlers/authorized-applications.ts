import { endSession } from "../auth/sessions";
import { type Context } from "../context";
import { notFound } from "../errors";
import { page } from "../pages";
import { type StoredApplication, type StoredAuthorization } from "../store/auth-entities";
import { pairKey } from "../store/store";
import { findApplication } from "./connect-applications";
import { type Family } from "./handler";
import { presentApplication } from "./present-auth";
import { requireUser } from "./users";

const prefix = "authorized_connect_app";

export const authorizedApplications: Family<"authorizedApplications"> = {
  listForUser: (query, context) => {
    const { store } = context;
    requireUser(query.user_id, context);
    const ids = store.authorizations.idsBy("user", query.user_id);
    const found = page(ids, prefix, query, (id) => store.authorizations.get(id));
    return { ...found, data: found.data.map((authorization) => present(authorization, context)) };
  },

  deleteForUser: ({ user_id, application_id }, context) => {
    const { store } = context;
    requireUser(user_id, context);
    const application = findApplication(application_id, context);
    const [authorization] = application ? store.authorizations.by("pair", pairKey(user_id, application.id)) : [];
    if (authorization === undefined) throw notFound("Authorized application", application_id);
    store.write(() => {
      store.authorizations.delete(authorization.id);
      // What it got by the permission goes with it: else it would go on refreshing for a month.
      const own = ({ client_id }: { readonly client_id: string }) => client_id === application?.client_id;
      for (const code of store.codes.by("user", user_id).filter(own)) store.codes.delete(code.id);
      for (const session of store.sessions.by("user_unrevoked", user_id).filter(own)) endSession(session, context);
    });
    return null;
  },

  listForOrganization: (query, context) => {
    const { store } = context;
    if (store.organizations.get(query.organization_id) === undefined) {
      throw notFound("Organization", query.organization_id);
    }
    const ids = store.authorizations.idsBy("organization", query.organization_id);
    const found = page(ids, prefix, query, (id) => store.authorizations.get(id));
    const shown = found.data.map((authorization) => ({
      ...present(authorization, context),
      user_id: authorization.user_id,
    }));
    return { ...found, data: shown };
  },
};

interface Grant {
  readonly user_id: string;
  readonly organization_id: string | null;
  readonly application: StoredApplication;
  readonly granted: readonly string[];
}

/** Remembers that the person let the application in; once more renews what was granted. */
export function authorize({ user_id, organization_id, application, granted }: Grant, { store, ids }: Context): void {
  const [known] = store.authorizations.by("pair", pairKey(user_id, application.id));
  const authorization: StoredAuthorization = {
    id: known?.id ?? ids.make(prefix),
    user_id,
    organization_id,
    application_id: application.id,
    granted_scopes: granted,
  };
  store.write(() => store.authorizations.put(authorization));
}

function present(authorization: StoredAuthorization, { store }: Context) {
  const application = store.applications.get(authorization.application_id);
  // Deleting an application deletes what was granted to it in the same step.
  if (application === undefined) throw new Error("the application of this authorization is gone");
  return {
    object: "authorized_connect_application" as const,
    id: authorization.id,
    granted_scopes: [...authorization.granted_scopes],
    application: presentApplication(application),
  };
}
