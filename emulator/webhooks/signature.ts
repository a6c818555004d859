import { createHmac } from "node:crypto";

/**
 * The header by which a receiver knows that the vendor's side sent a body: HMAC SHA-256, by the endpoint's secret, of the
 * time and the body.
 *
 * @param at in ms since the epoch: receivers refuse what is minutes old by their own clock.
 */
export function signatureOf(body: string, secret: string, at: number): string {
  return `t=${at}, v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`;
}
