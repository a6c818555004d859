/** What is looked at on this machine, without the network. */
import { type Config, readConfig, type Setting, settings } from "../../provider/config";
import { type Io } from "../io";
import { type Check, failed, ok, warning } from "./check";

const least = [20, 19] as const;

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return ok("node", version);
  return failed("node", `${version} is too old`, `Install Node ${least.join(".")} or newer.`);
}

export type Kind = "production" | "staging" | "local";

export interface Settings {
  readonly config: Config;
  readonly kind: Kind;
  /** The part of the key that says what it is for; never more. */
  readonly keyPrefix: string;
}

/** @param stack What the stack says, which wins over the environment, as it does for programs. */
export function checkConfig(
  { env }: Io,
  stack: (setting: Setting) => string | undefined,
): { check: Check; settings?: Settings } {
  try {
    const config = readConfig(stack, env);
    const keyPrefix = /^sk_(?:test_|live_)?/.exec(config.apiKey)?.[0] ?? "sk_";
    const kind = kindOf(config.baseUrl, keyPrefix);
    const from = (setting: Setting) =>
      stack(setting) !== undefined ? `workos:${setting}` : env[settings[setting]] ? settings[setting] : "the default";
    const message = `${config.baseUrl} (${from("baseUrl")}), ${kind}, key ${keyPrefix}… (${from("apiKey")})`;
    return { check: ok("config", message), settings: { config, kind, keyPrefix } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const remedy =
      "The doctor reads the stack that is selected in the Pulumi project of this folder, then the environment: " +
      "WORKOS_API_KEY and WORKOS_BASE_URL.";
    return { check: failed("config", message, remedy) };
  }
}

/** A key of a kind that is not known counts as production: what is done there cannot be undone. */
export function kindOf(baseUrl: string, keyPrefix: string): Kind {
  if (/^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(new URL(baseUrl).hostname)) return "local";
  return keyPrefix === "sk_test_" ? "staging" : "production";
}

/** Requests here and of the provider go to the base URL directly. */
export function checkProxy({ env }: Io, { kind }: Settings): Check | undefined {
  const name = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"].find((variable) => env[variable]);
  if (name === undefined || kind === "local") return undefined;
  return warning(
    "proxy",
    `${name} is set and not used: requests go to the base URL directly`,
    "If only the proxy reaches the internet, set the base URL to an address inside that forwards to api.workos.com.",
  );
}
