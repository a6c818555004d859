/**
 * Refresh tokens: a part that all tokens of a session share, and a part that is each one's own. By the first a token is
 * known for an old one of its session, however old, although only hashes are stored, and of these only the last two.
 */
import { createHmac } from "node:crypto";
import { type Context } from "../context";
import { type StoredSession } from "../store/auth-entities";
import { hashOf, newToken } from "./secrets";

const familyLength = 22;
const familyOf = (token: string) => token.slice(0, familyLength);

/**
 * How long the vendor takes the retired token of a rotation for a second request at the same moment, or for one that is
 * sent again because its answer was lost (https://workos.com/docs/authkit/session-resilience).
 */
export const replayGraceMs = 30_000;

type Kept = Pick<StoredSession, "refresh_hash" | "family_hash" | "rotation">;

export function firstToken(): { readonly token: string; readonly kept: Kept } {
  const token = newToken(16) + newToken();
  return { token, kept: { refresh_hash: hashOf(token), family_hash: hashOf(familyOf(token)), rotation: null } };
}

/** The token after `former`: made from it, so that whoever shows `former` again can be given it again. */
export function nextToken(former: string, now: number): { readonly token: string; readonly kept: Kept } {
  const salt = newToken();
  const token = derived(former, salt);
  const rotation = { former_hash: hashOf(former), at: now, salt };
  return { token, kept: { refresh_hash: hashOf(token), family_hash: hashOf(familyOf(token)), rotation } };
}

function derived(former: string, salt: string): string {
  return familyOf(former) + createHmac("sha256", former).update(salt).digest("base64url");
}

export type Found =
  | { readonly kind: "good"; readonly session: StoredSession }
  /** Retired by the last rotation, a moment ago: `next` is what it was exchanged for. */
  | { readonly kind: "replayed"; readonly session: StoredSession; readonly next: string }
  /** Retired before that. */
  | { readonly kind: "old"; readonly session: StoredSession };

export function findToken(token: string, { store, clock }: Context): Found | undefined {
  const hash = hashOf(token);
  const good = store.sessions.by("refresh", hash)[0];
  if (good !== undefined) return { kind: "good", session: good };
  const session = store.sessions.by("family", hashOf(familyOf(token)))[0];
  if (session === undefined) return undefined;
  const { rotation } = session;
  return rotation?.former_hash === hash && clock.now() - rotation.at < replayGraceMs
    ? { kind: "replayed", session, next: derived(token, rotation.salt) }
    : { kind: "old", session };
}
