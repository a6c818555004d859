/**
 * What a sign-in may need before it gives tokens. The specification documents the codes of these answers, not their
 * other fields, which are those that workos-node reads; some say `error` and `error_description` where others say
 * `code` and `message`. An answer without the fields that the next step needs is no step but an ordinary error.
 */
import { z } from "zod";
import { user } from "./access";
import { challenge, factorTypes } from "./mfa";

const message = { message: z.string().default("") };
const pending = { pending_authentication_token: z.string() };

const steps = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("email_verification_required"),
    ...message,
    ...pending,
    email: z.string().optional(),
    email_verification_id: z.string().optional(),
  }),
  z.object({ type: z.literal("mfa_enrollment"), ...message, ...pending, user: user.optional() }),
  z.object({
    type: z.literal("mfa_challenge"),
    ...message,
    ...pending,
    user: user.optional(),
    /** The factors to choose from: challenge one with `mfa.challenge`. */
    authentication_factors: z.array(z.object({ id: z.string(), type: z.enum(factorTypes) })).default([]),
    /** Where the challenge has been made already. */
    authentication_challenge: challenge.optional(),
  }),
  z.object({
    type: z.literal("organization_selection_required"),
    ...message,
    ...pending,
    user: user.optional(),
    organizations: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  z.object({
    type: z.literal("sso_required"),
    ...message,
    connection_ids: z.array(z.string()),
    email: z.string().optional(),
    pending_authentication_token: z.string().optional(),
  }),
  z.object({ type: z.literal("passkey_progressive_enrollment"), ...message, ...pending, user: user.optional() }),
  z.object({ type: z.literal("radar_challenge"), ...message, ...pending, radar_challenge_id: z.string() }),
  z.object({ type: z.literal("radar_sign_up_challenge"), ...message, ...pending }),
  z.object({ type: z.literal("radar_sms_sign_in_challenge"), ...message, ...pending }),
]);

const record = z.record(z.string(), z.unknown());

export const signInStep = z.preprocess((given) => {
  const body = record.safeParse(given).data ?? {};
  return { ...body, type: body.code ?? body.error, message: body.message ?? body.error_description };
}, steps);
export type SignInStep = z.output<typeof signInStep>;
