/** Six-digit codes by mail: the latest of a kind is the one that counts. */
import { foldAddress } from "../../api/address";
import { type Context } from "../context";
import { refuse } from "../errors";
import { isExpired } from "../handlers/present";
import { sendCodeMail } from "../mailbox";
import { type StoredChallenge, type StoredEmailCode, type StoredFactor } from "../store/auth-entities";
import { type StoredUser } from "../store/entities";
import { pairKey } from "../store/store";
import { lifetimes, newCode, sameText, wrongGuessesAllowed } from "./secrets";
import { totpMatches } from "./totp";

type Kind = StoredEmailCode["kind"];

const lifetimeOf: Readonly<Record<Kind, number>> = {
  magic_auth: lifetimes.magicAuth,
  email_verification: lifetimes.emailVerification,
  email_change: lifetimes.emailChange,
};

export function sendEmailCode(kind: Kind, user: StoredUser, email: string, context: Context): StoredEmailCode {
  const { store, clock, ids } = context;
  const now = clock.iso();
  const code: StoredEmailCode = {
    id: ids.make(kind),
    kind,
    user_id: user.id,
    email,
    code: newCode(),
    expires_at: new Date(clock.now() + lifetimeOf[kind]).toISOString(),
    used: false,
    wrong_guesses: 0,
    created_at: now,
    updated_at: now,
  };
  store.write(() => {
    store.emailCodes.put(code);
    sendCodeMail(code, context);
  });
  return code;
}

export function latestCode(kind: Kind, userId: string, { store }: Context): StoredEmailCode | undefined {
  const ids = store.emailCodes.idsBy("user", pairKey(kind, userId));
  const last = ids.at(ids.size - 1);
  return last === undefined ? undefined : store.emailCodes.get(last);
}

/** A code proves who reads the mail of the address that it went to: not that of the one which the user has got since. */
function wentElsewhere({ kind, email, user_id }: StoredEmailCode, { store }: Context): boolean {
  const user = store.users.get(user_id);
  return kind !== "email_change" && foldAddress(email) !== foldAddress(user?.email ?? "");
}

export type CodeVerdict = "ok" | "incorrect" | "used" | "expired" | "too_many";

export function takeEmailCode(kind: Kind, userId: string, given: string, context: Context): CodeVerdict {
  const stored = latestCode(kind, userId, context);
  if (stored === undefined || wentElsewhere(stored, context)) return "incorrect";
  return takeCode(stored, context.store.emailCodes, given, context);
}

/** What a code of six digits is kept as. */
type KeptCode = Pick<StoredEmailCode, "code" | "used" | "wrong_guesses" | "expires_at" | "updated_at">;

/** Uses the code up when it is right, and counts the guess when it is wrong. */
export function takeCode<T extends KeptCode>(
  stored: T,
  all: { put(changed: T): void },
  given: string,
  { store, clock }: Context,
): CodeVerdict {
  if (stored.wrong_guesses >= wrongGuessesAllowed) return "too_many";
  if (!sameText(given.trim(), stored.code)) {
    store.write(() => all.put({ ...stored, wrong_guesses: stored.wrong_guesses + 1 }));
    return "incorrect";
  }
  if (stored.used) return "used";
  if (isExpired(stored.expires_at, clock.now())) return "expired";
  store.write(() => all.put({ ...stored, used: true, updated_at: clock.iso() }));
  return "ok";
}

const messages: Readonly<Record<Exclude<CodeVerdict, "ok">, readonly [code: string, message: string]>> = {
  incorrect: ["invalid_one_time_code", "The one-time code is incorrect."],
  used: ["one_time_code_previously_used", "The one-time code was already used."],
  expired: ["one_time_code_expired", "The one-time code has expired."],
  too_many: ["one_time_code_too_many_attempts", "Too many wrong codes were tried. Ask for a new one."],
};

export function requireRight(verdict: CodeVerdict): void {
  if (verdict === "ok") return;
  const [code, message] = messages[verdict];
  throw refuse(400, code, message);
}

/** Asking for the code of a second factor, and checking it. */

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
