/**
 * Where the provider gets its settings from: stack config `workos:*`, then the environment. The only reader of
 * `process.env`. Stack config wins, so that a stray variable cannot point a stack at another environment.
 */
import { DEFAULT_BASE_URL, parseBaseUrl } from "./api/base-url";

/** Every `workos:` setting, with the environment variable that is read where the stack has none. */
export const settings = {
  /** The WorkOS API key, `sk_…`; a secret. */
  apiKey: "WORKOS_API_KEY",
  /** Default: `https://api.workos.com`. */
  baseUrl: "WORKOS_BASE_URL",
  /** Client id of the application, `client_…`. */
  clientId: "WORKOS_CLIENT_ID",
  /** Seconds until an accepted deletion that is not done counts as failed. Default: 60. */
  deleteTimeout: "WORKOS_DELETE_TIMEOUT",
  /** Reads per 10 seconds. Default: 1000, the vendor's limit for an environment. */
  readLimit: "WORKOS_READ_LIMIT",
  /** Writes per 10 seconds. Default: 500, the vendor's limit for an environment. */
  writeLimit: "WORKOS_WRITE_LIMIT",
} as const;

export type Setting = keyof typeof settings;
export const settingNames = Object.keys(settings) as Setting[];

export interface Config {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly clientId?: string;
  readonly deleteTimeoutMs: number;
  readonly readLimit: number;
  readonly writeLimit: number;
}

/** A mistake in the settings: what it is and what to do, and never a secret's value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads all settings; throws a `ConfigError` for the first that is missing or malformed. */
export function readConfig(
  stackConfig: (setting: Setting) => string | undefined,
  environment: Environment = process.env,
): Config {
  const setting = (name: Setting): { value: string; from: string } | undefined => {
    const stack = stackConfig(name);
    if (stack !== undefined) {
      return { value: stack, from: `workos:${name}` };
    }
    const value = environment[settings[name]];
    return value === undefined || value === "" ? undefined : { value, from: settings[name] };
  };
  const number = (name: Setting, standard: number, whole = false): number => {
    const given = setting(name);
    const value = given ? Number(given.value) : standard;
    if (!Number.isFinite(value) || value <= 0 || (whole && !Number.isInteger(value))) {
      throw new ConfigError(
        `${given?.from ?? name} must be a ${whole ? "whole " : ""}number greater than 0, such as ${standard}.`,
      );
    }
    return value;
  };
  return {
    apiKey: apiKey(setting("apiKey")),
    baseUrl: baseUrl(setting("baseUrl")),
    clientId: setting("clientId")?.value,
    deleteTimeoutMs: number("deleteTimeout", 60) * 1_000,
    readLimit: number("readLimit", 1_000, true),
    writeLimit: number("writeLimit", 500, true),
  };
}

/** Settings that nothing reads, mostly spelling mistakes. */
export function assertKnownSettings(names: Iterable<string>): void {
  const unknown = [...names].filter((name) => !Object.hasOwn(settings, name));
  if (unknown.length > 0) {
    throw new ConfigError(
      `Unknown setting ${unknown.map((name) => `workos:${name}`).join(", ")}. The settings are ${settingNames.map((name) => `workos:${name}`).join(", ")}; remove the others with \`pulumi config rm\`.`,
    );
  }
}

function apiKey(given: { value: string; from: string } | undefined): string {
  if (!given) {
    throw new ConfigError(
      "No WorkOS API key. Set it with `pulumi config set --secret workos:apiKey`, or in the environment variable WORKOS_API_KEY; it is in the WorkOS dashboard under API Keys and starts with sk_.",
    );
  }
  if (!/^sk_[\x21-\x7e]+$/.test(given.value)) {
    throw new ConfigError(
      `${given.from} does not look like a WorkOS API key: it must start with sk_ and have no spaces or line breaks. Copy it again from the WorkOS dashboard, API Keys; a client id (client_…) is another thing.`,
    );
  }
  return given.value;
}

function baseUrl(given: { value: string } | undefined): string {
  const value = given?.value ?? DEFAULT_BASE_URL;
  try {
    parseBaseUrl(value);
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
  return value;
}
