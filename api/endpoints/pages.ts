/** Pages for a browser: the client only makes their URLs. `UserlandSsoController` and `UserlandSessionsController`. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { commaJoinedText } from "../schemas";

export const identityProviders = [
  "authkit",
  "AppleOAuth",
  "BitbucketOAuth",
  "GitHubOAuth",
  "GitLabOAuth",
  "GoogleOAuth",
  "IntuitOAuth",
  "LinkedInOAuth",
  "MicrosoftOAuth",
  "SalesforceOAuth",
  "SlackOAuth",
  "VercelMarketplaceOAuth",
  "VercelOAuth",
  "XeroOAuth",
] as const;

export const authorizeQuery = z.object({
  client_id: z.string(),
  redirect_uri: z.url(),
  response_type: z.literal("code"),
  /** One of this, `connection_id` and `organization_id` is needed. */
  provider: z.enum(identityProviders).optional(),
  connection_id: z.string().optional(),
  organization_id: z.string().optional(),
  state: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.literal("S256").optional(),
  /** Only for `authkit`. */
  screen_hint: z.enum(["sign-up", "sign-in"]).optional(),
  /** Seconds since the last active sign-in; 0 asks for a new one. Only for `authkit`. */
  max_age: z.coerce.number<number>().int().min(0).optional(),
  login_hint: z.string().optional(),
  domain_hint: z.string().optional(),
  prompt: z.string().optional(),
  invitation_token: z.string().optional(),
  /** On the wire: `provider_query_params[hd]=example.com`. */
  provider_query_params: z.record(z.string(), z.string()).optional(),
  provider_scopes: commaJoinedText.optional(),
});

export const authorize = endpoint({
  operation: "UserlandSsoController_authorize",
  method: "GET",
  path: "/user_management/authorize",
  query: authorizeQuery,
  success: { 302: null, 200: null },
  repeat: "safe",
  lane: "read",
  public: true,
});

export const logout = endpoint({
  operation: "UserlandSessionsController_logout",
  method: "GET",
  path: "/user_management/sessions/logout",
  query: z.object({ session_id: z.string(), return_to: z.string().optional() }),
  success: { 302: null, 200: null },
  repeat: "safe",
  lane: "read",
  public: true,
});
