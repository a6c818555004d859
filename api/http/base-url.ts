import { ownRemedies } from "./remedies";

/** The vendor's address. */
export const DEFAULT_BASE_URL = "https://api.workos.com";

/**
 * Splits a base URL into what the connections need and the prefix of every path. Plain http is for this machine
 * only: anywhere else it would send the API key in the clear.
 * @param source where the text comes from, for errors.
 */
export function parseBaseUrl(text: string, source = ownRemedies.baseUrl): { origin: string; prefix: string } {
  const hint = `check ${source}`;
  if (!URL.canParse(text)) throw new Error(`The WorkOS base URL is not a URL: ${hint}.`);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    throw new Error(`The WorkOS base URL must not contain a user name or a password: ${hint}.`);
  }
  if (url.search !== "" || url.hash !== "") {
    throw new Error(`The WorkOS base URL must not contain a query or a fragment: ${hint}.`);
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    throw new Error(
      `The WorkOS base URL ${url.origin === "null" ? url.protocol : url.origin} must use https, because every ` +
        `request carries the API key; plain http is accepted for this machine only (localhost, 127.0.0.1, [::1]): ${hint}.`,
    );
  }
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, "") };
}

/** Of a host name as `URL` has normalised it: `127.1` is `127.0.0.1` by then. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
