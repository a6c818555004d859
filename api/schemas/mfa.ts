/** Second factors and the challenges made with them. */
import { z } from "zod";
import { timestamp } from "./shapes";

export const factorTypes = ["generic_otp", "sms", "totp", "webauthn"] as const;

const totp = z.object({ issuer: z.string(), user: z.string() });

export const factor = z.object({
  object: z.literal("authentication_factor"),
  id: z.string(),
  type: z.enum(factorTypes),
  user_id: z.string().optional(),
  sms: z.object({ phone_number: z.string() }).optional(),
  totp: totp.optional(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type FactorObject = z.output<typeof factor>;

/** Only the answer to the enrolment carries the secret and what shows it: the QR code and the URI. */
export const enrolledFactor = factor.extend({
  totp: totp.extend({ secret: z.string(), qr_code: z.string(), uri: z.string() }).optional(),
});
export type EnrolledFactorObject = z.output<typeof enrolledFactor>;

export const challenge = z.object({
  object: z.literal("authentication_challenge"),
  id: z.string(),
  /** Neither this nor `code` for TOTP. */
  expires_at: timestamp.optional(),
  code: z.string().optional(),
  authentication_factor_id: z.string(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type ChallengeObject = z.output<typeof challenge>;
