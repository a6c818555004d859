/** What is looked at on this machine, without the network. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Config, readConfig } from "../../provider/config";
import { type Io } from "../io";
import { type Check, failed, ok, warning } from "./check";

const run = promisify(execFile);
const least = [20, 19] as const;

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return ok("node", version);
  return failed("node", `${version} is too old`, `Install Node ${least.join(".")} or newer.`);
}

export async function checkEngine({ env, interrupted }: Io): Promise<Check> {
  try {
    const { stdout } = await run("pulumi", ["version"], {
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" },
      signal: interrupted,
      timeout: 20_000,
    });
    return ok("engine", `pulumi ${stdout.trim()}`);
  } catch {
    return warning(
      "engine",
      "there is no pulumi command on the PATH",
      "`pulumi up` needs it: https://www.pulumi.com/docs/install/. The typed client and the emulator work without.",
    );
  }
}

export type Kind = "production" | "staging" | "local";

export interface Settings {
  readonly config: Config;
  readonly kind: Kind;
  /** The part of the key that says what it is for; never more. */
  readonly keyPrefix: string;
}

/** Stack config is encrypted and belongs to a stack, so only the environment is looked at. */
export function checkConfig({ env }: Io): { check: Check; settings?: Settings } {
  try {
    const config = readConfig(() => undefined, env);
    const keyPrefix = /^sk_(?:test_|live_)?/.exec(config.apiKey)?.[0] ?? "sk_";
    const kind = kindOf(config.baseUrl, keyPrefix);
    const message = `${config.baseUrl}, ${kind}, key ${keyPrefix}…`;
    return { check: ok("config", message), settings: { config, kind, keyPrefix } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const remedy =
      "The doctor reads WORKOS_API_KEY and WORKOS_BASE_URL; for a stack's own key, export it for this run.";
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
    "If only the proxy reaches the internet, set WORKOS_BASE_URL to an address inside that forwards to api.workos.com.",
  );
}
