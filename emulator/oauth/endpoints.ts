/**
 * What Connect applications talk to, at AuthKit's own domain: https://workos.com/docs/reference/workos-connect. The
 * vendor's OpenAPI document does not have these; they are OAuth 2 and OpenID Connect.
 */
import { z } from "zod";
import { endpoint } from "../../api/endpoint";

/** Read by the handlers themselves, since OAuth has its own way to refuse what does not fit (RFC 6749 5.2). */
const fields = z.record(z.string(), z.unknown());
const answer = z.looseObject({});

const get = <const Path extends string>(operation: string, path: Path) =>
  endpoint({ operation, method: "GET", path, success: { 200: answer }, repeat: "safe", lane: "read", public: true });
const post = <const Path extends string>(operation: string, path: Path) =>
  endpoint({
    ...{ operation, path, body: fields, success: { 200: answer } },
    ...({ method: "POST", repeat: "unsafe", lane: "write", credentialsInBody: true } as const),
  });

export const oauthEndpoints = {
  token: post("oauth2_token", "/oauth2/token"),
  deviceAuthorization: post("oauth2_device_authorization", "/oauth2/device_authorization"),
  introspection: post("oauth2_introspection", "/oauth2/introspection"),
  jwks: get("oauth2_jwks", "/oauth2/jwks"),
  userinfo: get("oauth2_userinfo", "/oauth2/userinfo"),
  openidConfiguration: get("openid_configuration", "/.well-known/openid-configuration"),
  authorizationServer: get("oauth_authorization_server", "/.well-known/oauth-authorization-server"),
  /** Of the tokens of sessions, whose issuer is the client's own. */
  configurationOfClient: get(
    "user_management_openid_configuration",
    "/user_management/{client_id}/.well-known/openid-configuration",
  ),
} as const;
