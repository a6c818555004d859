/** A user's move to another address: part of `UserlandUsersController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { emailChange as emailChangeObject, emailChangeConfirmation } from "../schemas";

export const emailChange = {
  /** Sends a code to the new address. The user keeps the old one until the code is confirmed. */
  send: endpoint({
    operation: "UserlandUsersController_sendEmailChange",
    method: "POST",
    path: "/user_management/users/{user_id}/email_change/send",
    body: z.object({ new_email: z.string() }),
    success: { 200: emailChangeObject },
    repeat: "unsafe",
    lane: "write",
    limitedPerPerson: true,
  }),
  /** Moves the user to the new address. The code works once; the answer has the user under the new address. */
  confirm: endpoint({
    operation: "UserlandUsersController_confirmEmailChange",
    method: "POST",
    path: "/user_management/users/{user_id}/email_change/confirm",
    body: z.object({ code: z.string() }),
    success: { 200: emailChangeConfirmation },
    repeat: "unsafe",
    lane: "write",
    limitedPerPerson: true,
  }),
} as const;
