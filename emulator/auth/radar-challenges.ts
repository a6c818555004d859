/**
 * What Radar asks of a person whose sign-in it doubts: a code by mail, or by a text message to a number that is given
 * then. Here the switch `radarChallenge` doubts every sign-in by password. Text messages go to the mailbox too.
 */
import { type Context } from "../context";
import { ApiError, refuse } from "../errors";
import { sendRadarMail } from "../mailbox";
import { type StoredRadarChallenge } from "../store/auth-entities";
import { tellRisk } from "./radar-events";
import { requireRight, takeCode } from "./one-time-codes";
import { lifetimes, newCode } from "./secrets";
import { keepSignIn, type SignIn } from "./sign-in";
import { type Visitor } from "./tell";

/** The answer that asks for a challenge; nothing where there is none to pass. */
export function radarStep(signIn: SignIn, from: Visitor, context: Context): ApiError | undefined {
  const { radarChallenge } = context.settings.switches;
  if (radarChallenge === "off" || signIn.radar_passed === true || signIn.method !== "Password") return undefined;
  tellRisk(signIn.user_id, from, context);
  const pending_authentication_token = keepSignIn(signIn, context);
  if (radarChallenge === "sms") {
    const message = "The sign-in must be confirmed by a code that is sent to a phone.";
    return new ApiError(403, { code: "radar_sms_sign_in_challenge", message, pending_authentication_token });
  }
  const { id } = challengeUser(signIn.user_id, null, context);
  const message = "The sign-in must be confirmed by the code in a mail.";
  return new ApiError(403, { code: "radar_challenge", message, pending_authentication_token, radar_challenge_id: id });
}

/** @param phone Where the code goes; by mail without one. */
export function challengeUser(userId: string, phone: string | null, context: Context): StoredRadarChallenge {
  const { store, ids, clock } = context;
  const now = clock.iso();
  const made: StoredRadarChallenge = {
    id: ids.make("radar_challenge"),
    user_id: userId,
    email: store.users.get(userId)?.email ?? "",
    phone_number: phone,
    code: newCode(),
    expires_at: new Date(clock.now() + lifetimes.smsCode).toISOString(),
    used: false,
    wrong_guesses: 0,
    created_at: now,
    updated_at: now,
  };
  store.write(() => {
    store.radarChallenges.put(made);
    sendRadarMail(made, context);
  });
  return made;
}

/** Uses the challenge up when the code is right, and counts the guess when it is wrong. */
export function passRadar(id: string | undefined, userId: string, code: string, context: Context): void {
  const found = context.store.radarChallenges.get(id ?? "");
  if (found?.user_id !== userId) throw refuse(400, "invalid_one_time_code", "There is no such Radar challenge.");
  requireRight(takeCode(found, context.store.radarChallenges, code, context));
}
