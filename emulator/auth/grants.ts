/** Each grant: from what the client sends to a session, or to the step that is missing. */
import { type authentication, grantTypes } from "../../api/endpoints/authentication";
import { type Caller, type Context } from "../context";
import { oauthError, refuse } from "../errors";
import { type HandlerInput } from "../handlers/handler";
import { isExpired } from "../handlers/present";
import { passwordMatches } from "../passwords/password";
import { type StoredAuthorizationCode, type StoredPendingSignIn } from "../store/auth-entities";
import { type StoredUser } from "../store/entities";
import { foldAddress } from "../../api/address";
import { requireRight, takeChallenge, takeEmailCode } from "./one-time-codes";
import { authenticateClient, type Client, findClient, knownClient, requireClient } from "./clients";
import { deviceGrant } from "./devices";
import { challengeOf, hashOf, isVerifier, sameText } from "./secrets";
import { passRadar, radarStep } from "./radar-challenges";
import { findToken } from "./refresh-tokens";
import { createSession, endSession, type IssuedSession, rotate, sessionStatus } from "./sessions";
import { callerFields, isMember, nextStep, pendingSignIn, requireMember, type SignIn, useInvitation } from "./sign-in";
import { stepError } from "./step-errors";
import { type Attempt, attemptOf, type ProofType, type Visitor, witness } from "./tell";

export type GrantInput = HandlerInput<(typeof authentication)["authenticate"]>;
type Input<Type extends GrantInput["grant_type"]> = Extract<GrantInput, { grant_type: Type }>;
type Grant<Type extends GrantInput["grant_type"]> = (
  input: Input<Type>,
  caller: Caller,
  context: Context,
) => IssuedSession | Promise<IssuedSession>;

