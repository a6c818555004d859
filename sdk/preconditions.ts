/** What must hold before a program declares anything; found once a run, and said in one clear error. */
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  assertKnownSettings,
  type Config,
  ConfigError,
  readConfig,
  type Setting,
  settingsOf,
} from "../provider/config";
import { type Environment, perEnvironment } from "./environment";
import { installationMistake } from "./installation";
import { settingsGiven } from "./provider";
import * as pulumi from "./pulumi";

/** Throws likewise where the program stands on what cannot carry it, whichever entry it uses. */
export const assertInstalled = perEnvironment(() => {
  const mistake = installationMistake();
  if (mistake !== undefined) throw stopped(mistake);
  return true;
});

/**
 * Throws what Pulumi prints without a stack when the stack's settings are wrong or the provider of dynamic resources could
 * not be loaded.
 */
export const assertUsable = perEnvironment(() => {
  programConfig();
  assertSecretKey();
  assertInstalled();
  assertResolvable(process.cwd());
  return true;
});

/**
 * What ends a program with a message for its author, and has no stack: Pulumi prints one where the error passed through
 * an output, and inspects it in colour, which on some versions of Node takes half a minute for frames in
 * `node_modules/@pulumi/output.ts`.
 */
export function stopped(message: string): pulumi.RunError {
  return Object.assign(new pulumi.RunError(message), { stack: message });
}

/** The settings of an environment; look-ups use the same as resources. A provider's may be outputs of other resources. */
export function configOf(environment: Environment): Config | pulumi.Output<Config> {
  if (!environment) return programConfig();
  const given = settingsGiven(environment);
  if (!given)
    throw stopped('A look-up takes as `provider` what `new workos.Provider(…)` of "pulumi-workos/native" has made.');
  return pulumi.all(given).apply((known) => read(Object.keys(known), settingsOf(known)));
}

/** The stack's settings. */
function programConfig(): Config {
  const config = pulumi.config.allConfig();
  const names = Object.keys(config).filter((key) => key.startsWith("workos:"));
  return read(
    names.map((key) => key.slice("workos:".length)),
    (setting) => config[`workos:${setting}`],
  );
}

function read(names: readonly string[], settings: (setting: Setting) => string | undefined): Config {
  try {
    assertKnownSettings(names);
    return readConfig(settings);
  } catch (error) {
    throw error instanceof ConfigError ? stopped(error.message) : error;
  }
}

/** The engine keeps the settings of the last `up` in the state, in the clear unless they are secret. */
function assertSecretKey(): void {
  const key = "workos:apiKey";
  // There since Pulumi has secret config, and left out of its type declarations.
  const { isConfigSecret } = pulumi.config as { isConfigSecret?: (key: string) => boolean };
  if (pulumi.config.allConfig()[key] !== undefined && isConfigSecret && !isConfigSecret(key)) {
    throw stopped(
      "workos:apiKey is stored in plain text, and would be in the stack's state as well. Store it as a secret: `pulumi config set --secret workos:apiKey`. If the plain one was committed anywhere, revoke it.",
    );
  }
}

/**
 * Pulumi's dynamic provider host is a process of its own that finds this package by name from the program's folder
 * upwards. A package that only a dependency depends on is not there under npm's strict layouts and pnpm.
 */
function assertResolvable(directory: string): void {
  try {
    createRequire(join(directory, "package.json")).resolve("pulumi-workos/provider");
  } catch {
    throw stopped(
      `Pulumi's provider process cannot find the package pulumi-workos from ${directory}. It must be a direct dependency of the program: run \`npm install pulumi-workos\` (or \`pnpm add pulumi-workos\`) in that folder. A program run by the Automation API must be started from the folder that has it.`,
    );
  }
}
