import { verifyEmail } from "../auth/grants";
import { hashOf } from "../auth/secrets";
import { type Context } from "../context";
import { oauthError, refuse } from "../errors";
import { knownOrNew } from "../handlers/magic-auth";
import { isExpired } from "../handlers/present";
import { emailTaken, newUser } from "../handlers/users";
import { hashPassword, refuseWeak } from "../passwords/password";
import { type StoredUser } from "../store/entities";
import { foldAddress } from "../../api/address";
import { pairKey } from "../store/store";
import { type Form, readEmail } from "./http";
import { type Person } from "../auth/connections";

/** Makes the user; of one whom an invitation made already, it sets the password. */
export async function signUp(form: Form, invitationToken: string | undefined, context: Context): Promise<StoredUser> {
  const { store, ids, clock, settings } = context;
  const email = readEmail(form);
  const invited = isInvited(invitationToken, email, context);
  if (!settings.switches.signUp && !invited) throw oauthError("sign_up_not_allowed", "Sign-up is not allowed.");
  refuseWeak(form.password ?? "", "password_strength_error");
  const password = await hashPassword(form.password ?? "");
  return store.write(() => {
    const names = { first_name: nameOf(form.first_name), last_name: nameOf(form.last_name) };
    const known = store.users.by("email", foldAddress(email))[0];
    // Without the mailed token anyone could take over the account that waits for the invited person.
    if (known !== undefined && invited && known.password === null) {
      const changed = { ...known, ...names, password, updated_at: clock.iso() };
      store.users.put(changed);
      return changed;
    }
    if (emailTaken(email, undefined, context)) {
      throw refuse(400, "email_not_available", "There is an account with this email. Sign in instead.");
    }
    const user = newUser({ email, email_verified: false, ...names, password }, ids.make("user"), clock.iso());
    store.users.put(user);
    return user;
  });
}

function isInvited(token: string | undefined, email: string, { store, clock }: Context): boolean {
  const invitation = token === undefined ? undefined : store.invitations.by("token", token)[0];
  if (invitation?.state !== "pending" || isExpired(invitation.expires_at, clock.now())) return false;
  return foldAddress(invitation.email) === foldAddress(email);
}

/** Before anything is done, so that nobody gets an account who cannot use the invitation. */
export function requireInvited(token: string | undefined, email: string, { store }: Context): void {
  const invitation = store.invitations.by("token", token ?? "")[0];
  if (invitation === undefined || foldAddress(invitation.email) === foldAddress(email)) return;
  throw oauthError("invitation_cannot_be_used_for_email", "The invitation is for another email address.");
}

export const nameOf = (given: string | undefined) => (given === undefined || given.trim() === "" ? null : given.trim());

/** Another service vouches for the address: the user is found or made, and the identity is remembered. */
export function fromProvider(provider: string, profile: Person, context: Context): StoredUser {
  const { store, ids, clock } = context;
  return store.write(() => {
    const { email, firstName: first_name, lastName: last_name } = profile;
    const user = knownOrNew(email, context, { first_name, last_name });
    verifyEmail(user.id, context, clock.iso());
    const idp_id = hashOf(`${provider} ${user.id}`).slice(0, 21);
    if (store.identities.idsBy("idp", pairKey(provider, idp_id)).size === 0) {
      store.identities.put({ id: ids.make("identity"), user_id: user.id, provider, idp_id });
    }
    return user;
  });
}
