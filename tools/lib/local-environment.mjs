import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

import { linkPlugins } from "./engine-plugins.mjs";

/** @typedef {import("./engine.mjs").Engine} Engine */

/**
 * The variables that make the engine keep everything in one directory and find its language host and the host of
 * dynamic resources. Nothing named PULUMI_* of the surrounding shell gets through: a variable that selects another
 * backend, stack or passphrase would point a local run at somebody's real state.
 * @param {{ engine: Engine, directory: string, env: NodeJS.ProcessEnv }} options `directory` gets state/, pulumi-home/,
 *   config/ and passphrase
 * @returns {NodeJS.ProcessEnv}
 */
export function localEnvironment({ engine, directory, env }) {
  const state = join(directory, "state");
  const home = join(directory, "pulumi-home");
  for (const path of [state, home, join(directory, "config")]) mkdirSync(path, { recursive: true });
  linkPlugins(engine.missingPlugins, home);
  return {
    ...withoutPulumiSettings(env),
    // The local AuthKit is on this machine, whatever proxy the way out takes.
    ...directly(env, ["127.0.0.1", "localhost"]),
    PATH: searchPath(engine, env),
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_HOME: home,
    PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile(directory),
    PULUMI_SKIP_UPDATE_CHECK: "1",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "1",
    // Refresh and destroy otherwise take the configuration of the last `up` instead of the current one.
    PULUMI_RUN_PROGRAM: "true",
  };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} hosts that are reached without a proxy
 */
function directly(env, hosts) {
  const list = [env.no_proxy ?? env.NO_PROXY, ...hosts].filter(Boolean).join(",");
  return { NO_PROXY: list, no_proxy: list };
}

/** @param {NodeJS.ProcessEnv} env */
function withoutPulumiSettings(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith("PULUMI_") || name.startsWith("PULUMI_WORKOS_")),
  );
}

/**
 * @param {Engine} engine
 * @param {NodeJS.ProcessEnv} env
 */
function searchPath(engine, env) {
  return [
    dirname(engine.binary),
    // The Node that runs this, for everything the engine starts.
    dirname(process.execPath),
    env.PATH ?? "",
  ].join(delimiter);
}

/**
 * Made once for each directory; the state is worthless without it.
 * @param {string} directory
 */
function passphraseFile(directory) {
  const path = join(directory, "passphrase");
  if (existsSync(path)) return path;
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, randomBytes(24).toString("base64url"), { mode: 0o600 });
  try {
    // Never over one that a run at the same time has made: its state is already encrypted with it.
    linkSync(draft, path);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return path;
}
