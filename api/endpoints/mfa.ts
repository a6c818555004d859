/** Second factors: `UserlandUserAuthenticationFactorsController`, `AuthenticationFactorsController` and
 * `AuthenticationChallengesController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { challenge, enrolledFactor, factor, listOf, page } from "../schemas";

export const mfa = {
  /** A TOTP factor. The answer is the only one that carries the secret and its QR code. */
  enrollForUser: endpoint({
    operation: "UserlandUserAuthenticationFactorsController_create",
    method: "POST",
    path: "/user_management/users/{user_id}/auth_factors",
    body: z.object({
      type: z.literal("totp"),
      totp_issuer: z.string().optional(),
      totp_user: z.string().optional(),
      totp_secret: z.string().optional(),
    }),
    success: { 201: z.object({ authentication_factor: enrolledFactor, authentication_challenge: challenge }) },
    repeat: "unsafe",
    lane: "write",
  }),
  /** Factors of a user. */
  listForUser: endpoint({
    operation: "UserlandUserAuthenticationFactorsController_list",
    method: "GET",
    path: "/user_management/users/{user_id}/auth_factors",
    query: page,
    success: { 200: listOf(factor) },
    repeat: "safe",
    lane: "read",
  }),
  /** A TOTP or SMS factor outside of AuthKit. */
  enroll: endpoint({
    operation: "AuthenticationFactorsController_create",
    method: "POST",
    path: "/auth/factors/enroll",
    body: z.object({
      type: z.enum(["generic_otp", "sms", "totp"]),
      phone_number: z.string().optional(),
      totp_issuer: z.string().optional(),
      totp_user: z.string().optional(),
      user_id: z.string().optional(),
    }),
    success: { 201: enrolledFactor },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One factor. */
  get: endpoint({
    operation: "AuthenticationFactorsController_get",
    method: "GET",
    path: "/auth/factors/{id}",
    success: { 200: factor },
    repeat: "safe",
    lane: "read",
  }),
  /** Removes a factor. */
  delete: endpoint({
    operation: "AuthenticationFactorsController_delete",
    method: "DELETE",
    path: "/auth/factors/{id}",
    success: { 204: null, 200: null },
    alsoAccepts: [202],
    repeat: "safe",
    lane: "write",
  }),
  /** Starts a challenge, for SMS by a message. The one way to challenge any factor, a user's included. */
  challenge: endpoint({
    operation: "AuthenticationFactorsController_challenge",
    method: "POST",
    path: "/auth/factors/{id}/challenge",
    body: z.object({ sms_template: z.string().optional() }),
    success: { 201: challenge },
    repeat: "unsafe",
    lane: "write",
  }),
  /** Whether a code is right (`valid`). A wrong code is a success with `valid: false`. */
  verify: endpoint({
    operation: "AuthenticationChallengesController_verify",
    method: "POST",
    path: "/auth/challenges/{id}/verify",
    body: z.object({ code: z.string() }),
    success: { 201: z.object({ challenge, valid: z.boolean() }) },
    repeat: "unsafe",
    lane: "write",
  }),
} as const;
