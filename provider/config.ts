/**
 * Where the provider gets its settings from: stack config `workos:*`, then the environment. The only reader of
 * `process.env`. Stack config wins, so that a stray variable cannot point a stack at another environment.
 */
import { homedir } from "node:os";
import { join } from "node:path";
import { DEFAULT_BASE_URL, parseBaseUrl } from "../api/http/base-url";
import type { GuardName, GuardSettings } from "./context";
import { overrides } from "./lifecycle/guards";
import { remedies } from "./remedies";

/** Every `workos:` setting, with the environment variable that is read where the stack has none. */
export const settings = {
  /** The WorkOS API key, `sk_…`; a secret. */
  apiKey: "WORKOS_API_KEY",
  /** Where the API is. Default: `https://api.workos.com`. */
  baseUrl: "WORKOS_BASE_URL",
  /** Client id of the application, `client_…`. */
  clientId: "WORKOS_CLIENT_ID",
  /** Seconds until an accepted deletion that is not done counts as failed. Default: 60. */
  deleteTimeout: "WORKOS_DELETE_TIMEOUT",
  /** Reads per 10 seconds. Default: 1000, the vendor's limit for an environment. */
  readLimit: "WORKOS_READ_LIMIT",
  /** Writes per 10 seconds. Default: 500, the vendor's limit for an environment. */
  writeLimit: "WORKOS_WRITE_LIMIT",
  /** Active admins that every organization must keep. Default: 0, no such guard. */
  minAdmins: "WORKOS_MIN_ADMINS",
  /** Slugs of the roles that make an admin, with commas between. Default: `admin`. */
  adminRoles: "WORKOS_ADMIN_ROLES",
  /** How many people a run may remove from an organization: a number, or a percentage such as `10%`, rounded up. Default: any. */
  maxRemovals: "WORKOS_MAX_REMOVALS",
  /** Email domains that users, invitations and whoever is given access may have, with commas between. Default: any. */
  allowedDomains: "WORKOS_ALLOWED_DOMAINS",
  /** `true`: organizations with members and users with memberships are deleted only with `forceDestroy`. */
  requireForceDestroy: "WORKOS_REQUIRE_FORCE_DESTROY",
  /** `true`: a preview asks WorkOS nothing, so that it works without a server and finds less. Default: `false`. */
  offlinePreview: "WORKOS_OFFLINE_PREVIEW",
} as const;

/** What those settings are, that are more than text, where a provider of its own is given them. */
export interface SettingValues {
  readonly deleteTimeout: number;
  readonly readLimit: number;
  readonly writeLimit: number;
  readonly minAdmins: number;
  readonly adminRoles: readonly string[];
  readonly maxRemovals: number | string;
  readonly allowedDomains: readonly string[];
  readonly requireForceDestroy: boolean;
  readonly offlinePreview: boolean;
}

export type Setting = keyof typeof settings;
export const settingNames = Object.keys(settings) as Setting[];

export interface Config {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly clientId?: string;
  readonly deleteTimeoutMs: number;
  readonly readLimit: number;
  readonly writeLimit: number;
  readonly guards: GuardSettings;
  readonly allowedDomains?: readonly string[];
  /** Whether what is declared is checked without asking WorkOS. */
  readonly offlinePreview: boolean;
  /** Where a run notes what it is about to create: beside what Pulumi itself keeps on this machine. */
  readonly journalDirectory: string;
  /** The project that is being run, as Pulumi tells its plugins. */
  readonly project?: string;
  /** Where its state is, where the environment says so. */
  readonly backend?: string;
}

