/** Proving that a user reads an address: part of `UserlandUsersController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { emailVerification, ofUser } from "../schemas";

export const getEmailVerification = endpoint({
  operation: "UserlandUsersController_getEmailVerification",
  method: "GET",
  path: "/user_management/email_verification/{id}",
  success: { 200: emailVerification },
  repeat: "safe",
  lane: "read",
});

/** Sends an email: never repeated blindly. */
export const sendEmailVerification = endpoint({
  operation: "UserlandUsersController_sendVerificationEmail",
  method: "POST",
  path: "/user_management/users/{user_id}/email_verification/send",
  success: { 200: ofUser },
  repeat: "unsafe",
  lane: "write",
  limitedPerPerson: true,
});

/** The code works once. */
export const confirmEmailVerification = endpoint({
  operation: "UserlandUsersController_emailVerification",
  method: "POST",
  path: "/user_management/users/{user_id}/email_verification/confirm",
  body: z.object({ code: z.string() }),
  success: { 200: ofUser },
  repeat: "unsafe",
  lane: "write",
});
