/** Tells of what is proved on the pages. */
import { type Attempt, type ProofType, tell, tellFailed, type Visitor } from "../auth/tell";
import { pendingSignIn, type SignIn } from "../auth/sign-in";
import { type Context } from "../context";
import { foldAddress } from "../../api/address";
import { type Form } from "./http";
import { type View } from "./views";

/** What each form proves; who signs up has proved that they know the password that they chose. */
const proofs: Readonly<Record<string, ProofType>> = {
  "sign-in": "password",
  "sign-up": "password",
  "emailed-code": "magic_auth",
  verify: "email_verification",
  totp: "mfa",
  enroll: "mfa",
  person: "password",
  provider: "oauth",
  connection: "sso",
  sso: "sso",
};

/** A page that has to come first proves nothing. */
export async function witnessed(
  form: Form,
  from: Visitor,
  context: Context,
  prove: () => Promise<SignIn | View>,
): Promise<SignIn | View> {
  const type = proofs[form.action ?? ""];
  if (type === undefined) return prove();
  const attempt = attemptOf(type, form, from, context);
  try {
    const proved = await prove();
    if ("user_id" in proved) tell(of(proved, attempt, context), "succeeded", context);
    return proved;
  } catch (error) {
    if (form.action !== "sign-up") tellFailed(attempt, error, context);
    throw error;
  }
}

/** The page of another service is about to be shown. */
export const tellSsoStarted = (signIn: SignIn, from: Visitor, context: Context): void =>
  tell(of(signIn, { type: "sso", ...from, user_id: null, email: null }, context), "started", context);

/** The same, of an address whose organization has a connection: nothing is proved yet. */
export function tellSsoAsked(
  { email, id }: { readonly email: string; readonly id: string },
  from: Visitor,
  context: Context,
): void {
  const [user] = context.store.users.by("email", foldAddress(email));
  const organization_id = context.store.connections.get(id)?.organization_id ?? null;
  const attempt: Attempt = { type: "sso", ...from, user_id: user?.id ?? null, email, organization_id };
  tell(attempt, "started", context);
}

function attemptOf(type: ProofType, form: Form, from: Visitor, context: Context): Attempt {
  const pending = pendingSignIn(form.token ?? "", context);
  const { store } = context;
  const user =
    pending === undefined
      ? store.users.by("email", foldAddress(form.email ?? ""))[0]
      : store.users.get(pending.user_id);
  const organization_id = pending?.organization_id ?? null;
  return { type, ...from, user_id: user?.id ?? null, email: user?.email ?? form.email ?? null, organization_id };
}

/** With who it turned out to be. */
const of = ({ user_id, organization_id }: SignIn, attempt: Attempt, { store }: Context): Attempt => ({
  ...attempt,
  user_id,
  email: store.users.get(user_id)?.email ?? attempt.email,
  organization_id,
});
