/** Random values that grant something. Those that a client holds are stored as hashes only. */
import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { type Context } from "../context";
import { isExpired } from "../handlers/present";
import { type Collection } from "../store/collection";
import { type Entity } from "../store/entities";

export const newToken = (bytes = 32) => randomBytes(bytes).toString("base64url");
export const newCode = () => String(randomInt(0, 1_000_000)).padStart(6, "0");
export const hashOf = (value: string) => createHash("sha256").update(value).digest("hex");

/** Compares texts of any length without telling by time where they differ. */
export const sameText = (a: string, b: string) =>
  timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());

/** PKCE (RFC 7636), method S256. */
export const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");
/** RFC 7636 4.1. */
export const isVerifier = (text: string) => /^[\w.~-]{43,128}$/.test(text);

/** How long things last, in ms. What the vendor documents is marked; the rest are its defaults as far as known. */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const lifetimes = {
  accessToken: 5 * minute,
  session: 30 * day,
  authorizationCode: 10 * minute,
  ssoToken: 10 * minute,
  pendingSignIn: 30 * minute,
  /** Documented. */
  magicAuth: 10 * minute,
  emailVerification: 10 * minute,
  emailChange: 10 * minute,
  passwordReset: hour,
  smsCode: 10 * minute,
  totpChallenge: 10 * minute,
  deviceCode: 5 * minute,
  externalLogin: 30 * minute,
} as const;

/** After so many wrong codes the right one is refused too. */
export const wrongGuessesAllowed = 5;

interface Passing extends Entity {
  readonly expires_at: string;
}

/** Kept for a while after their end, so that a late answer can still say that they have expired. */
const graceMs = 60 * 60_000;

/**
 * Drops the oldest things whose time is long over, a few at a time: sign-ins that nobody finished must not fill the
 * data file. Within a step of the store, before a new one is put.
 */
export function forgetExpired<T extends Passing, I extends string>(
  collection: Collection<T, I>,
  { clock }: Context,
): void {
  for (let count = 0; count < 2; count += 1) {
    const id = collection.ids().at(0);
    const oldest = id === undefined ? undefined : collection.get(id);
    if (oldest === undefined || !isExpired(oldest.expires_at, clock.now() - graceMs)) return;
    collection.delete(oldest.id);
  }
}
