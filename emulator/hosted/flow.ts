/** Signing in by pages: from a form that was sent to the next page, or to the person who has signed in. */
import { connectionOf, connectionOfDomain, type Person } from "../auth/connections";
import { requireRight, sendEmailCode, takeChallenge, takeEmailCode } from "../auth/one-time-codes";
import { verifyEmail } from "../auth/grants";
import { type PagePerson } from "../auth/page-sessions";
import { nextStep, pendingSignIn, type SignIn, useInvitation } from "../auth/sign-in";
import { nobody, type Visitor } from "../auth/tell";
import { isTotpSecret, newTotpSecret, totpMatches } from "../auth/totp";
import { type Context } from "../context";
import { refuse } from "../errors";
import { knownOrNew } from "../handlers/magic-auth";
import { putFactor } from "../handlers/mfa";
import { requirePasswords, startReset } from "../handlers/password-reset";
import { requireUser } from "../handlers/users";
import { passwordMatches } from "../passwords/password";
import { type StoredConnection } from "../store/entities";
import { foldAddress } from "../../api/address";
import { type Form, problemOf, readEmail } from "./http";
import { type Problem } from "./page";
import { faceOf } from "./people";
import { type Request } from "./request";
import { fromProvider, nameOf, requireInvited, signUp } from "./sign-up";
import { domainOf, fromConnection } from "./sso";
import { tellSsoAsked, tellSsoStarted, witnessed } from "./tell";
import { isOneOf, providerName, totpIssuer, type View } from "./views";

/** A sign-in whose steps are all passed. */
export type SignedIn = SignIn;

export type Outcome = { readonly view: View; readonly problem?: Problem } | { readonly signedIn: SignedIn };

export function firstView(request: Request, context: Context): View {
  const invitation = context.store.invitations.by("token", request.invitationToken ?? "")[0];
  const email = invitation?.email ?? request.loginHint;
  const { provider, connection } = request;
  if (connection !== undefined) return { name: "elsewhere", email, ...ofConnection(connection, context) };
  if (provider !== undefined) return { name: "elsewhere", email, ...ofProvider(provider) };
  const known = context.store.users.by("email", foldAddress(email))[0];
  const signUpFirst = request.signUpFirst || (invitation !== undefined && (known?.password ?? null) === null);
  return signUpFirst ? { name: "sign-up", email, invited: invitation !== undefined } : { name: "sign-in", email };
}

/** For who has an account here already: those of this browser, and another. */
export function accountsView(request: Request, context: Context): View {
  const users = request.people.flatMap(({ user_id }) => context.store.users.get(user_id) ?? []);
  return { name: "accounts", faces: users.map((user) => faceOf(user, context)) };
}

const ofProvider = (provider: string) => ({
  from: "provider" as const,
  id: provider,
  service: providerName(provider),
});
const ofConnection = (connection: StoredConnection, { store }: Context) => {
  const organization = store.organizations.get(connection.organization_id)?.name ?? "";
  const named = connection.name.toLowerCase().includes(organization.toLowerCase());
  const service = named ? connection.name : `${connection.name} of ${organization}`;
  return { from: "connection" as const, id: connection.id, service };
};

/** Carries out a form. A refusal shows the page again with its reason. */
export async function act(form: Form, request: Request, context: Context, visitor: Visitor = nobody): Promise<Outcome> {
  try {
    const done = await witnessed(form, visitor, context, () => carryOut(form, request, context));
    if ("name" in done) {
      if (done.name === "elsewhere" && done.from === "connection") tellSsoAsked(done, visitor, context);
      return { view: done };
    }
    const outcome = advance(done, context);
    const elsewhere = "view" in outcome && ["sso", "elsewhere"].includes(outcome.view.name);
    if (elsewhere) tellSsoStarted(done, visitor, context);
    return outcome;
  } catch (error) {
    return { view: viewOf(form, request, context), problem: problemOf(error) };
  }
}

/** Goes on with what was proved before; a refusal leads to the first page with its reason. */
export function attempt(proved: () => SignIn, request: Request, context: Context): Outcome {
  try {
    return advance(proved(), context);
  } catch (error) {
    return { view: firstView(request, context), problem: problemOf(error) };
  }
}

/** The next page, or the end. */
function advance(signIn: SignIn, context: Context): Outcome {
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
    case "sso": {
      const connection = connectionOf(step.organizationId, context);
      if (connection === undefined) return { view: { name: "sso", token: step.token, email: step.email } };
      return { view: { name: "elsewhere", email: step.email, ...ofConnection(connection, context) } };
    }
  }
}

/** A person whom this page knows still: nothing is asked but what is missing. */
export function resume(person: PagePerson, request: Request, context: Context): SignIn {
  const { user_id, method, authenticated_at } = person;
  return { ...begin(user_id, method, request, context), mfa_passed: true, authenticated_at };
}