/** A mistake in the settings: what it is and what to do, and never a secret's value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

type Environment = Readonly<Record<string, string | undefined>>;

type StackConfig = (setting: Setting) => string | undefined;

/** Reads all settings; throws a `ConfigError` for the first that is missing or malformed. */
export function readConfig(stackConfig: StackConfig, environment: Environment = process.env): Config {
  const { setting, number, names } = reader(stackConfig, environment);
  return {
    apiKey: apiKey(setting("apiKey")),
    baseUrl: baseUrl(setting("baseUrl")),
    clientId: setting("clientId")?.value,
    deleteTimeoutMs: number("deleteTimeout", 60, false) * 1_000,
    readLimit: number("readLimit", 1_000),
    writeLimit: number("writeLimit", 500),
    guards: readGuards(stackConfig, environment),
    allowedDomains: names("allowedDomains"),
    offlinePreview: flag(setting("offlinePreview")),
    journalDirectory: join(environment.PULUMI_HOME ?? join(homedir(), ".pulumi"), "pulumi-workos", "intents"),
    project: environment.PULUMI_NODEJS_PROJECT ?? environment.PULUMI_PROJECT,
    backend: environment.PULUMI_BACKEND_URL,
  };
}

/** Reads the guards' settings alone, for whoever contacts nobody and has no key. */
export function readGuards(stackConfig: StackConfig, environment: Environment = process.env): GuardSettings {
  const { setting, number, names } = reader(stackConfig, environment);
  return {
    minAdmins: number("minAdmins", 0, true, 0),
    adminRoles: names("adminRoles") ?? ["admin"],
    maxRemovals: maxRemovals(setting("maxRemovals")),
    requireForceDestroy: flag(setting("requireForceDestroy")),
    overridden: new Set(guardNames.filter((guard) => isOn(environment[overrides[guard]]))),
  };
}

function reader(stackConfig: StackConfig, environment: Environment) {
  const setting = (name: Setting): { value: string; from: string } | undefined => {
    const stack = stackConfig(name);
    if (stack !== undefined) {
      return { value: stack, from: `workos:${name}` };
    }
    const value = environment[settings[name]];
    return value === undefined || value === "" ? undefined : { value, from: settings[name] };
  };
  const number = (name: Setting, standard: number, whole = true, least = 1): number => {
    const given = setting(name);
    // An empty text is 0 as a number, which would be no such guard.
    const value = given ? (given.value.trim() === "" ? NaN : Number(given.value)) : standard;
    const enough = whole ? Number.isInteger(value) && value >= least : Number.isFinite(value) && value > 0;
    if (!enough) {
      throw new ConfigError(
        `${given?.from ?? name} must be a ${whole ? `whole number ${least === 0 ? "from 0 on" : "greater than 0"}` : "number greater than 0"}, such as ${standard}.`,
      );
    }
    return value;
  };
  const names = (name: Setting): string[] | undefined => {
    const given = setting(name);
    const parts = given?.value.split(",").map((part) => part.trim().toLowerCase());
    if (given && parts?.includes("")) {
      throw new ConfigError(
        `${given.from} has an empty entry, which would guard nothing: give names with single commas between, or remove the setting.`,
      );
    }
    return parts;
  };
  return { setting, number, names };
}

/** The settings of a provider of its own, as the texts that a stack's config has. */
export const settingsOf =
  (values: Readonly<Record<string, unknown>>): StackConfig =>
  (setting) =>
    settingText(values[setting]);

export function settingText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.join(",");
  if (typeof value !== "string") return JSON.stringify(value);
  // Whoever has no other way to give the engine a list or a number gives it as JSON.
  const list: unknown = /^\s*\[/.test(value) ? listIn(value) : undefined;
  return Array.isArray(list) ? list.join(",") : value;
}

function listIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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

const guardNames = Object.keys(overrides) as GuardName[];

const isOn = (value: string | undefined) => value === "1" || value === "true";

function flag(given: { value: string; from: string } | undefined): boolean {
  if (given && !["true", "false"].includes(given.value)) {
    throw new ConfigError(`${given.from} must be true or false.`);
  }
  return given?.value === "true";
}

function maxRemovals(given: { value: string; from: string } | undefined): GuardSettings["maxRemovals"] {
  if (!given) {
    return undefined;
  }
  const [, count, percent] = /^(\d+)(%?)$/.exec(given.value.trim()) ?? [];
  if (count === undefined || (percent && Number(count) > 100)) {
    throw new ConfigError(`${given.from} must be a number of people, such as 10, or a percentage, such as 10%.`);
  }
  return percent ? { fraction: Number(count) / 100 } : { people: Number(count) };
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
    parseBaseUrl(value, remedies.baseUrl);
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
  return value;
}
