import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";

import { executable, onPath } from "./executables.mjs";
import { root } from "./paths.mjs";

/** @typedef {keyof typeof plugins} PluginName */

// The kinds and versions in these directory names are the engine's own convention for its plugin directory. With no
// version asked for it takes whichever is there, so that the number says nothing.
const plugins = {
  "pulumi-language-nodejs": {
    directory: "language-nodejs-v3.230.0",
    source: join(root, "tools", "pulumi", "language-host", "pulumi-language-nodejs"),
  },
  "pulumi-resource-pulumi-nodejs": {
    directory: "resource-pulumi-nodejs-v3.230.0",
    source: join(root, "node_modules", "@pulumi", "pulumi", "pulumi-resource-pulumi-nodejs"),
  },
};

export const pluginNames = /** @type {PluginName[]} */ (Object.keys(plugins));

/**
 * Whether the engine would not find one of the plugins that its official download has beside the CLI: the Node
 * language host, and the host of dynamic resources, which also ships inside the npm package.
 * @param {string} name
 * @param {string} binary the engine
 * @param {NodeJS.ProcessEnv} env
 */
export function isMissing(name, binary, env) {
  // The host of dynamic resources is a script, on Windows too.
  const beside = [executable(name), ...(process.platform === "win32" ? [`${name}.cmd`] : [])];
  return !beside.some((file) => existsSync(join(dirname(realpathSync(binary)), file))) && !onPath(name, env);
}

/**
 * Puts stand-ins for missing plugins in the engine's plugin directory. On PATH they would work too, but then each run
 * prints a warning for each of them.
 * @param {PluginName[]} missing
 * @param {string} pulumiHome
 */
export function linkPlugins(missing, pulumiHome) {
  for (const name of missing) linkPlugin(name, plugins[name], pulumiHome);
}

/**
 * @param {string} name
 * @param {{ directory: string, source: string }} place the engine's name for it, and where it is
 * @param {string} pulumiHome
 */
export function linkPlugin(name, { directory, source }, pulumiHome) {
  const target = join(pulumiHome, "plugins", directory);
  mkdirSync(target, { recursive: true });
  const draft = join(target, `.${name}.${process.pid}`);
  rmSync(draft, { force: true });
  symlinkSync(source, draft);
  renameSync(draft, join(target, name));
}
