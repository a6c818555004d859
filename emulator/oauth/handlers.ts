import { z } from "zod";
import { requireClient } from "../auth/clients";
import { startDevice } from "../auth/devices";
import { type Context } from "../context";
import { ApiError, oauthError } from "../errors";
import { type Handler } from "../handlers/handler";
import { type oauthEndpoints } from "./endpoints";
import { authorizationServer, configurationOfClient, openidConfiguration } from "./metadata";
import { scopesOf, unknownScope } from "./scopes";
import { connectApplication, readFields, token } from "./token";
import { aboutPerson, readToken } from "./tokens";

type Handlers = { readonly [Name in keyof typeof oauthEndpoints]: Handler<(typeof oauthEndpoints)[Name]> };

const deviceRequest = z.object({ client_id: z.string(), scope: z.string().default("") });
const introspected = z.object({ client_id: z.string(), client_secret: z.string(), token: z.string() });

export const oauthHandlers: Handlers = {
  token: async (fields, context, caller) => ({ ...(await token(fields, caller, context)) }),

  deviceAuthorization: (fields, context) => {
    const { client_id, scope } = readFields(deviceRequest, fields);
    const unknown = unknownScope(scope, connectApplication(client_id, context));
    if (unknown !== undefined) throw oauthError("invalid_scope", `The application has no scope ${unknown}.`);
    return { ...startDevice(client_id, context, { scope }) };
  },

  /** RFC 7662. */
  introspection: async (fields, context, caller) => {
    const given = readFields(introspected, fields);
    connectApplication(given.client_id, context);
    requireClient(given, caller, context);
    const known = await readToken(given.token, context);
    // Another application's token is none of its business.
    if (known?.claims.client_id !== given.client_id) return { active: false };
    return { active: true, token_type: "access_token", ...known.claims };
  },

  jwks: async (_input, { signingKey }) => ({ ...(await signingKey.jwks()) }),

  userinfo: async (_input, context, { bearer }) => {
    const known = await bearerToken(bearer, context);
    if (known.user === undefined) throw refused("insufficient_scope", "The token is not a person's.");
    return { sub: known.user.id, ...aboutPerson(known.user, scopesOf(known.scope)) };
  },

  openidConfiguration: (_input, context) => openidConfiguration(context),
  authorizationServer: (_input, context) => authorizationServer(context),
  configurationOfClient: ({ client_id }, context) => configurationOfClient(client_id, context),
};

async function bearerToken(bearer: string | undefined, context: Context) {
  const known = bearer === undefined ? undefined : await readToken(bearer, context);
  if (known === undefined) throw refused("invalid_token", "The access token is missing, expired or none of ours.");
  return known;
}

/** RFC 6750 3. */
function refused(error: "invalid_token" | "insufficient_scope", error_description: string): ApiError {
  const challenge = `Bearer error="${error}", error_description="${error_description}"`;
  return new ApiError(
    error === "invalid_token" ? 401 : 403,
    { error, error_description },
    { "WWW-Authenticate": challenge },
  );
}
