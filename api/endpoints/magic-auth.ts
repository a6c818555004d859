/** Six-digit codes by email: `UserlandMagicAuthController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { magicAuth as magicAuthObject, emailAddress } from "../schemas";

export const magicAuth = {
  /** Sends a six-digit code to sign in with. Sends an email: never repeated blindly. The code works once, for ten minutes. */
  create: endpoint({
    operation: "UserlandMagicAuthController_sendMagicAuthCodeAndReturn",
    method: "POST",
    path: "/user_management/magic_auth",
    body: z.object({
      email: emailAddress,
      invitation_token: z.string().optional(),
      ip_address: z.string().optional(),
      user_agent: z.string().optional(),
      radar_auth_attempt_id: z.string().optional(),
      signals_id: z.string().optional(),
    }),
    success: { 201: magicAuthObject.extend({ radar_auth_attempt_id: z.string().optional() }) },
    repeat: "unsafe",
    lane: "write",
    limitedPerPerson: true,
  }),
  /** One such code. */
  get: endpoint({
    operation: "UserlandMagicAuthController_get",
    method: "GET",
    path: "/user_management/magic_auth/{id}",
    success: { 200: magicAuthObject },
    repeat: "safe",
    lane: "read",
  }),
} as const;
