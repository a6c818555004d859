/** Six-digit codes by email: `UserlandMagicAuthController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { magicAuth } from "../schemas";

/** Sends an email: never repeated blindly. The code works once, for ten minutes. */
export const createMagicAuth = endpoint({
  operation: "UserlandMagicAuthController_sendMagicAuthCodeAndReturn",
  method: "POST",
  path: "/user_management/magic_auth",
  body: z.object({
    email: z.email(),
    invitation_token: z.string().optional(),
    ip_address: z.string().optional(),
    user_agent: z.string().optional(),
    radar_auth_attempt_id: z.string().optional(),
    signals_id: z.string().optional(),
  }),
  success: { 201: magicAuth.extend({ radar_auth_attempt_id: z.string().optional() }) },
  repeat: "unsafe",
  lane: "write",
  limitedPerPerson: true,
});

export const getMagicAuth = endpoint({
  operation: "UserlandMagicAuthController_get",
  method: "GET",
  path: "/user_management/magic_auth/{id}",
  success: { 200: magicAuth },
  repeat: "safe",
  lane: "read",
});
