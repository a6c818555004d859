/** Forgotten passwords: part of `UserlandUsersController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { ofUser, passwordReset as passwordResetObject, emailAddress } from "../schemas";

export const passwordReset = {
  /** Sends a link to choose a new password. Sends an email: never repeated blindly. */
  create: endpoint({
    operation: "UserlandUsersController_createPasswordResetToken",
    method: "POST",
    path: "/user_management/password_reset",
    body: z.object({ email: emailAddress }),
    success: { 201: passwordResetObject },
    repeat: "unsafe",
    lane: "write",
    limitedPerPerson: true,
  }),
  /** One password reset, with its token. */
  get: endpoint({
    operation: "UserlandUsersController_getPasswordReset",
    method: "GET",
    path: "/user_management/password_reset/{id}",
    success: { 200: passwordResetObject },
    repeat: "safe",
    lane: "read",
  }),
  /** Sets the new password. The token works once. Also marks the email as verified. */
  confirm: endpoint({
    operation: "UserlandUsersController_resetPassword",
    method: "POST",
    path: "/user_management/password_reset/confirm",
    body: z.object({ token: z.string(), new_password: z.string() }),
    success: { 200: ofUser },
    repeat: "unsafe",
    lane: "write",
  }),
} as const;
