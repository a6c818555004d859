/** Forgotten passwords: part of `UserlandUsersController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { ofUser, passwordReset } from "../schemas";

/** Sends an email: never repeated blindly. */
export const createPasswordReset = endpoint({
  operation: "UserlandUsersController_createPasswordResetToken",
  method: "POST",
  path: "/user_management/password_reset",
  body: z.object({ email: z.email() }),
  success: { 201: passwordReset },
  repeat: "unsafe",
  lane: "write",
  limitedPerPerson: true,
});

export const getPasswordReset = endpoint({
  operation: "UserlandUsersController_getPasswordReset",
  method: "GET",
  path: "/user_management/password_reset/{id}",
  success: { 200: passwordReset },
  repeat: "safe",
  lane: "read",
});

/** The token works once. Also marks the email as verified. */
export const confirmPasswordReset = endpoint({
  operation: "UserlandUsersController_resetPassword",
  method: "POST",
  path: "/user_management/password_reset/confirm",
  body: z.object({ token: z.string(), new_password: z.string() }),
  success: { 200: ofUser },
  repeat: "unsafe",
  lane: "write",
});
