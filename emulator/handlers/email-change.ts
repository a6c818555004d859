import { z } from "zod";
import { latestCode, sendEmailCode, takeEmailCode } from "../auth/email-codes";
import { type Context } from "../context";
import { refuse } from "../errors";
import { foldEmail } from "../store/store";
import { type Family } from "./handler";
import { presentUser } from "./present";
import { emailTaken, requireUser } from "./users";

const address = z.email();

export const emailChange: Family<"emailChange"> = {
  send: ({ user_id, new_email }, context) => {
    const user = requireUser(user_id, context);
    if (!address.safeParse(new_email).success) throw refuse(422, "invalid_email", "Not an email address.");
    if (foldEmail(new_email) === foldEmail(user.email)) {
      throw refuse(409, "email_change_not_needed", "The user has this email already.");
    }
    requireFree(new_email, user_id, context);
    const code = sendEmailCode("email_change", user, new_email, context);
    return {
      object: "email_change",
      user: presentUser(user),
      new_email,
      expires_at: code.expires_at,
      created_at: code.created_at,
    };
  },

  confirm: ({ user_id, code }, context) => {
    requireUser(user_id, context);
    const pending = latestCode("email_change", user_id, context);
    if (pending === undefined) throw refuse(409, "no_pending_email_change", "No email change is pending.");
    // Before the code is used up: another user may have taken the address since.
    requireFree(pending.email, user_id, context);
    switch (takeEmailCode("email_change", user_id, code, context)) {
      case "incorrect":
        throw refuse(400, "email_change_code_incorrect", "The code is incorrect.");
      case "expired":
        throw refuse(400, "email_change_code_expired", "The code has expired.");
      case "used":
        throw refuse(409, "email_change_code_previously_used", "The code was already used.");
      case "too_many":
        throw refuse(429, "email_change_too_many_attempts", "Too many wrong codes were tried. Ask for a new one.");
      case "ok": {
        const { store, clock } = context;
        const user = { ...requireUser(user_id, context), email: pending.email, email_verified: true };
        store.write(() => store.users.put({ ...user, updated_at: clock.iso() }));
        return { object: "email_change_confirmation", user: presentUser(requireUser(user_id, context)) };
      }
    }
  },
};

function requireFree(email: string, userId: string, context: Context): void {
  if (emailTaken(email, userId, context)) throw refuse(409, "email_not_available", "This email is not available.");
}
