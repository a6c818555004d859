/** Signing in by pages: from a form that was sent to the next page, or to the person who has signed in. */
import { requireRight, sendEmailCode, takeChallenge, takeEmailCode } from "../auth/one-time-codes";
import { verifyEmail } from "../auth/grants";
import { nextStep, pendingSignIn, type SignIn, useInvitation } from "../auth/sign-in";
import { nobody, type Visitor } from "../auth/tell";
import { isTotpSecret, newTotpSecret, totpMatches } from "../auth/totp";
import { type Context } from "../context";
import { refuse } from "../errors";
import { knownOrNew } from "../handlers/magic-auth";
import { putFactor } from "../handlers/mfa";
import { requireUser } from "../handlers/users";
import { passwordMatches } from "../passwords/password";
import { foldAddress } from "../../api/address";
import { type Form, readEmail, reasonOf } from "./http";
import { fromProvider, signUp } from "./sign-up";
import { totpIssuer, type View } from "./steps";
import { tellSsoStarted, witnessed } from "./tell";

/** What the application asked for. */
export interface Request {
  readonly clientId: string;
  readonly organizationId: string | null;
  readonly invitationToken: string | undefined;
  readonly loginHint: string;
  readonly signUpFirst: boolean;
  /** Another service instead of this page. */
  readonly provider: string | undefined;
}

/** A sign-in whose steps are all passed. */
export type SignedIn = SignIn;

export type Outcome = { readonly view: View; readonly error?: string } | { readonly signedIn: SignedIn };

export function firstView(request: Request, context: Context): View {
  const invitation = context.store.invitations.by("token", request.invitationToken ?? "")[0];
  const email = invitation?.email ?? request.loginHint;
  if (request.provider !== undefined) return { name: "provider", provider: request.provider, email };
  const known = context.store.users.by("email", foldAddress(email))[0];
  const signUpFirst = request.signUpFirst || (invitation !== undefined && (known?.password ?? null) === null);
  return signUpFirst ? { name: "sign-up", email, invited: invitation !== undefined } : { name: "sign-in", email };
}

/** Carries out a form. A refusal shows the page again with its reason. */
export async function act(form: Form, request: Request, context: Context, visitor: Visitor = nobody): Promise<Outcome> {
  const again = viewOf(form, request, context);
  try {
    const signIn = await witnessed(form, visitor, context, () => proof(form, request, context));
    if (signIn === undefined) return { view: again };
    const outcome = advance(signIn, context);
    if ("view" in outcome && outcome.view.name === "sso") tellSsoStarted(signIn, visitor, context);
    return outcome;
  } catch (error) {
    // Nothing was sent, so there is no code to ask for.
    const view: View = form.action === "send-code" ? { name: "sign-in", email: form.email ?? "" } : again;
    return { view, error: reasonOf(error) };
  }
}

/** The next page, or the end. */
export function advance(signIn: SignIn, context: Context): Outcome {
  const step = nextStep(signIn, context);
  switch (step.kind) {
    case "ready":
      return { signedIn: { ...signIn, organization_id: step.organizationId } };
    case "email_verification":
      return { view: { name: "verify", token: step.token, email: step.email } };
    case "mfa_challenge":
      return { view: { name: "totp", token: step.token, challengeId: step.challenge.id } };
    case "mfa_enrollment": {
      const { email } = requireUser(signIn.user_id, context);
      return { view: { name: "enroll", token: step.token, secret: newTotpSecret(), user: email } };
    }
    case "organization_selection":
      return { view: { name: "organization", token: step.token, organizations: step.organizations } };
    case "sso":
      return { view: { name: "sso", token: step.token, email: step.email } };
  }
}

