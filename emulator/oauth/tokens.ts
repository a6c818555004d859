/** Tokens of Connect applications: https://workos.com/docs/authkit/connect/token-claims */
import { randomUUID } from "node:crypto";
import { lifetimes } from "../auth/secrets";
import { type IssuedSession } from "../auth/sessions";
import { type Context } from "../context";
import { type StoredApplication, type StoredAuthorization } from "../store/auth-entities";
import { type StoredUser } from "../store/entities";
import { pairKey } from "../store/store";
import { scopesOf } from "./scopes";

const seconds = (ms: number) => Math.floor(ms / 1000);

function times({ clock }: Context) {
  const iat = seconds(clock.now());
  return { jti: randomUUID(), iat, exp: iat + seconds(lifetimes.accessToken) };
}

const shape = (access_token: string, scope: string) => ({
  access_token,
  token_type: "Bearer",
  expires_in: seconds(lifetimes.accessToken),
  ...(scope === "" ? {} : { scope }),
});

/** For an application that acts by itself, in the organization that it is of. */
export async function machineTokens(application: StoredApplication, scope: string, context: Context): Promise<object> {
  const token = await context.signingKey.sign({
    iss: context.url,
    aud: context.clientId,
    sub: application.client_id,
    client_id: application.client_id,
    ...(application.organization_id === null ? {} : { org_id: application.organization_id }),
    ...(scope === "" ? {} : { scope }),
    ...times(context),
  });
  return shape(token, scope);
}

export function consentOf(userId: string, application: StoredApplication, { store }: Context) {
  return store.authorizations.by("pair", pairKey(userId, application.id))[0];
}

/** For an application that a person let in. */
export async function personTokens(
  { session, refreshToken }: IssuedSession,
  application: StoredApplication,
  context: Context,
): Promise<object> {
  const { scope = "", nonce, claims } = session.connect ?? {};
  const scopes = scopesOf(scope);
  const consent = consentOf(session.user_id, application, context);
  const user = context.store.users.get(session.user_id);
  // Deleted in the same moment: its sessions went with it.
  if (user === undefined) throw new Error("the user of this session is gone");
  const common = {
    iss: context.url,
    sub: user.id,
    ...(session.organization_id === null ? {} : { org_id: session.organization_id }),
  };
  const access = await context.signingKey.sign({
    ...claims,
    ...common,
    aud: context.clientId,
    client_id: application.client_id,
    ...(consent === undefined ? {} : { sid: consent.id }),
    ...(scope === "" ? {} : { scope }),
    ...times(context),
  });
  const identity = {
    ...common,
    aud: application.client_id,
    ...(nonce === undefined ? {} : { nonce }),
    auth_time: seconds(Date.parse(session.authenticated_at ?? session.created_at)),
    ...aboutPerson(user, scopes),
    ...times(context),
  };
  return {
    ...shape(access, scope),
    ...(scopes.includes("openid") ? { id_token: await context.signingKey.sign(identity) } : {}),
    ...(scopes.includes("offline_access") ? { refresh_token: refreshToken } : {}),
  };
}

/** OpenID Connect Core 5.4. */
export function aboutPerson(user: StoredUser, scopes: readonly string[]): Readonly<Record<string, unknown>> {
  const { first_name, last_name } = user;
  const names = [first_name, last_name].filter((name) => name !== null && name !== "");
  return {
    ...(scopes.includes("profile")
      ? {
          ...(names.length === 0 ? {} : { name: names.join(" ") }),
          ...(first_name === null ? {} : { given_name: first_name }),
          ...(last_name === null ? {} : { family_name: last_name }),
          updated_at: seconds(Date.parse(user.updated_at)),
        }
      : {}),
    ...(scopes.includes("email") ? { email: user.email, email_verified: user.email_verified } : {}),
  };
}

export interface KnownToken {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly scope: string;
  /** Of a person's token. */
  readonly user: StoredUser | undefined;
}

/** What a token that was issued here, and is good still, says; a consent that was taken back ends its tokens. */
export async function readToken(token: string, context: Context): Promise<KnownToken | undefined> {
  const claims = await context.signingKey.verify(token, context.clock.now());
  if (claims?.iss !== context.url) return undefined;
  const scope = typeof claims.scope === "string" ? claims.scope : "";
  if (typeof claims.sub !== "string") return undefined;
  if (claims.sub === claims.client_id) {
    const known = context.store.applications.idsBy("client", claims.sub).size > 0;
    return known ? { claims, scope, user: undefined } : undefined;
  }
  const consent: StoredAuthorization | undefined =
    typeof claims.sid === "string" ? context.store.authorizations.get(claims.sid) : undefined;
  const user = context.store.users.get(claims.sub);
  return consent?.user_id === claims.sub && user !== undefined ? { claims, scope, user } : undefined;
}
