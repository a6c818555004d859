/** A user's move to another address: part of `UserlandUsersController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { emailChange, emailChangeConfirmation } from "../schemas";

/** Sends a code to the new address. The user keeps the old one until the code is confirmed. */
export const sendEmailChange = endpoint({
  operation: "UserlandUsersController_sendEmailChange",
  method: "POST",
  path: "/user_management/users/{user_id}/email_change/send",
  body: z.object({ new_email: z.string() }),
  success: { 200: emailChange },
  repeat: "unsafe",
  lane: "write",
  limitedPerPerson: true,
});

/** The code works once; the answer has the user under the new address. */
export const confirmEmailChange = endpoint({
  operation: "UserlandUsersController_confirmEmailChange",
  method: "POST",
  path: "/user_management/users/{user_id}/email_change/confirm",
  body: z.object({ code: z.string() }),
  success: { 200: emailChangeConfirmation },
  repeat: "unsafe",
  lane: "write",
  limitedPerPerson: true,
});
