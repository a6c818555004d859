import { sendEmailCode } from "../auth/one-time-codes";
import { type Context } from "../context";
import { notFound, oauthError } from "../errors";
import { type StoredUser } from "../store/entities";
import { foldAddress } from "../../api/address";
import { type Family } from "./handler";
import { isExpired } from "./present";
import { presentMagicAuth } from "./present-auth";
import { newUser } from "./users";

export const magicAuth: Family<"magicAuth"> = {
  create: ({ email, invitation_token }, context) => {
    if (invitation_token !== undefined) checkInvitation(invitation_token, email, context);
    const user = knownOrNew(email, context);
    return presentMagicAuth(sendEmailCode("magic_auth", user, user.email, context));
  },

  get: ({ id }, { store }) => {
    const code = store.emailCodes.get(id);
    if (code?.kind !== "magic_auth") throw notFound("Magic Auth", id);
    return presentMagicAuth(code);
  },
};

/** An unknown address signs up by its first code. */
export function knownOrNew(
  email: string,
  context: Context,
  names: Partial<Pick<StoredUser, "first_name" | "last_name">> = {},
): StoredUser {
  const { store, ids, clock, settings } = context;
  const known = store.users.by("email", foldAddress(email))[0];
  if (known !== undefined) return known;
  if (!settings.switches.signUp) throw oauthError("sign_up_not_allowed", "Sign-up is not allowed.");
  const user = newUser({ email, email_verified: false, ...names }, ids.make("user"), clock.iso());
  store.write(() => store.users.put(user));
  return user;
}

function checkInvitation(token: string, email: string, { store, clock }: Context): void {
  const invitation = store.invitations.by("token", token)[0];
  const pending = invitation?.state === "pending" && !isExpired(invitation.expires_at, clock.now());
  if (!pending || foldAddress(invitation.email) !== foldAddress(email)) {
    throw oauthError("invitation_invalid", "The invitation is not valid.");
  }
}
