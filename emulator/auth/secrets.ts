/** Random values that grant something. Those that a client holds are stored as hashes only. */
import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto";

export const newToken = (bytes = 32) => randomBytes(bytes).toString("base64url");
export const newCode = () => String(randomInt(0, 1_000_000)).padStart(6, "0");
export const hashOf = (value: string) => createHash("sha256").update(value).digest("hex");

/** Compares texts of any length without telling by time where they differ. */
export const sameText = (a: string, b: string) =>
  timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());

/** PKCE (RFC 7636), method S256. */
export const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");