/** Exhaustive: a grant that is declared and not here does not compile. */
const grants: { readonly [Type in GrantInput["grant_type"]]: Grant<Type> } = {
  [grantTypes.password]: async (input, caller, context) => {
    const { store, settings } = context;
    requireClient(input, caller, context);
    if (!settings.switches.passwordSignIn) {
      throw refuse(403, "email_password_auth_disabled", "Email and password authentication is disabled.");
    }
    const user = store.users.by("email", foldAddress(input.email))[0];
    const matches = await passwordMatches(user?.password ?? null, input.password);
    const attempt = attemptBy("password", user, input.email, callerFields(input, caller));
    const { id, email } = witness(attempt, context, () => {
      if (user === undefined || !matches) throw refuse(400, "invalid_credentials", "Invalid credentials.");
      return user;
    });
    const organization_id = useInvitation(input.invitation_token, email, context);
    return finish(signInOf(id, input.client_id, "Password", organization_id), input, caller, context);
  },

  [grantTypes.magicAuth]: (input, caller, context) => {
    const { store, clock } = context;
    requireClient(input, caller, context);
    const user = store.users.by("email", foldAddress(input.email))[0];
    const attempt = attemptBy("magic_auth", user, input.email, callerFields(input, caller));
    const { id, email } = witness(attempt, context, () => {
      if (user === undefined) throw refuse(400, "invalid_one_time_code", "The one-time code is incorrect.");
      requireRight(takeEmailCode("magic_auth", user.id, input.code, context));
      return user;
    });
    const organization_id = useInvitation(input.invitation_token, email, context);
    verifyEmail(id, context, clock.iso());
    return finish(signInOf(id, input.client_id, "MagicAuth", organization_id), input, caller, context);
  },

  [grantTypes.emailVerification]: (input, caller, context) => {
    const pending = requirePending(input, caller, context);
    witness(attemptOf("email_verification", pending.user_id, callerFields(input, caller), context), context, () =>
      requireRight(takeEmailCode("email_verification", pending.user_id, input.code, context)),
    );
    verifyEmail(pending.user_id, context, context.clock.iso());
    return finish(used(pending, context), input, caller, context);
  },

  [grantTypes.totp]: (input, caller, context) => {
    const pending = requirePending(input, caller, context);
    const challenge = context.store.challenges.get(input.authentication_challenge_id);
    const factor = challenge && context.store.factors.get(challenge.factor_id);
    if (challenge === undefined || factor === undefined) throw refuse(404, "entity_not_found", "Challenge not found.");
    if (factor.user_id !== pending.user_id) throw refuse(400, "user_mismatch", "The factor belongs to another user.");
    witness(attemptOf("mfa", pending.user_id, callerFields(input, caller), context), context, () =>
      requireRight(takeChallenge(challenge, input.code, context)),
    );
    return finish({ ...used(pending, context), mfa_passed: true }, input, caller, context);
  },

  [grantTypes.organizationSelection]: (input, caller, context) => {
    const pending = requirePending(input, caller, context);
    if (!isMember(pending.user_id, input.organization_id, context)) {
      throw refuse(400, "invalid_organization_id", "The user is not an active member of this organization.");
    }
    return finish({ ...used(pending, context), organization_id: input.organization_id }, input, caller, context);
  },

  [grantTypes.code]: (input, caller, context) => {
    const { store, clock } = context;
    const confidential = authenticateClient(input, caller, context);
    const code = store.codes.by("code", hashOf(input.code))[0];
    const known = code?.client_id === input.client_id;
    // Whoever came first may not have been the application: what the code gave ends (RFC 6749 4.1.2).
    if (known && code.used && code.session_id !== null) endById(code.session_id, context);
    if (!known || code.used || isExpired(code.expires_at, clock.now())) {
      throw oauthError("invalid_grant", "The code has expired or is invalid.");
    }
    checkRedirectUri(code.redirect_uri, caller);
    checkProof(code, input, knownClient(input.client_id, context), confidential);
    requireStillMember(code, context);
    // A code that was sent with the wrong proof above stays good: only its own application can use it up.
    return store.write(() => {
      const issued = createSession(pickSession({ ...code, ...callerFields(input, caller) }), context);
      store.codes.put({ ...code, used: true, session_id: issued.session.id });
      return issued;
    });
  },

  [grantTypes.refreshToken]: (input, caller, context) => {
    const confidential = authenticateClient(input, caller, context);
    // Whoever was issued credentials proves itself by them here too (RFC 6749 6).
    if (!confidential && knownClient(input.client_id, context).application?.uses_pkce === false) {
      throw oauthError("unauthorized_client", "A client secret is needed.");
    }
    const found = findToken(input.refresh_token, context);
    if (found?.session.client_id !== input.client_id) throw oauthError("invalid_grant", "Invalid refresh token.");
    const { session } = found;
    if (sessionStatus(session, context) !== "active") {
      throw oauthError("invalid_grant", "Session has already ended.");
    }
    const { refreshReplay } = context.settings.switches;
    if (found.kind !== "good") {
      const replayed = found.kind === "replayed" && refreshReplay !== "end-session";
      // It was stolen, or what took its place was, and nobody can tell who asks (RFC 9700 4.14.2).
      if (!replayed) endSession(session, context);
      if (!replayed || refreshReplay === "refuse") {
        throw oauthError("invalid_grant", "Refresh token already exchanged.");
      }
    }
    const organizationId = input.organization_id ?? session.organization_id;
    if (organizationId !== null) requireMember(session.user_id, organizationId, context);
    // The organization that the first of the two requests asked for counts.
    if (found.kind === "replayed") return { session, refreshToken: found.next };
    return rotate(session, input.refresh_token, organizationId, context);
  },

  [grantTypes.device]: (input, caller, context) => {
    const session = deviceGrant(input, caller, context);
    requireStillMember(session, context);
    return createSession(session, context);
  },

  [grantTypes.radarEmail]: (input, caller, context) => {
    const pending = requirePending(input, caller, context);
    passRadar(input.radar_challenge_id, pending.user_id, input.code, context);
    return finish({ ...used(pending, context), radar_passed: true }, input, caller, context);
  },
  [grantTypes.radarSms]: (input, caller, context) => {
    const pending = requirePending(input, caller, context);
    passRadar(input.verification_id, pending.user_id, input.code, context);
    return finish({ ...used(pending, context), radar_passed: true }, input, caller, context);
  },
};

export function runGrant(input: GrantInput, caller: Caller, context: Context): IssuedSession | Promise<IssuedSession> {
  // TypeScript cannot follow that the grant found by `grant_type` takes this member of the union.
  const grant = grants[input.grant_type] as Grant<GrantInput["grant_type"]>;
  if (findClient(input.client_id, context) === undefined) throw oauthError("invalid_client", "Invalid client ID.");
  return grant(input, caller, context);
}

const attemptBy = (type: ProofType, user: StoredUser | undefined, email: string, from: Visitor): Attempt => ({
  ...{ type, user_id: user?.id ?? null, email: user?.email ?? email },
  ...from,
});