/** What a form proves; nothing for the forms that only lead to another page. */
async function proof(form: Form, request: Request, context: Context): Promise<SignIn | undefined> {
  const { store, clock } = context;
  const email = form.email ?? "";
  switch (form.action) {
    case "sign-in": {
      const user = store.users.by("email", foldAddress(email))[0];
      const matches = await passwordMatches(user?.password ?? null, form.password ?? "");
      if (user === undefined || !matches) throw refuse(400, "invalid_credentials", "Wrong email or password.");
      if (!context.settings.switches.passwordSignIn) throw refuse(403, "email_password_auth_disabled");
      return begin(user.id, "Password", request, context);
    }
    case "sign-up":
      return begin((await signUp(form, request.invitationToken, context)).id, "Password", request, context);
    case "provider":
      return begin(
        fromProvider(request.provider ?? "", readEmail(form), context).id,
        request.provider ?? "",
        request,
        context,
      );
    case "send-code": {
      const user = knownOrNew(readEmail(form), context);
      sendEmailCode("magic_auth", user, user.email, context);
      return undefined;
    }
    case "emailed-code": {
      const user = store.users.by("email", foldAddress(email))[0];
      requireRight(takeEmailCode("magic_auth", user?.id ?? "", form.code ?? "", context));
      if (user === undefined) return undefined;
      verifyEmail(user.id, context, clock.iso());
      return begin(user.id, "MagicAuth", request, context);
    }
    case "verify": {
      const pending = kept(form, request, context);
      requireRight(takeEmailCode("email_verification", pending.user_id, form.code ?? "", context));
      verifyEmail(pending.user_id, context, clock.iso());
      return pending;
    }
    case "totp": {
      const pending = kept(form, request, context);
      const challenge = store.challenges.get(form.challenge ?? "");
      const factor = challenge && store.factors.get(challenge.factor_id);
      if (challenge === undefined || factor?.user_id !== pending.user_id) throw refuse(400, "user_mismatch");
      requireRight(takeChallenge(challenge, form.code ?? "", context));
      return { ...pending, mfa_passed: true };
    }
    case "enroll": {
      const pending = kept(form, request, context);
      const secret = form.secret ?? "";
      const totp = { issuer: totpIssuer, user: requireUser(pending.user_id, context).email, secret };
      const right = isTotpSecret(secret) && totpMatches(totp, (form.code ?? "").replace(/\s/g, ""), clock.now());
      if (!right) throw refuse(400, "invalid_one_time_code", "The code is incorrect.");
      // Only who has no factor may add one on the way in.
      if (nextStep(pending, context).kind !== "mfa_enrollment") return pending;
      putFactor({ type: "totp", user_id: pending.user_id, totp }, context);
      return { ...pending, mfa_passed: true };
    }
    case "organization":
      return { ...kept(form, request, context), organization_id: form.organization_id ?? null };
    case "sso": {
      const pending = kept(form, request, context);
      verifyEmail(pending.user_id, context, clock.iso());
      return { ...pending, method: "SSO" };
    }
    default:
      return undefined;
  }
}

function begin(userId: string, method: SignIn["method"], request: Request, context: Context): SignIn {
  const { email } = requireUser(userId, context);
  const invitedTo = useInvitation(request.invitationToken, email, context);
  return {
    user_id: userId,
    client_id: request.clientId,
    method,
    organization_id: request.organizationId ?? invitedTo,
    mfa_passed: false,
  };
}

/** What the steps before have proved. */
export function kept(form: Form, request: Request, context: Context): SignIn {
  const pending = pendingSignIn(form.token ?? "", context);
  if (pending?.client_id !== request.clientId) {
    throw refuse(400, "invalid_pending_authentication_token", "This took too long. Open the page again.");
  }
  const { user_id, client_id, method, organization_id, mfa_passed } = pending;
  return { user_id, client_id, method, organization_id, mfa_passed };
}

/** The page that a form came from, or the one that it leads to. */
function viewOf(form: Form, request: Request, context: Context): View {
  const email = form.email ?? "";
  const token = form.token ?? "";
  const invited = request.invitationToken !== undefined;
  switch (form.action) {
    case "switch":
      return { ...firstViewOf(form.to === "sign-up" ? "sign-up" : "sign-in", request, context) };
    case "sign-in":
      return { name: "sign-in", email };
    case "sign-up":
      return { name: "sign-up", email, invited, firstName: form.first_name, lastName: form.last_name };
    case "send-code":
    case "emailed-code":
      return { name: "emailed-code", email };
    case "verify":
      return { name: "verify", token, email };
    case "totp":
      return { name: "totp", token, challengeId: form.challenge ?? "" };
    case "enroll":
      return { name: "enroll", token, secret: form.secret ?? "", user: email };
    default:
      return firstView(request, context);
  }
}

function firstViewOf(name: "sign-in" | "sign-up", request: Request, context: Context): View {
  const first = firstView(request, context);
  const email = first.name === "sign-in" || first.name === "sign-up" ? first.email : "";
  return name === "sign-in" ? { name, email } : { name, email, invited: request.invitationToken !== undefined };
}
