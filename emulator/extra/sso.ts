/** Single sign-on without AuthKit, as servers ask for it. Its pages are in `emulator/hosted/sso.ts`. */
import { z } from "zod";
import { endpoint } from "../../api/endpoint";
import { authenticateClient } from "../auth/clients";
import { challengeOf, hashOf, isVerifier, lifetimes, newToken, sameText } from "../auth/secrets";
import { type Context } from "../context";
import { ApiError, invalidParameters, notFound, oauthError } from "../errors";
import { issueSsoToken } from "../hosted/sso";
import { isExpired } from "../handlers/present";
import { type StoredProfile, type StoredSsoToken } from "../store/auth-entities";
import { maybe, serve, text, word } from "./operation";
import { ssoPages } from "./sso-pages";

const orNull = z.string().nullable();
const role = z.object({ slug: text });
const profile = z.object({
  object: z.literal("profile"),
  id: text,
  organization_id: orNull,
  connection_id: text,
  connection_type: text,
  idp_id: text,
  email: text,
  first_name: orNull,
  last_name: orNull,
  name: orNull,
  role: role.nullable(),
  roles: z.array(role).nullable(),
  groups: z.array(z.string()),
  custom_attributes: z.record(z.string(), z.unknown()),
  raw_attributes: z.record(z.string(), z.unknown()),
});
const oauthTokens = z.object({
  provider: text,
  refresh_token: text,
  access_token: text,
  expires_at: z.int(),
  scopes: z.array(text),
});

/** They come by query, form or JSON: what is missing is refused once they are together. */
const inQuery = z.looseObject({});
const inBody = z.object({
  client_id: maybe,
  client_secret: maybe,
  code: maybe,
  grant_type: maybe,
  code_verifier: maybe,
});
const tokenRequest = z.object({
  client_id: word,
  client_secret: z.string().optional(),
  code: word,
  grant_type: word,
  code_verifier: z.string().optional(),
});

export const sso = {
  token: serve(
    endpoint({
      operation: "SsoController_token",
      method: "POST",
      path: "/sso/token",
      query: inQuery,
      body: inBody,
      success: {
        200: z.object({
          token_type: z.literal("Bearer"),
          access_token: text,
          expires_in: z.int(),
          profile,
          oauth_tokens: oauthTokens.optional(),
        }),
      },
      repeat: "unsafe",
      lane: "write",
      credentialsInBody: true,
    }),
    (sent, context, caller) => {
      const parsed = tokenRequest.safeParse(sent);
      if (!parsed.success) {
        throw invalidParameters(
          parsed.error.issues.map(({ path, message }) => {
            const field = path.map(String).join(".");
            return { field, code: "required", message: `${field}: ${message}` };
          }),
        );
      }
      const given = parsed.data;
      if (given.grant_type !== "authorization_code") {
        throw oauthError("unsupported_grant_type", "grant_type is authorization_code.");
      }
      const proved = authenticateClient(given, caller, context);
      const code = live("code", given.code, context);
      if (code?.client_id !== given.client_id) throw oauthError("invalid_grant", wrongCode);
      checkProof(code, given.code_verifier, proved);
      const person = context.store.profiles.get(code.profile_id);
      if (person === undefined) throw oauthError("invalid_grant", wrongCode);
      return context.store.write(() => {
        context.store.ssoTokens.delete(code.id);
        return {
          token_type: "Bearer" as const,
          access_token: issueSsoToken("access", person.id, { clientId: given.client_id }, context),
          expires_in: lifetimes.ssoToken / 1000,
          profile: presentProfile(person),
          ...(person.connection_type.endsWith("OAuth") ? { oauth_tokens: tokensOf(person, code, context) } : {}),
        };
      });
    },
  ),

  profile: serve(
    endpoint({
      operation: "SsoController_getProfile",
      method: "GET",
      path: "/sso/profile",
      success: { 200: profile },
      repeat: "safe",
      lane: "read",
    }),
    (_input, context, { bearer }) => {
      const token = bearer === undefined ? undefined : live("access", bearer, context);
      if (token === undefined) throw new ApiError(401, { error: "Unauthorized" });
      return presentProfile(profileById(token.profile_id, context));
    },
    { ownKey: true },
  ),

  logoutAuthorize: serve(
    endpoint({
      operation: "SsoController_logoutAuthorize",
      method: "POST",
      path: "/sso/logout/authorize",
      body: z.object({ profile_id: text }),
      success: { 200: z.object({ logout_url: text, logout_token: text }) },
      repeat: "unsafe",
      lane: "write",
    }),
    ({ profile_id }, context) => {
      const { id, connection_id, organization_id } = profileById(profile_id, context);
      if (organization_id !== null && context.store.connections.get(connection_id) === undefined) {
        throw oauthError("connection_invalid", "The connection of this profile is gone.");
      }
      const token = issueSsoToken("logout", id, {}, context);
      const logout = new URL(ssoPages.logout.path, context.url);
      logout.searchParams.set("token", token);
      return { logout_url: logout.href, logout_token: token };
    },
  ),
} as const;

const wrongCode = "The code has expired or is invalid.";

function live(kind: StoredSsoToken["kind"], token: string, { store, clock }: Context): StoredSsoToken | undefined {
  const [found] = store.ssoTokens.by("token", hashOf(token));
  return found?.kind === kind && !isExpired(found.expires_at, clock.now()) ? found : undefined;
}

/** A client without its secret must have bound the code to itself by PKCE. */
function checkProof({ code_challenge: challenge }: StoredSsoToken, verifier: string | undefined, proved: boolean) {
  if (challenge === null) {
    if (!proved) throw oauthError("unauthorized_client", "A client secret or a code verifier is needed.");
    return;
  }
  const right = verifier !== undefined && isVerifier(verifier) && sameText(challengeOf(verifier), challenge);
  if (!right) throw oauthError("invalid_grant", "The code verifier is missing or wrong.");
}

function profileById(id: string, { store }: Context): StoredProfile {
  const found = store.profiles.get(id);
  if (found === undefined) throw notFound("Profile", id);
  return found;
}

function presentProfile(one: StoredProfile): z.output<typeof profile> {
  const { first_name, last_name, email, idp_id, role_slug } = one;
  const name = [first_name, last_name].filter((part) => part !== null).join(" ");
  const given = role_slug === null ? null : { slug: role_slug };
  return {
    object: "profile",
    id: one.id,
    organization_id: one.organization_id,
    connection_id: one.connection_id,
    connection_type: one.connection_type,
    idp_id,
    email,
    first_name,
    last_name,
    name: name === "" ? null : name,
    role: given,
    roles: given && [given],
    groups: [...one.groups],
    custom_attributes: {},
    raw_attributes: { id: idp_id, email, first_name, last_name },
  };
}

/** Nobody takes these: the other service is not here. */
const tokensOf = (
  { connection_type }: StoredProfile,
  { scopes }: StoredSsoToken,
  { clock }: Context,
): z.output<typeof oauthTokens> => ({
  provider: connection_type,
  access_token: `stand_in_${newToken(18)}`,
  refresh_token: `stand_in_${newToken(18)}`,
  expires_at: Math.floor(clock.now() / 1000) + 3600,
  scopes: [...scopes],
});
