import { leavePages } from "../auth/page-sessions";
import { lifetimes, newToken } from "../auth/secrets";
import { endSession } from "../auth/sessions";
import { type Context } from "../context";
import { notFound, refuse, refuseWithList } from "../errors";
import { sendResetMail } from "../mailbox";
import { hashPassword, weakness } from "../passwords/password";
import { type StoredPasswordReset } from "../store/auth-entities";
import { type StoredUser } from "../store/entities";
import { foldAddress } from "../../api/address";
import { type Family } from "./handler";
import { isExpired, presentUser } from "./present";
import { presentPasswordReset } from "./present-auth";

export const passwordReset: Family<"passwordReset"> = {
  create: ({ email }, context) => {
    requirePasswords(context);
    const user = context.store.users.by("email", foldAddress(email))[0];
    if (user === undefined) throw notFound("User", email);
    return presentPasswordReset(startReset(user, undefined, context), context);
  },

  get: ({ id }, context) => {
    const reset = context.store.passwordResets.get(id);
    if (reset === undefined) throw notFound("Password reset", id);
    return presentPasswordReset(reset, context);
  },

  confirm: async ({ token, new_password }, context) => {
    requirePasswords(context);
    return { user: presentUser(await resetPassword(token, new_password, context)) };
  },
};

/** @param askedAt path and query of the page where the person asked for it, which they are led back to */
export function startReset(user: StoredUser, askedAt: string | undefined, context: Context): StoredPasswordReset {
  const { store, ids, clock } = context;
  const reset: StoredPasswordReset = {
    id: ids.make("password_reset"),
    user_id: user.id,
    email: user.email,
    token: newToken(),
    expires_at: new Date(clock.now() + lifetimes.passwordReset).toISOString(),
    created_at: clock.iso(),
    used: false,
    ...(askedAt === undefined ? {} : { asked_at: askedAt }),
  };
  store.write(() => {
    store.passwordResets.put(reset);
    sendResetMail(reset, context);
  });
  return reset;
}

/** The token proves that the person reads the mail, so the email counts as verified from then on. */
export async function resetPassword(token: string, newPassword: string, context: Context) {
  const { store, clock } = context;
  usableReset(token, context);
  const weak = weakness(newPassword);
  if (weak !== undefined) throw refuseWithList("password_reset_error", [weak]);
  const password = await hashPassword(newPassword);
  return store.write(() => {
    // Looked up again: while the password was hashed another request may have used the token.
    const { reset, user } = usableReset(token, context);
    const changed = { ...user, password, email_verified: true, updated_at: clock.iso() };
    store.users.put(changed);
    store.passwordResets.put({ ...reset, used: true });
    // As WorkOS documents it: whoever knew the former password is out.
    for (const session of store.sessions.by("user_unrevoked", user.id)) endSession(session, context);
    leavePages(user.id, store);
    return changed;
  });
}

export function usableReset(token: string, { store, clock }: Context) {
  const reset = store.passwordResets.by("token", token)[0];
  const user = reset && store.users.get(reset.user_id);
  // Without the token, which would let a reader of logs set a password. A link in the mail of a former address is
  // nothing that the user of today has read.
  if (reset === undefined || user === undefined || foldAddress(reset.email) !== foldAddress(user.email)) {
    throw refuse(404, "password_reset_token_not_found", "Password reset token not found.");
  }
  if (reset.used) {
    throw refuseWithList("password_reset_error", [
      { code: "password_reset_token_previously_used", message: "The token was already used." },
    ]);
  }
  if (isExpired(reset.expires_at, clock.now())) {
    throw refuseWithList("password_reset_error", [
      { code: "password_reset_token_expired", message: "The token has expired." },
    ]);
  }
  return { reset, user };
}

export function requirePasswords({ settings }: Context): void {
  if (settings.switches.passwordSignIn) return;
  throw refuse(403, "email_password_auth_disabled", "Email and password authentication is disabled.");
}
