/** The way from a first proof (password, code, another service) to a session: which step comes next. */
import { type Caller, type Context } from "../context";
import { oauthError } from "../errors";
import { isExpired } from "../handlers/present";
import { acceptInvitation } from "../handlers/invitations";
import {
  type SignInMethod,
  type StoredChallenge,
  type StoredFactor,
  type StoredPendingSignIn,
} from "../store/auth-entities";
import { type StoredUser } from "../store/entities";
import { foldAddress } from "../../api/address";
import { pairKey } from "../store/store";
import { challengeFactor, latestCode, sendEmailCode } from "./one-time-codes";
import { forgetExpired, hashOf, lifetimes, newToken } from "./secrets";

export interface SignIn {
  readonly user_id: string;
  readonly client_id: string;
  readonly method: SignInMethod;
  /** The organization that was asked for, if any. */
  readonly organization_id: string | null;
  readonly mfa_passed: boolean;
  readonly radar_passed?: boolean;
}

export type Step =
  | { readonly kind: "ready"; readonly organizationId: string | null }
  | {
      readonly kind: "email_verification";
      readonly token: string;
      readonly email: string;
      readonly verificationId: string;
    }
  | { readonly kind: "mfa_enrollment"; readonly token: string }
  | {
      readonly kind: "mfa_challenge";
      readonly token: string;
      readonly factor: StoredFactor;
      readonly challenge: StoredChallenge;
    }
  | {
      readonly kind: "organization_selection";
      readonly token: string;
      readonly organizations: readonly { id: string; name: string }[];
    }
  | { readonly kind: "sso"; readonly token: string; readonly email: string };

/** Decides the next step, and prepares it: sends the code, makes the challenge, keeps what was passed so far. */
export function nextStep(signIn: SignIn, context: Context): Step {
  const { store, settings } = context;
  const user = store.users.get(signIn.user_id);
  if (user === undefined) throw oauthError("invalid_grant", "The user of this sign-in is gone.");
  return store.write(() => {
    if (settings.switches.emailVerification === "required" && !user.email_verified) {
      const verification = freshVerification(user, context);
      const token = keep(signIn, verification.id, context);
      return { kind: "email_verification", token, email: user.email, verificationId: verification.id };
    }
    const organizations = organizationsOf(user.id, context);
    const organizationId =
      signIn.organization_id ?? (organizations.length === 1 ? (organizations[0]?.id ?? null) : null);
    if (signIn.organization_id !== null) requireMember(user.id, signIn.organization_id, context);
    if (signIn.method !== "SSO" && organizationId !== null && settings.switches.ssoRequired.includes(organizationId)) {
      return { kind: "sso", token: keep(signIn, null, context), email: user.email };
    }
    const mfa = mfaStep(signIn, context);
    if (mfa !== undefined) return mfa;
    if (organizationId === null && organizations.length > 1) {
      return { kind: "organization_selection", token: keep(signIn, null, context), organizations };
    }
    return { kind: "ready", organizationId };
  });
}

/** Another service has its own second factor. */
function mfaStep(signIn: SignIn, context: Context): Step | undefined {
  const { mfa } = context.settings.switches;
  const first = signIn.method === "Password" || signIn.method === "MagicAuth";
  if (signIn.mfa_passed || !first || mfa === "off") return undefined;
  const factors = context.store.factors.by("user", signIn.user_id).filter(({ type }) => type === "totp");
  const factor = factors[factors.length - 1];
  if (factor !== undefined) {
    const challenge = challengeFactor(factor, context);
    return { kind: "mfa_challenge", token: keep(signIn, null, context), factor, challenge };
  }
  return mfa === "required" ? { kind: "mfa_enrollment", token: keep(signIn, null, context) } : undefined;
}

/** A code that is still good is not sent again: signing in twice must not make the first mail worthless. */
function freshVerification(user: StoredUser, context: Context) {
  const last = latestCode("email_verification", user.id, context);
  const good = last !== undefined && !last.used && !isExpired(last.expires_at, context.clock.now());
  return good && last.email === user.email && last.wrong_guesses === 0
    ? last
    : sendEmailCode("email_verification", user, user.email, context);
}

function keep(signIn: SignIn, verificationId: string | null, context: Context): string {
  const { store, ids, clock } = context;
  forgetExpired(store.pendingSignIns, context);
  const token = newToken();
  store.pendingSignIns.put({
    ...signIn,
    id: ids.make("pending"),
    token_hash: hashOf(token),
    email_verification_id: verificationId,
    expires_at: new Date(clock.now() + lifetimes.pendingSignIn).toISOString(),
  });
  return token;
}

/** For a page that asks the person once more when all steps are passed. */
export const keepSignIn = (signIn: SignIn, context: Context): string =>
  context.store.write(() => keep(signIn, null, context));

export function pendingSignIn(token: string, { store, clock }: Context): StoredPendingSignIn | undefined {
  const pending = store.pendingSignIns.by("token", hashOf(token))[0];
  return pending === undefined || isExpired(pending.expires_at, clock.now()) ? undefined : pending;
}

/** Organizations where the person is an active member. */
export function organizationsOf(userId: string, { store }: Context): { id: string; name: string }[] {
  return store.memberships.by("user", userId).flatMap(({ status, organization_id }) => {
    const organization = status === "active" ? store.organizations.get(organization_id) : undefined;
    return organization === undefined ? [] : [{ id: organization.id, name: organization.name }];
  });
}

export const isMember = (userId: string, organizationId: string, { store }: Context) =>
  store.memberships.by("pair", pairKey(userId, organizationId))[0]?.status === "active";

export function requireMember(userId: string, organizationId: string, context: Context): void {
  if (context.store.organizations.get(organizationId) === undefined) {
    throw oauthError("organization_not_found", `Organization not found: '${organizationId}'.`);
  }
  if (!isMember(userId, organizationId, context)) {
    throw oauthError("organization_membership_not_found", "The user is not an active member of this organization.");
  }
}

/** Signing in with an invitation accepts it: the person has read the mail, so the address is theirs. */
export function useInvitation(token: string | undefined, email: string, context: Context): string | null {
  if (token === undefined) return null;
  const { store, clock } = context;
  const invitation = store.invitations.by("token", token)[0];
  if (invitation?.state !== "pending" || isExpired(invitation.expires_at, clock.now())) {
    throw oauthError("invitation_invalid", "The invitation is not valid any more.");
  }
  if (foldAddress(invitation.email) !== foldAddress(email)) {
    throw oauthError("invitation_cannot_be_used_for_email", "The invitation is for another email address.");
  }
  acceptInvitation(invitation.id, context);
  return invitation.organization_id;
}

export const callerFields = (given: { ip_address?: string; user_agent?: string }, caller: Caller) => ({
  ip_address: given.ip_address ?? caller.ipAddress,
  user_agent: given.user_agent ?? caller.userAgent,
});
