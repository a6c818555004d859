/** Proof Key for Code Exchange (RFC 7636), with S256, the one method that the vendor takes. */
import { createHash, randomBytes } from "node:crypto";

export interface Pkce {
  readonly code_verifier: string;
  readonly code_challenge: string;
  readonly code_challenge_method: "S256";
}

/** 43 characters of base64url, 256 random bits: the shortest verifier that RFC 7636 allows. */
export const randomText = () => randomBytes(32).toString("base64url");

/** A verifier to keep and the challenge to send. */
export function createPkce(): Pkce {
  const code_verifier = randomText();
  const code_challenge = createHash("sha256").update(code_verifier).digest("base64url");
  return { code_verifier, code_challenge, code_challenge_method: "S256" };
}
