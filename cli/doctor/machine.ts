/** What is looked at on this machine, without the network. */
import { readFileSync } from "node:fs";
import { type Config, readConfig, type Setting, settings } from "../../provider/config";
import { proxyFor } from "../../api/http/proxy";
import { type Io } from "../io";
import { plural } from "../../provider/wording";
import { type Check, failed, ok, warning } from "./check";
import { atLeast } from "../../sdk/versions";

const least = "20.19";

export function checkNode(version: string): Check {
  return atLeast(version, least)
    ? ok("node", version)
    : failed("node", `${version} is too old`, `Install Node ${least} or newer.`);
}

/** What Node trusts besides its own authorities; it looks when a process starts, and says nothing where it cannot. */
export function checkAuthorities({ env }: Pick<Io, "env">): Check | undefined {
  const file = env.NODE_EXTRA_CA_CERTS;
  if (file === undefined || file === "") return undefined;
  const name = "authorities";
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return failed(
      name,
      `NODE_EXTRA_CA_CERTS names ${file}, which cannot be read`,
      "Correct the path, or: unset NODE_EXTRA_CA_CERTS",
    );
  }
  const count = text.match(/-----BEGIN CERTIFICATE-----/g)?.length ?? 0;
  if (count > 0) return ok(name, `${plural(count, "certificate")} more, of ${file} (NODE_EXTRA_CA_CERTS)`);
  const remedy =
    "Ask who runs the network for the root certificate in PEM form, or convert it: openssl x509 -inform der -in FILE -out FILE.pem";
  return failed(name, `${file}, which NODE_EXTRA_CA_CERTS names, has no certificate in PEM form`, remedy);
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
