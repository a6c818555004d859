/** What to do about a failure, where the failure alone tells. How options are set, only whoever made the client knows. */
import type { Failure } from "./errors";

/** How whoever uses a client sets its options: what errors tell them to check. */
export interface Remedies {
  /** What to do when the API key is refused: whole sentences. */
  readonly apiKey: string;
  /** Where the address comes from, after "check": `the option baseUrl`. */
  readonly baseUrl: string;
}

export const ownRemedies: Remedies = {
  apiKey: "Check the API key that this client was made with (`apiKey`).",
  baseUrl: "the client's `baseUrl`",
};

const certificate =
  /^(CERT_|ERROR_IN_CERT_|CRL_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|(INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|EPROTO)$)/;

/** True for failures of TLS: trying again meets the same certificate. */
export function isCertificateCode(code: string | undefined): boolean {
  return code !== undefined && certificate.test(code);
}

export function remedyFor({ kind, code, status }: Failure, { apiKey, baseUrl }: Remedies): string | undefined {
  if (code === "api_key_missing") return undefined;
  if (kind === "auth") return apiKey;
  if (kind === "forbidden") {
    return "The API key is valid but may not do this: check the key's permissions and that the feature is on for this environment.";
  }
  if (code === "daily_quota_exceeded") {
    return "The environment's email quota for today is used up: try again tomorrow, or ask WorkOS to raise it.";
  }
  if (code === "not_from_the_vendor") {
    return `Something else than WorkOS answered: check ${baseUrl}, and what stands between this machine and WorkOS. Nothing was taken for deleted.`;
  }
  if (kind === "bad_response" && status !== undefined && status < 400 && status >= 300) {
    return `The server at that address sends requests elsewhere: check ${baseUrl}.`;
  }
  if (kind !== "network" && kind !== "timeout") return undefined;
  if (code === "ECONNREFUSED") {
    return `Nothing listens at that address: check ${baseUrl}, and that the server behind it is running.`;
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return `The host name could not be resolved: check ${baseUrl}, DNS and the network connection.`;
  }
  if (isCertificateCode(code)) {
    return (
      `TLS with the server failed, mostly because of its certificate: check ${baseUrl}; behind a proxy that ` +
      "inspects TLS, point NODE_EXTRA_CA_CERTS at its certificate authority."
    );
  }
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT" || code === "EHOSTUNREACH" || code === "ENETUNREACH") {
    return "The server could not be reached: check the network, and that a firewall or proxy lets this machine connect to it directly.";
  }
  return undefined;
}