/** Whether the person has signed in as lately as the application asks for. */
export function isFresh({ authenticated_at }: PagePerson, { maxAge }: Request, { clock }: Context): boolean {
  // RFC: 0 asks for a new sign-in, also within the same moment.
  if (maxAge === undefined) return true;
  return maxAge > 0 && clock.now() - Date.parse(authenticated_at) <= maxAge * 1000;
}

/** What a form proves, or the page that it leads to. */
async function carryOut(form: Form, request: Request, context: Context): Promise<SignIn | View> {
  const { store, clock, settings } = context;
  const email = form.email ?? "";
  switch (form.action) {
    case "sign-in": {
      requireInvited(request.invitationToken, email, context);
      const connection = settings.switches.domainSso === "required" && connectionOfDomain(domainOf(email), context);
      if (connection) return { name: "elsewhere", email, ...ofConnection(connection, context) };
      const user = store.users.by("email", foldAddress(readEmail(form)))[0];
      const matches = await passwordMatches(user?.password ?? null, form.password ?? "");
      if (user === undefined || !matches) throw refuse(400, "invalid_credentials", "Wrong email or password.");
      requirePasswords(context);
      return begin(user.id, "Password", request, context);
    }
    case "sign-up":
      requireInvited(request.invitationToken, readEmail(form), context);
      return begin((await signUp(form, request.invitationToken, context)).id, "Password", request, context);
    case "person":
      return asTestPerson(form, request, context);
    case "account": {
      const person = request.people.find(({ user_id }) => user_id === form.person);
      if (person === undefined) throw refuse(400, "unknown_person", "This person is signed in no more. Sign in again.");
      const known = requireUser(person.user_id, context);
      return isFresh(person, request, context)
        ? resume(person, request, context)
        : { name: "sign-in", email: known.email };
    }
    case "provider-start": {
      const { providers } = settings.switches;
      const provider = providers.find((one) => one === form.provider);
      if (provider === undefined) throw refuse(400, "unknown_provider", "This service is not one of the page's.");
      return { name: "elsewhere", email, ...ofProvider(provider) };
    }
    case "sso-start": {
      const domain = domainOf(readEmail(form));
      const connection = connectionOfDomain(domain, context);
      if (connection === undefined) throw noConnection(domain);
      return { name: "elsewhere", email, ...ofConnection(connection, context) };
    }
    case "provider": {
      const provider = requireProvider(form, request, context);
      const profile = readProfile(form, context);
      requireInvited(request.invitationToken, profile.email, context);
      return begin(fromProvider(provider, profile, context).id, provider, request, context);
    }
    case "connection":
      return byConnection(requireConnection(form, context), readProfile(form, context), request, context);
    case "send-code": {
      requireInvited(request.invitationToken, readEmail(form), context);
      const user = knownOrNew(readEmail(form), context);
      sendEmailCode("magic_auth", user, user.email, context);
      return { name: "emailed-code", email: user.email, again: form.again === "yes" };
    }
    case "emailed-code": {
      const user = store.users.by("email", foldAddress(email))[0];
      requireRight(takeEmailCode("magic_auth", user?.id ?? "", form.code ?? "", context));
      if (user === undefined) return viewOf(form, request, context);
      verifyEmail(user.id, context, clock.iso());
      return begin(user.id, "MagicAuth", request, context);
    }
    case "forgot": {
      requirePasswords(context);
      const user = store.users.by("email", foldAddress(readEmail(form)))[0];
      if (user !== undefined) startReset(user, request.askedAt, context);
      // The same for everybody: whether somebody has an account is nobody else's business.
      return { name: "forgot-sent", email };
    }
    case "verify": {
      const pending = kept(form, request, context);
      requireRight(takeEmailCode("email_verification", pending.user_id, form.code ?? "", context));
      verifyEmail(pending.user_id, context, clock.iso());
      return pending;
    }
    case "resend": {
      const user = requireUser(kept(form, request, context).user_id, context);
      sendEmailCode("email_verification", user, user.email, context);
      return { name: "verify", token: form.token ?? "", email: user.email, again: true };
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
      if (!right) throw refuse(400, "wrong_code", "The code is incorrect. Type the one that the app shows now.");
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
      return viewOf(form, request, context);
  }
}

const noConnection = (domain: string) =>
  refuse(
    400,
    "connection_of_email_not_found",
    `No organization has ${domain} as a verified domain and a connection. Sign in in another way.`,
  );

/** Being picked proves what a password and a second factor would, or what the organization's own service would. */
function asTestPerson(form: Form, request: Request, context: Context): SignIn {
  if (!context.pages.testPeople) throw refuse(403, "no_test_people", "There are no test people here.");
  const user = requireUser(form.person ?? "", context);
  requireInvited(request.invitationToken, user.email, context);
  const { domainSso } = context.settings.switches;
  const connection = domainSso === "required" ? connectionOfDomain(domainOf(user.email), context) : undefined;
  if (connection !== undefined) {
    const profile = { email: user.email, firstName: user.first_name, lastName: user.last_name };
    return byConnection(connection, profile, request, context);
  }
  return { ...begin(user.id, "Password", request, context), mfa_passed: true };
}

export function byConnection(
  connection: StoredConnection,
  profile: Person,
  request: Request,
  context: Context,
): SignIn {
  requireInvited(request.invitationToken, profile.email, context);
  const user = fromConnection(connection, profile, context);
  const signIn = begin(user.id, "SSO", request, context);
  return { ...signIn, organization_id: signIn.organization_id ?? connection.organization_id };
}

function requireProvider(form: Form, request: Request, { settings }: Context): string {
  const { provider = "" } = form;
  if (request.provider !== undefined) return request.provider;
  if (isOneOf(settings.switches.providers, provider)) return provider;
  throw refuse(400, "unknown_provider", "This service is not one of the page's.");
}

function requireConnection({ connection: id = "" }: Form, { store }: Context): StoredConnection {
  const connection = store.connections.get(id);
  if (connection?.state === "active") return connection;
  throw refuse(400, "connection_not_active", "This connection is not active any more. Sign in in another way.");
}

/** What the page that stands in for another service says: somebody who was picked, or what was typed. */
export function readProfile(form: Form, context: Context): Person {
  if (form.person !== undefined) {
    const { email, first_name, last_name } = requireUser(form.person, context);
    return { email, firstName: first_name, lastName: last_name };
  }
  return { email: readEmail(form), firstName: nameOf(form.first_name), lastName: nameOf(form.last_name) };
}

function begin(userId: string, method: SignIn["method"], request: Request, context: Context): SignIn {
  const { email } = requireUser(userId, context);
  const invitation = context.store.invitations.by("token", request.invitationToken ?? "")[0];
  // Whoever opens the link of an invitation again, and has accepted it, is a member.
  const accepted = invitation?.state === "accepted" && invitation.accepted_user_id === userId;
  const invitedTo = accepted ? invitation.organization_id : useInvitation(request.invitationToken, email, context);
  return {
    user_id: userId,
    client_id: request.clientId,
    method,
    organization_id: request.organizationId ?? invitedTo,
    mfa_passed: false,
    authenticated_at: context.clock.iso(),
  };
}

/** What the steps before have proved. */
export function kept(form: Form, request: Request, context: Context): SignIn {
  const pending = pendingSignIn(form.token ?? "", context);
  if (pending?.client_id !== request.clientId) {
    throw refuse(400, "invalid_pending_authentication_token", "This took too long. Open the page again.");
  }
  const { user_id, client_id, method, organization_id, mfa_passed, authenticated_at } = pending;
  return { user_id, client_id, method, organization_id, mfa_passed, authenticated_at };
}

/** The page that a form came from, with what was typed, or the one that it leads to. */
function viewOf(form: Form, request: Request, context: Context): View {
  const { email = "", token = "", first_name: firstName, last_name: lastName } = form;
  const invited = request.invitationToken !== undefined;
  switch (form.action) {
    case "to-sign-in":
    case "to-sign-up":
    case "to-forgot":
    case "cancel":
      return otherView(form, request, context);
    case "sign-in":
    case "send-code":
    case "sso-start":
    case "provider-start":
      // A code that could not be sent again leads back to where the address is typed.
      return { name: "sign-in", email };
    case "sign-up":
      return { name: "sign-up", email, invited, firstName, lastName };
    case "emailed-code":
      return { name: "emailed-code", email };
    case "forgot":
      return { name: "forgot", email };
    case "provider":
      return {
        ...{ name: "elsewhere", email, firstName, lastName },
        ...ofProvider(request.provider ?? form.provider ?? ""),
      };
    case "connection": {
      const connection = context.store.connections.get(form.connection ?? "");
      if (connection === undefined) return { name: "sign-in", email };
      return { name: "elsewhere", email, firstName, lastName, ...ofConnection(connection, context) };
    }
    case "verify":
    case "resend":
      return { name: "verify", token, email };
    case "totp":
      return { name: "totp", token, challengeId: form.challenge ?? "" };
    case "enroll":
      return { name: "enroll", token, secret: form.secret ?? "", user: email };
    default:
      return firstView(request, context);
  }
}

/** The page that was chosen, with the address that was typed on the one before. */
function otherView({ action, email: typed }: Form, request: Request, context: Context): View {
  const first = firstView({ ...request, provider: undefined, connection: undefined }, context);
  const email = typed ?? ("email" in first ? first.email : "");
  if (action === "to-forgot") return { name: "forgot", email };
  if (action === "to-sign-up") return { name: "sign-up", email, invited: request.invitationToken !== undefined };
  return { name: "sign-in", email };
}
