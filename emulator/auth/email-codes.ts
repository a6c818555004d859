/** Six-digit codes by mail: the latest of a kind is the one that counts. */
import { type Context } from "../context";
import { isExpired } from "../handlers/present";
import { sendCodeMail } from "../mailbox";
import { type StoredEmailCode } from "../store/auth-entities";
import { type StoredUser } from "../store/entities";
import { pairKey } from "../store/store";
import { lifetimes, wrongGuessesAllowed } from "./lifetimes";
import { newCode, sameText } from "./secrets";

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

export type CodeVerdict = "ok" | "incorrect" | "used" | "expired" | "too_many";

/** Uses the code up when it is right, and counts the guess when it is wrong. */
export function takeEmailCode(kind: Kind, userId: string, given: string, context: Context): CodeVerdict {
  const { store, clock } = context;
  const stored = latestCode(kind, userId, context);
  if (stored === undefined) return "incorrect";
  if (stored.wrong_guesses >= wrongGuessesAllowed) return "too_many";
  if (!sameText(given.trim(), stored.code)) {
    store.write(() => store.emailCodes.put({ ...stored, wrong_guesses: stored.wrong_guesses + 1 }));
    return "incorrect";
  }
  if (stored.used) return "used";
  if (isExpired(stored.expires_at, clock.now())) return "expired";
  store.write(() => store.emailCodes.put({ ...stored, used: true, updated_at: clock.iso() }));
  return "ok";
}
