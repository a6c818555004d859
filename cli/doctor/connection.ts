/** One read-only call, and everything that its answer or its failure tells. */
import { accessSync, constants } from "node:fs";
import { type Dispatcher, request } from "undici";
import { proxyAgent, proxyFor } from "../../api/http/proxy";
import { isCertificateCode } from "../../api/http/remedies";
import type { Io } from "../io";
import { type Check, failed, ok, skipped, warning } from "./check";
import { type Settings } from "./machine";

const path = "/user_management/users?limit=1";
const timeoutMs = 15_000;
const skewAllowedMs = 30_000;

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly header: (name: string) => string | undefined;
}

/** Not `fetch`, which makes an answer 407 of a proxy look like no answer. */
async function ask(
  url: string,
  options: { headers: Record<string, string>; signal: AbortSignal; dispatcher: Dispatcher | undefined },
): Promise<Answer> {
  const { statusCode, headers, body } = await request(url, options);
  const text = await body.text();
  const header = (name: string) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  return { status: statusCode, body: text, header };
}

export async function checkConnection(
  { config, keyPrefix }: Settings,
  { env, interrupted }: Pick<Io, "env" | "interrupted">,
): Promise<Check[]> {
  const { host, protocol } = new URL(config.baseUrl);
  const through = whichProxy(config.baseUrl, env);
  if (through === "none that can be") {
    return [skipped("address", "there is no such proxy to ask through"), skipped("credentials", "could not be tried")];
  }
  let answer: Answer;
  const asked = Date.now();
  try {
    answer = await ask(config.baseUrl.replace(/\/+$/, "") + path, {
      headers: { Authorization: `Bearer ${config.apiKey}`, "User-Agent": "pulumi-workos doctor" },
      dispatcher: through === "a proxy" ? proxyAgent(env) : undefined,
      signal: AbortSignal.any([interrupted, AbortSignal.timeout(timeoutMs)]),
    });
  } catch (error) {
    return [unreachable(error, host, env), skipped("credentials", "could not be tried")];
  }
  const secure = protocol === "https:" ? "TLS" : "plain http, this machine only";
  const address = ok("address", `${host} answers in ${Date.now() - asked} ms (${secure})`);
  return [address, credentials(answer, keyPrefix), rateLimit(answer), clockSkew(answer, asked)];
}

type Environment = Pick<Io, "env">["env"];

function whichProxy(baseUrl: string, env: Environment): "a proxy" | "no proxy" | "none that can be" {
  try {
    return proxyFor(baseUrl, env) === undefined ? "no proxy" : "a proxy";
  } catch {
    return "none that can be";
  }
}

function unreachable(error: unknown, host: string, env: Environment): Check {
  const code = codeOf(error);
  const [message, remedy] = explain(code, host, env);
  return failed("address", `${message} (${code})`, remedy);
}

function explain(code: string, host: string, env: Environment): readonly [message: string, remedy: string] {
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return [
        `the name ${host} has no address`,
        "Check the base URL for a spelling mistake, then DNS and the network.",
      ];
    case "ECONNREFUSED":
      return [
        `nothing listens at ${host}`,
        "Check the base URL; for the local AuthKit start `pulumi-workos emulator`.",
      ];
    case "ENETUNREACH":
    case "EHOSTUNREACH":
      return [`${host} cannot be reached from here`, "Check the network; behind a proxy, allow direct access to it."];
    case "TimeoutError":
    case "UND_ERR_CONNECT_TIMEOUT":
    case "ETIMEDOUT":
      return [
        `${host} does not answer`,
        "A firewall may drop the packets: allow TLS to it, or use the right base URL.",
      ];
    case "ECONNRESET":
    case "UND_ERR_SOCKET":
      return [
        `the connection to ${host} was cut`,
        "A proxy or firewall may end it; if the base URL is http, try https.",
      ];
    default:
      if (isCertificateCode(code)) {
        return [`the certificate of ${host} is not trusted`, untrusted(env.NODE_EXTRA_CA_CERTS)];
      }
      return [`the request to ${host} failed`, "Check the base URL and the network."];
  }
}

