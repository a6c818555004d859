/** Codes that confirm a sign-in which Radar doubts: `PublicRadarChallengesController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../../api/endpoint";
import { timestamp } from "../../api/schemas";
import { challengeUser } from "../auth/radar-challenges";
import { pendingSignIn } from "../auth/sign-in";
import { notFound, refuse } from "../errors";
import { maybe, serve, text, word } from "./operation";

export const radarChallenges = {
  sendSms: serve(
    endpoint({
      operation: "PublicRadarChallengesController_sendRadarSmsChallenge",
      method: "POST",
      path: "/user_management/radar_challenges",
      body: z.object({
        user_id: text,
        pending_authentication_token: text,
        phone_number: word,
        ip_address: maybe,
        user_agent: maybe,
      }),
      success: { 201: z.object({ verification_id: text, phone_number: text }) },
      repeat: "unsafe",
      lane: "write",
    }),
    ({ user_id, pending_authentication_token: token, phone_number }, context) => {
      if (pendingSignIn(token, context)?.user_id !== user_id) {
        const message = "The pending authentication token is invalid or expired.";
        throw refuse(400, "invalid_pending_authentication_token", message);
      }
      return { verification_id: challengeUser(user_id, phone_number, context).id, phone_number };
    },
  ),

  get: serve(
    endpoint({
      operation: "PublicRadarChallengesController_get",
      method: "GET",
      path: "/user_management/radar_challenges/{id}",
      success: {
        200: z.object({
          object: z.literal("radar_challenge"),
          id: text,
          type: z.literal("email"),
          user_id: text,
          email: text,
          expires_at: timestamp,
          created_at: timestamp,
          updated_at: timestamp,
          code: text,
        }),
      },
      repeat: "safe",
      lane: "read",
    }),
    ({ id }, { store }) => {
      const found = store.radarChallenges.get(id);
      if (found?.phone_number !== null) throw notFound("Radar Challenge", id);
      const { user_id, email, expires_at, created_at, updated_at, code } = found;
      const times = { expires_at, created_at, updated_at };
      return { object: "radar_challenge" as const, id, type: "email" as const, user_id, email, ...times, code };
    },
  ),
} as const;
