/** Pages of single sign-on, which a browser visits. */
import { z } from "zod";
import { endpoint } from "../../api/endpoint";
import { identityProviders } from "../../api/endpoints/pages";
import { commaJoinedText } from "../../api/schemas";
import { maybe, text } from "./operation";

export const ssoAuthorizeQuery = z.object({
  client_id: text,
  redirect_uri: text,
  response_type: z.literal("code").default("code"),
  connection: maybe,
  organization: maybe,
  domain: maybe,
  provider: z.enum(identityProviders).exclude(["authkit"]).optional(),
  provider_scopes: commaJoinedText.optional(),
  state: maybe,
  login_hint: maybe,
  domain_hint: maybe,
  nonce: maybe,
  prompt: maybe,
  code_challenge: z.string().min(1).optional(),
  code_challenge_method: z.literal("S256").optional(),
});

const page = { method: "GET", repeat: "safe", lane: "read", public: true } as const;

export const ssoPages = {
  authorize: endpoint({
    ...page,
    operation: "SsoController_authorize",
    path: "/sso/authorize",
    query: ssoAuthorizeQuery,
    success: { 200: null, 302: null },
  }),
  logout: endpoint({
    ...page,
    operation: "SsoController_logout",
    path: "/sso/logout",
    query: z.object({ token: text }),
    success: { 200: null },
  }),
} as const;
