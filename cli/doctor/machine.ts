/** What is looked at on this machine, without the network. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Config, readConfig, type Setting, settings } from "../../provider/config";
import { proxyFor } from "../../api/http/proxy";
import { type Io } from "../io";
import { type Check, failed, ok, warning } from "./check";

const least = [20, 19] as const;

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return ok("node", version);
  return failed("node", `${version} is too old`, `Install Node ${least.join(".")} or newer.`);
}

/** Pulumi compiles programs with the TypeScript of their folder, and cannot load version 7. */
export function checkTypescript({ directory }: Pick<Io, "directory">): Check | undefined {
  try {
    const manifest = createRequire(join(directory, "index.js")).resolve("typescript/package.json");
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    return Number(version.split(".")[0]) <= 5
      ? ok("typescript", version)
      : failed("typescript", `${version} is more than Pulumi can load`, "Run: npm install --save-dev typescript@~5.9");
  } catch {
    // None: the program may be JavaScript, and elsewhere than in a program's folder none is needed.
    return undefined;
  }
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

/** Which proxy requests go through, here and in the provider. */
export function checkProxy({ env }: Io, { config }: Settings): Check | undefined {
  try {
    const proxy = proxyFor(config.baseUrl, env);
    if (proxy !== undefined) {
      return ok("proxy", `requests go through ${new URL(proxy).host}, but for what NO_PROXY lists`);
    }
    if (proxyFor(config.baseUrl, { ...env, NO_PROXY: "", no_proxy: "" }) !== undefined) {
      return ok("proxy", `NO_PROXY lists ${new URL(config.baseUrl).host}: it is reached directly`);
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return failed("proxy", message, "Ask who runs the network for the proxy's address; SOCKS is not supported.");
  }
  const name = ["ALL_PROXY", "all_proxy"].find((variable) => env[variable]);
  if (name === undefined) return undefined;
  return warning("proxy", `${name} is set and not used`, "Set HTTPS_PROXY, and NO_PROXY for what is reached directly.");
}
