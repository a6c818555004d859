import { findClient } from "../auth/clients";
import { startDevice } from "../auth/devices";
import { runGrant } from "../auth/grants";
import { endSession, presentAuthentication, presentSession, sessionStatus } from "../auth/sessions";
import { notFound, refuse } from "../errors";
import { page } from "../pages";
import { type Family } from "./handler";
import { requireUser } from "./users";

export const authentication: Family<"authentication"> = {
  authenticate: async (input, context, caller) =>
    presentAuthentication(await runGrant(input, caller, context), context),

  authorizeDevice: ({ client_id }, context) => startDevice(client_id, context),
};

export const sessions: Family<"sessions"> = {
  list: (query, context) => {
    const { store, settings } = context;
    requireUser(query.user_id, context);
    const shown = settings.switches.listSessions;
    const ids = store.sessions.idsBy(shown === "all" ? "user" : "user_unrevoked", query.user_id);
    const found = page(ids, "session", query, (id) => {
      const session = store.sessions.get(id);
      return session && (shown === "all" || sessionStatus(session, context) === "active") ? session : undefined;
    });
    return { ...found, data: found.data.map((session) => presentSession(session, context)) };
  },

  /** The specification lists 400 and no 404 here. A session that has ended is ended: nothing to refuse. */
  revoke: ({ session_id: id }, context) => {
    const session = context.store.sessions.get(id);
    if (session === undefined) throw refuse(400, "session_not_found", `Session not found: '${id}'.`);
    endSession(session, context);
    return null;
  },

  jwks: ({ client_id: id }, context) => {
    if (findClient(id, context) === undefined) throw notFound("Client", id);
    return context.signingKey.jwks();
  },
};
