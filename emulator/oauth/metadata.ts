/** How clients find the rest (RFC 8414, OpenID Connect Discovery). */
import { findClient } from "../auth/clients";
import { type Context } from "../context";
import { notFound } from "../errors";
import { grantTypes } from "../../api/endpoints/authentication";
import { standardScopes } from "./scopes";
import { connectGrants } from "./token";

const common = {
  response_types_supported: ["code"],
  response_modes_supported: ["query"],
  code_challenge_methods_supported: ["S256"],
};
const identity = {
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
};

export function authorizationServer({ url }: Context) {
  return {
    issuer: url,
    authorization_endpoint: `${url}/oauth2/authorize`,
    token_endpoint: `${url}/oauth2/token`,
    device_authorization_endpoint: `${url}/oauth2/device_authorization`,
    introspection_endpoint: `${url}/oauth2/introspection`,
    userinfo_endpoint: `${url}/oauth2/userinfo`,
    jwks_uri: `${url}/oauth2/jwks`,
    scopes_supported: Object.keys(standardScopes),
    grant_types_supported: connectGrants,
    token_endpoint_auth_methods_supported: ["none", "client_secret_post", "client_secret_basic"],
    ...common,
  };
}

export const openidConfiguration = (context: Context) => ({ ...authorizationServer(context), ...identity });

/** Of sessions: their tokens are issued in the name of the client. */
export function configurationOfClient(clientId: string, context: Context) {
  if (findClient(clientId, context) === undefined) throw notFound("Client", clientId);
  const { url } = context;
  return {
    issuer: `${url}/user_management/${clientId}`,
    authorization_endpoint: `${url}/user_management/authorize`,
    token_endpoint: `${url}/user_management/authenticate`,
    device_authorization_endpoint: `${url}/user_management/authorize/device`,
    end_session_endpoint: `${url}/user_management/sessions/logout`,
    jwks_uri: `${url}/sso/jwks/${clientId}`,
    grant_types_supported: [grantTypes.code, grantTypes.refreshToken, grantTypes.device],
    token_endpoint_auth_methods_supported: ["none", "client_secret_post"],
    ...common,
    ...identity,
  };
}
