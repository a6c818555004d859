import { existsSync } from "node:fs";
import { join } from "node:path";

import { withLock } from "./directory-lock.mjs";
import { buildEngine, findGo } from "./engine-build.mjs";
import { installEngine } from "./engine-install.mjs";
import { executable, onPath } from "./executables.mjs";
import { isMissing, pluginNames } from "./engine-plugins.mjs";
import { cacheDirectory, engineModuleDirectory, newestEngineModuleDirectory } from "./paths.mjs";
import { capture } from "./processes.mjs";
import { SetUpError } from "./set-up-error.mjs";
import { compareVersions } from "./version.mjs";

/** The version that this repository installs or builds, and that its tests are written against. */
export const engineVersion = "3.230.0";

/** The newest that its tests have been run against, by `npm run test:engine`. */
export const newestEngine = "3.276.0";

/** The Go modules that pin the versions that can be built. */
const moduleDirectories = /** @type {Record<string, string>} */ ({
  [engineVersion]: engineModuleDirectory,
  [newestEngine]: newestEngineModuleDirectory,
});

/** Since this version `read` may return inputs, which drift detection stands on. */
export const oldestEngine = "3.216.0";

/** @typedef {"path" | "cache" | "install" | "source"} EngineWay */
/**
 * @typedef {object} Engine
 * @property {string} binary
 * @property {string} version
 * @property {EngineWay} way how it was found
 * @property {import("./engine-plugins.mjs").PluginName[]} missingPlugins those that the official download has beside the CLI and this one lacks
 */
/** @typedef {{ env: NodeJS.ProcessEnv, progress: import("./progress.mjs").Progress }} Surroundings */

/** @type {readonly EngineWay[]} */
const ways = ["path", "cache", "install", "source"];

export const withoutEngine = `No Pulumi engine was found, and none could be installed or built here. Either
  - install the Pulumi CLI:  https://www.pulumi.com/docs/install/
  - or install Go, and this repository builds the engine itself:  https://go.dev/dl/
and run the same command again.`;

/**
 * Finds an engine or makes one. PULUMI_WORKOS_ENGINE_VERSION asks for one version and no other; PULUMI_WORKOS_ENGINE restricts the ways: one or more of path, cache, install and
 * source, separated by commas and tried in that order, or none.
 * @param {Surroundings} surroundings
 * @returns {Promise<Engine>}
 */
export async function findEngine(surroundings) {
  const allowed = allowedWays(surroundings.env);
  for (const way of allowed) {
    const engine = await finders[way](surroundings);
    if (engine) return engine;
  }
  if (allowed.length === ways.length) throw new SetUpError(withoutEngine);
  throw new SetUpError(
    `${withoutEngine}\n(PULUMI_WORKOS_ENGINE=${surroundings.env.PULUMI_WORKOS_ENGINE} left only this to try: ` +
      `${allowed.join(", ") || "nothing"}.)`,
  );
}

/** @type {Record<EngineWay, (surroundings: Surroundings) => Promise<Engine | undefined>>} */
const finders = {
  path: findOnPath,
  cache: ({ env }) => findInCache(env),
  install: makeInCache("install", async ({ env, progress }) =>
    installEngine(cacheDirectory(env), wantedVersion(env), progress),
  ),
  source: makeInCache("source", async (surroundings) => {
    const version = wantedVersion(surroundings.env);
    const moduleDirectory = moduleDirectories[version] ?? engineModuleDirectory;
    const go = await findGo(surroundings.env, surroundings.progress, moduleDirectory);
    if (go) await buildEngine(go, cachedBinary(surroundings.env), version, moduleDirectory, surroundings);
  }),
};

/** @param {Surroundings} surroundings */
async function findOnPath({ env, progress }) {
  const binary = onPath("pulumi", env);
  if (!binary) return undefined;
  const version = await versionOf(binary, env);
  if (!version) {
    progress.say(`› ${binary} does not answer \`pulumi version\`; looking for another engine`);
    return undefined;
  }
  if (env.PULUMI_WORKOS_ENGINE_VERSION && version !== wantedVersion(env)) return undefined;
  if (compareVersions(version, oldestEngine) < 0) {
    progress.say(
      `› Warning: ${binary} is Pulumi ${version}; before ${oldestEngine} a refresh cannot show what drifted. ` +
        "Update it: https://www.pulumi.com/docs/install/",
    );
  }
  return describe(binary, version, "path", env);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {EngineWay} way
 */
async function findInCache(env, way = "cache") {
  const binary = cachedBinary(env);
  if (!existsSync(binary)) return undefined;
  const version = await versionOf(binary, env);
  return version ? describe(binary, version, way, env) : undefined;
}

/**
 * @param {EngineWay} way
 * @param {(surroundings: Surroundings) => Promise<void>} make leaves an engine in the cache, whole, or nothing
 * @returns {(surroundings: Surroundings) => Promise<Engine | undefined>}
 */
function makeInCache(way, make) {
  return ({ env, progress }) =>
    withLock(
      join(cacheDirectory(env), "engine.lock"),
      () => progress.say("› Another run is preparing the Pulumi engine; waiting for it …"),
      async () => {
        // Whoever held the lock before us may have made it.
        const made = await findInCache(env, way);
        if (made) return made;
        await make({ env, progress });
        return findInCache(env, way);
      },
    );
}

/**
 * The official installer's layout, `<root>/bin/pulumi`, for both the installed and the built engine.
 * @param {NodeJS.ProcessEnv} env
 */
export function cachedBinary(env) {
  return join(cacheDirectory(env), `engine-${wantedVersion(env)}`, "bin", executable("pulumi"));
}

/** @param {NodeJS.ProcessEnv} env */
function wantedVersion(env) {
  const wanted = env.PULUMI_WORKOS_ENGINE_VERSION || engineVersion;
  const known = Object.keys(moduleDirectories);
  if (known.includes(wanted)) return wanted;
  throw new SetUpError(`PULUMI_WORKOS_ENGINE_VERSION is ${wanted}; it may be ${known.join(" or ")}.`);
}

/**
 * @param {string} binary
 * @param {string} version
 * @param {EngineWay} way
 * @param {NodeJS.ProcessEnv} env
 * @returns {Engine}
 */
function describe(binary, version, way, env) {
  return { binary, version, way, missingPlugins: pluginNames.filter((name) => isMissing(name, binary, env)) };
}

/**
 * @param {string} binary
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
async function versionOf(binary, env) {
  const { code, stdout } = await capture(binary, ["version"], {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" },
    timeoutMs: 30_000,
  });
  return code === 0 ? /^v?(\d+\.\d+\.\d+\S*)/m.exec(stdout)?.[1] : undefined;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {readonly EngineWay[]}
 */
function allowedWays(env) {
  const wanted = env.PULUMI_WORKOS_ENGINE;
  if (!wanted) return ways;
  if (wanted === "none") return [];
  const names = wanted.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !ways.some((way) => way === name));
  if (unknown.length > 0) {
    throw new SetUpError(
      `PULUMI_WORKOS_ENGINE names ${unknown.join(", ")}; it may name ${ways.join(", ")} (with commas), or be none.`,
    );
  }
  return ways.filter((way) => names.includes(way));
}