function untrusted(file: string | undefined): string {
  const advice = "give its root certificate in NODE_EXTRA_CA_CERTS; never switch certificate checks off.";
  if (file === undefined || file === "") return `If a proxy of your company re-signs traffic, ${advice}`;
  try {
    accessSync(file, constants.R_OK);
  } catch {
    return `NODE_EXTRA_CA_CERTS names ${file}, which cannot be read: correct the path.`;
  }
  return `NODE_EXTRA_CA_CERTS names ${file}, which does not have the authority of this certificate: ask who runs the network for its root certificate in PEM form, and never switch certificate checks off.`;
}

/** By what an error has rather than by its class: some come from another realm. */
function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  if ("name" in error && error.name === "TimeoutError") return "TimeoutError";
  // One address failed after another: the first says why.
  if ("errors" in error && Array.isArray(error.errors) && error.errors.length > 0) return codeOf(error.errors[0]);
  if ("cause" in error && error.cause !== undefined) return codeOf(error.cause);
  return "name" in error && typeof error.name === "string" ? error.name : "unknown";
}

function credentials({ status, body, header }: Answer, keyPrefix: string): Check {
  const id = header("x-request-id");
  const request = id === undefined ? "" : `, request ${id}`;
  if (status === 200 && /"data"\s*:/.test(body))
    return ok("credentials", `the key ${keyPrefix}… is accepted${request}`);
  if (status === 401) {
    return failed(
      "credentials",
      `401: the key ${keyPrefix}… is not valid here${request}`,
      "Copy it again from the dashboard's API Keys, of the environment that you mean; it may have been revoked, " +
        "or belong to another base URL.",
    );
  }
  if (status === 403) {
    return failed(
      "credentials",
      `403: the key is known and may not list users${request}`,
      "Use an API key of the environment (not a restricted one), or ask who manages the WorkOS team for its permissions.",
    );
  }
  if (status === 407 || /^\s*</.test(body)) {
    return failed(
      "credentials",
      `${status}: the answer is not AuthKit's${request}`,
      "A proxy or a log-in page of the network answered in its place, or the base URL points to something else.",
    );
  }
  if (status === 429) return failed("credentials", `429: too many requests${request}`, "Wait a minute and try again.");
  if (status === 404 || (status >= 300 && status < 400) || status === 200) {
    return failed("credentials", `${status}: no AuthKit at this address${request}`, "Check the base URL and its path.");
  }
  const remedy = "See https://status.workos.com, and try again later.";
  return failed("credentials", `${status}: AuthKit could not answer${request}`, remedy);
}

function rateLimit({ header }: Answer): Check {
  const [limit, remaining] = [header("x-ratelimit-limit"), header("x-ratelimit-remaining")];
  if (limit === undefined || remaining === undefined)
    return ok("rate limit", "no headers: the documented limits apply");
  if (Number(remaining) > Number(limit) / 10) return ok("rate limit", `${remaining} of ${limit} left`);
  return warning(
    "rate limit",
    `${remaining} of ${limit} left`,
    "Something else uses the same key: wait, or use fewer.",
  );
}

/** Half of the way there and back is taken as the way back; the header counts whole seconds. */
function clockSkew({ header }: Answer, asked: number): Check {
  const date = Date.parse(header("date") ?? "");
  if (Number.isNaN(date)) return skipped("clock", "the answer has no date");
  const skew = Math.round((asked + Date.now()) / 2 - date - 500);
  if (Math.abs(skew) <= skewAllowedMs) return ok("clock", "agrees with the server's");
  const side = skew > 0 ? "ahead of" : "behind";
  return warning(
    "clock",
    `${Math.round(Math.abs(skew) / 1000)} s ${side} the server's`,
    "Let the system set its time (NTP): tokens and expiry dates are judged by it.",
  );
}
