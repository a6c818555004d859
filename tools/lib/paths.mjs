import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const root = resolve(fileURLToPath(new URL("../..", import.meta.url)));

/** Everything that a local run leaves behind; ignored by git, removed by `npm run reset`. */
export const localDirectory = join(root, ".local");

/** Records of finished set-up steps. Inside node_modules, so that removing it forgets them too. */
export const stampDirectory = join(root, "node_modules", ".pulumi-workos");

/** The Go module that pins the engine built from source. */
export const engineModuleDirectory = join(root, "tools", "pulumi", "engine");

/** The one that pins the newest engine that the tests are run against. */
export const newestEngineModuleDirectory = join(root, "tools", "pulumi", "engine-newest");

/** The Go module that pins the language host of YAML programs. */
export const yamlHostModuleDirectory = join(root, "tools", "pulumi", "yaml-host");

/** The Go module that pins the generator of SDKs for other languages. */
export const sdkGeneratorModuleDirectory = join(root, "tools", "pulumi", "sdk-generator");

/**
 * Where an engine is kept between clones: it takes minutes to build and does not depend on the checkout.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function cacheDirectory(env) {
  if (env.PULUMI_WORKOS_CACHE) return resolve(env.PULUMI_WORKOS_CACHE);
  // The XDG specification says to ignore relative paths.
  const { XDG_CACHE_HOME: named = "" } = env;
  const base = isAbsolute(named) ? named : join(homedir(), ".cache");
  return join(base, "pulumi-workos");
}
