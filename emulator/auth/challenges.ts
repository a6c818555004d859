/** Asking for the code of a second factor, and checking it. */
import { type Context } from "../context";
import { isExpired } from "../handlers/present";
import { type StoredChallenge, type StoredFactor } from "../store/auth-entities";
import { type CodeVerdict } from "./email-codes";
import { lifetimes, wrongGuessesAllowed } from "./lifetimes";
import { newCode, sameText } from "./secrets";
import { totpMatches } from "./totp";

/** A text message goes nowhere here: its code is in the challenge, which the API answers. */
export function challengeFactor(factor: StoredFactor, { store, ids, clock }: Context): StoredChallenge {
  const now = clock.iso();
  const isTotp = factor.type === "totp";
  const challenge: StoredChallenge = {
    id: ids.make("auth_challenge"),
    factor_id: factor.id,
    code: isTotp ? null : newCode(),
    expires_at: new Date(clock.now() + (isTotp ? lifetimes.totpChallenge : lifetimes.smsCode)).toISOString(),
    used: false,
    wrong_guesses: 0,
    created_at: now,
    updated_at: now,
  };
  store.write(() => store.challenges.put(challenge));
  return challenge;
}

/** Uses the challenge up when the code is right, and counts the guess when it is wrong. */
export function takeChallenge(challenge: StoredChallenge, given: string, context: Context): CodeVerdict {
  const { store, clock } = context;
  if (challenge.wrong_guesses >= wrongGuessesAllowed) return "too_many";
  const { totp } = store.factors.get(challenge.factor_id) ?? {};
  const code = given.replace(/\s/g, "");
  const right = challenge.code === null ? totp && totpMatches(totp, code, clock.now()) : sameText(code, challenge.code);
  if (!right) {
    store.write(() => store.challenges.put({ ...challenge, wrong_guesses: challenge.wrong_guesses + 1 }));
    return "incorrect";
  }
  if (challenge.used) return "used";
  if (isExpired(challenge.expires_at, clock.now())) return "expired";
  store.write(() => store.challenges.put({ ...challenge, used: true, updated_at: clock.iso() }));
  return "ok";
}
