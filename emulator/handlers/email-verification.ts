import { sendEmailCode, takeEmailCode, type CodeVerdict } from "../auth/email-codes";
import { verifyEmail } from "../auth/grants";
import { notFound, refuse } from "../errors";
import { type Family } from "./handler";
import { presentUser } from "./present";
import { presentEmailVerification } from "./present-auth";
import { requireUser } from "./users";

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

  confirm: ({ user_id, code }, context) => {
    const user = requireUser(user_id, context);
    const verdict = takeEmailCode("email_verification", user_id, code, context);
    if (user.email_verified && verdict !== "used") {
      throw refuse(400, "email_previously_verified", "The email is already verified.");
    }
    if (verdict !== "ok") throw refuse(400, ...wrong[verdict]);
    verifyEmail(user_id, context, context.clock.iso());
    return { user: presentUser(requireUser(user_id, context)) };
  },
};
