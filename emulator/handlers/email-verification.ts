import { emailAddress } from "../../api/schemas";
import { type CodeVerdict, latestCode, sendEmailCode, takeEmailCode } from "../auth/one-time-codes";
import { attemptOf, witness } from "../auth/tell";
import { verifyEmail } from "../auth/grants";
import { type Context } from "../context";
import { notFound, refuse } from "../errors";
import { foldAddress } from "../../api/address";
import { type Family } from "./handler";
import { presentUser } from "./present";
import { presentEmailVerification } from "./present-auth";
import { emailTaken, requireUser } from "./users";

const wrong: Readonly<Record<Exclude<CodeVerdict, "ok">, readonly [code: string, message: string]>> = {
  incorrect: ["email_verification_code_incorrect", "The verification code is incorrect."],
  used: ["email_verification_code_previously_used", "The verification code was already used."],
  expired: ["email_verification_code_expired", "The verification code has expired."],
  // The specification has no code for it here; asking for a new code is what helps, as for one that expired.
  too_many: ["email_verification_code_expired", "Too many wrong codes were tried. Ask for a new one."],
};

export const emailVerification: Family<"emailVerification"> = {
  get: ({ id }, { store }) => {
    const code = store.emailCodes.get(id);
    if (code?.kind !== "email_verification") throw notFound("Email verification", id);
    return presentEmailVerification(code);
  },

  send: ({ user_id }, context) => {
    const user = requireUser(user_id, context);
    if (user.email_verified) throw refuse(400, "email_already_verified", "The email is already verified.");
    sendEmailCode("email_verification", user, user.email, context);
    return { user: presentUser(user) };
  },

  confirm: ({ user_id, code }, context, { ipAddress, userAgent }) => {
    const user = requireUser(user_id, context);
    const from = { ip_address: ipAddress, user_agent: userAgent };
    witness(attemptOf("email_verification", user_id, from, context), context, () => {
      const verdict = takeEmailCode("email_verification", user_id, code, context);
      if (user.email_verified && verdict !== "used") {
        throw refuse(400, "email_previously_verified", "The email is already verified.");
      }
      if (verdict !== "ok") throw refuse(400, ...wrong[verdict]);
    });
    verifyEmail(user_id, context, context.clock.iso());
    return { user: presentUser(requireUser(user_id, context)) };
  },
};

export const emailChange: Family<"emailChange"> = {
  send: ({ user_id, new_email }, context) => {
    const user = requireUser(user_id, context);
    if (!emailAddress.safeParse(new_email).success) throw refuse(422, "invalid_email", "Not an email address.");
    if (foldAddress(new_email) === foldAddress(user.email)) {
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
