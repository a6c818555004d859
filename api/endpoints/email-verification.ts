/** Proving that a user reads an address: part of `UserlandUsersController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { emailVerification as emailVerificationObject, ofUser } from "../schemas";

export const emailVerification = {
  /** One verification, with its code. */
  get: endpoint({
    operation: "UserlandUsersController_getEmailVerification",
    method: "GET",
    path: "/user_management/email_verification/{id}",
    success: { 200: emailVerificationObject },
    repeat: "safe",
    lane: "read",
  }),
  /** Sends a code to the address. Sends an email: never repeated blindly. */
  send: endpoint({
    operation: "UserlandUsersController_sendVerificationEmail",
    method: "POST",
    path: "/user_management/users/{user_id}/email_verification/send",
    success: { 200: ofUser },
    repeat: "unsafe",
    lane: "write",
    limitedPerPerson: true,
  }),
  /** Verifies the address by the code. The code works once. */
  confirm: endpoint({
    operation: "UserlandUsersController_emailVerification",
    method: "POST",
    path: "/user_management/users/{user_id}/email_verification/confirm",
    body: z.object({ code: z.string() }),
    success: { 200: ofUser },
    repeat: "unsafe",
    lane: "write",
  }),
} as const;