const signInOf = (user_id: string, client_id: string, method: SignIn["method"], organization_id: string | null) => ({
  ...{ user_id, client_id, method, organization_id },
  mfa_passed: false,
});

function finish(signIn: SignIn, given: GrantInput, caller: Caller, context: Context): IssuedSession {
  const from = callerFields(given, caller);
  const doubt = radarStep(signIn, from, context);
  if (doubt !== undefined) throw doubt;
  const step = nextStep(signIn, context);
  if (step.kind !== "ready") throw stepError(step, signIn.user_id, context);
  const fields = { ...signIn, organization_id: step.organizationId, ...from };
  return createSession(pickSession(fields), context);
}

const pickSession = (fields: Parameters<typeof createSession>[0]): Parameters<typeof createSession>[0] => ({
  user_id: fields.user_id,
  organization_id: fields.organization_id,
  client_id: fields.client_id,
  method: fields.method,
  ip_address: fields.ip_address,
  user_agent: fields.user_agent,
  ...(fields.connect === undefined ? {} : { connect: fields.connect }),
  ...(fields.impersonator === undefined ? {} : { impersonator: fields.impersonator }),
  ...(fields.authenticated_at === undefined ? {} : { authenticated_at: fields.authenticated_at }),
});

interface PendingInput {
  readonly client_id: string;
  readonly client_secret: string;
  readonly pending_authentication_token: string;
}

function requirePending(input: PendingInput, caller: Caller, context: Context): StoredPendingSignIn {
  requireClient(input, caller, context);
  const pending = pendingSignIn(input.pending_authentication_token, context);
  if (pending?.client_id !== input.client_id) {
    throw refuse(
      400,
      "invalid_pending_authentication_token",
      "The pending authentication token is invalid or expired.",
    );
  }
  return pending;
}

/** The token of a step is good for one right answer; the next step gets its own. */
function used(pending: StoredPendingSignIn, { store }: Context): SignIn {
  store.write(() => store.pendingSignIns.delete(pending.id));
  return pending;
}

/**
 * The vendor does not ask for it, so that it may be missing; where it is given, it is the one of the authorization
 * request to the letter (RFC 6749 4.1.3). A parameter without a value counts as left out (3.2).
 */
function checkRedirectUri(asked: string, { redirectUri: given }: Caller): void {
  if (given === undefined || given === null || given === "" || given === asked) return;
  throw oauthError("invalid_grant", "The redirect URI is not the one that the code was asked for with.");
}

/**
 * Without its secret a client must have bound the code to itself by PKCE; with both, both must be right. An application
 * that uses PKCE always binds its codes; one that does not has a secret, and must prove that it is itself.
 */
function checkProof(
  { code_challenge: challenge }: StoredAuthorizationCode,
  { code_verifier: verifier }: Input<"authorization_code">,
  { application }: Client,
  confidential: boolean,
): void {
  if (challenge === null) {
    if (verifier !== undefined) throw refuse(400, "code_challenge_not_found", "The code was not asked for with PKCE.");
    if (application?.uses_pkce === true) throw oauthError("invalid_grant", "The code was not asked for with PKCE.");
  }
  if (!confidential && (challenge === null || application?.uses_pkce === false)) {
    throw oauthError("unauthorized_client", "A client secret or a code verifier is needed.");
  }
  if (challenge === null) return;
  if (verifier === undefined) throw oauthError("invalid_request", "The code verifier is missing.");
  if (!isVerifier(verifier) || !sameText(challengeOf(verifier), challenge)) {
    throw oauthError("invalid_grant", "The code verifier is wrong.");
  }
}

/** Between the person's answer and this request the membership may have ended. */
function requireStillMember({ user_id, organization_id }: SignInOf, context: Context): void {
  if (organization_id !== null) requireMember(user_id, organization_id, context);
}
type SignInOf = Pick<SignIn, "user_id" | "organization_id">;

function endById(id: string, context: Context): void {
  const session = context.store.sessions.get(id);
  if (session !== undefined) endSession(session, context);
}

/** Whoever reads mail at the address owns it. */
export function verifyEmail(userId: string, { store }: Context, now: string): void {
  const user = store.users.get(userId);
  if (user === undefined || user.email_verified) return;
  store.write(() => store.users.put({ ...user, email_verified: true, updated_at: now }));
}
