import { randomUUID } from "node:crypto";
import { type AuthenticationObject, type SessionObject } from "../../api/schemas";
import { type Context } from "../context";
import { isExpired, presentMembership, presentOrganization, presentUser } from "../handlers/present";
import { type ConnectRequest, type SignInMethod, type StoredSession } from "../store/auth-entities";
import { pairKey } from "../store/store";
import { claimsOf } from "./jwt-template";
import { firstToken, nextToken } from "./refresh-tokens";
import { lifetimes } from "./secrets";

/** A session with the one refresh token that its client is about to get. */
export interface IssuedSession {
  readonly session: StoredSession;
  readonly refreshToken: string;
}

export interface NewSession {
  readonly user_id: string;
  readonly organization_id: string | null;
  readonly client_id: string;
  readonly method: SignInMethod;
  readonly ip_address: string | null;
  readonly user_agent: string | null;
  readonly connect?: ConnectRequest;
  readonly impersonator?: StoredSession["impersonator"];
  readonly authenticated_at?: string;
}

const sessionMethod = (method: SignInMethod): SessionObject["auth_method"] => {
  switch (method) {
    case "Password":
      return "password";
    case "MagicAuth":
      return "magic_code";
    case "SSO":
      return "sso";
    case "Passkey":
      return "passkey";
    case "Impersonation":
      return "impersonation";
    case "CrossAppAuth":
      return "cross_app_auth";
    case "ExternalAuth":
      return "external_auth";
    case "MigratedSession":
      return "migrated_session";
    default:
      return "oauth";
  }
};

export function createSession(fields: NewSession, { store, ids, clock }: Context): IssuedSession {
  const now = clock.iso();
  const { token: refreshToken, kept } = firstToken();
  const session: StoredSession = {
    ...fields,
    id: ids.make("session"),
    auth_method: sessionMethod(fields.method),
    impersonator: fields.impersonator ?? null,
    expires_at: new Date(clock.now() + lifetimes.session).toISOString(),
    revoked_at: null,
    ...kept,
    created_at: now,
    updated_at: now,
  };
  store.write(() => {
    store.sessions.put(session);
    const user = store.users.get(fields.user_id);
    if (user !== undefined) store.users.put({ ...user, last_sign_in_at: now });
  });
  return { session, refreshToken };
}

/** A new refresh token in place of the former one, possibly for another organization. */
export function rotate(
  session: StoredSession,
  former: string,
  organizationId: string | null,
  context: Context,
): IssuedSession {
  const { token: refreshToken, kept } = nextToken(former, context.clock.now());
  const changed = {
    ...session,
    ...kept,
    organization_id: organizationId,
    updated_at: context.clock.iso(),
  };
  context.store.write(() => context.store.sessions.put(changed));
  return { session: changed, refreshToken };
}

export function endSession(session: StoredSession, { store, clock }: Context): StoredSession {
  if (session.revoked_at !== null) return session;
  const now = clock.iso();
  const ended = { ...session, revoked_at: now, updated_at: now };
  store.write(() => store.sessions.put(ended));
  return ended;
}

export function sessionStatus(session: StoredSession, { clock }: Context): SessionObject["status"] {
  if (session.revoked_at !== null) return "revoked";
  return isExpired(session.expires_at, clock.now()) ? "expired" : "active";
}

export function presentSession(session: StoredSession, context: Context): SessionObject {
  const status = sessionStatus(session, context);
  return {
    object: "session",
    id: session.id,
    ...(session.impersonator === null ? {} : { impersonator: { ...session.impersonator } }),
    ip_address: session.ip_address,
    ...(session.organization_id === null ? {} : { organization_id: session.organization_id }),
    user_agent: session.user_agent,
    user_id: session.user_id,
    auth_method: session.auth_method,
    status,
    expires_at: session.expires_at,
    ended_at: session.revoked_at ?? (status === "expired" ? session.expires_at : null),
    created_at: session.created_at,
    updated_at: session.updated_at,
  };
}

/** What the client gets: the tokens, and who they are for. */
export async function presentAuthentication(
  { session, refreshToken }: IssuedSession,
  context: Context,
): Promise<AuthenticationObject> {
  const user = context.store.users.get(session.user_id);
  // Deleted in the same moment: its sessions went with it.
  if (user === undefined) throw new Error("the user of this session is gone");
  const shown = presentUser(user);
  return {
    user: shown,
    ...(session.organization_id === null ? {} : { organization_id: session.organization_id }),
    access_token: await context.signingKey.sign(accessClaims(session, context)),
    refresh_token: refreshToken,
    authentication_method: session.method,
    ...(session.impersonator === null ? {} : { impersonator: { ...session.impersonator } }),
  };
}

function accessClaims(session: StoredSession, context: Context): Record<string, unknown> {
  const issued = Math.floor(context.clock.now() / 1000);
  return {
    ...templateClaims(session, context),
    iss: `${context.url}/user_management/${session.client_id}`,
    sub: session.user_id,
    sid: session.id,
    ...(session.impersonator === null ? {} : { act: { sub: session.impersonator.email } }),
    ...roleClaims(session, context),
    client_id: session.client_id,
    // When the person signed in, which renewing the token does not change. SDKs take a token without it for no session's.
    auth_time: Math.floor(Date.parse(session.authenticated_at ?? session.created_at) / 1000),
    jti: randomUUID(),
    iat: issued,
    exp: issued + lifetimes.accessToken / 1000,
  };
}

/** What the environment's template says besides; AuthKit's own claims are never others. */
function templateClaims({ user_id, organization_id }: StoredSession, context: Context): Record<string, unknown> {
  const { store } = context;
  const [template] = store.jwtTemplates.all();
  if (template === undefined) return {};
  const user = store.users.get(user_id);
  const organization = store.organizations.get(organization_id ?? "");
  const membership = store.memberships.by("pair", pairKey(user_id, organization_id))[0];
  const scope = {
    user: user && presentUser(user),
    organization: organization && presentOrganization(organization, context),
    organization_membership: membership && presentMembership(membership, context),
  };
  return claimsOf(template.content, scope) ?? {};
}

/** What the person may do in the organization of the session. */
function roleClaims({ user_id, organization_id }: StoredSession, { store }: Context): Record<string, unknown> {
  if (organization_id === null) return {};
  const membership = store.memberships.by("pair", pairKey(user_id, organization_id))[0];
  const roles = membership?.role_slugs ?? [];
  const known = [...store.roles.by("organization", ""), ...store.roles.by("organization", organization_id)];
  const permissions = known.filter(({ slug }) => roles.includes(slug)).flatMap((role) => role.permissions);
  return { org_id: organization_id, role: roles[0], roles, permissions: [...new Set(permissions)] };
}
