import { readFileSync } from "node:fs";
import { join } from "node:path";

import { withLock } from "./directory-lock.mjs";
import { npmCommand } from "./npm.mjs";
import { localDirectory, root } from "./paths.mjs";
import { capture } from "./processes.mjs";
import { step } from "./progress.mjs";
import { SetUpError } from "./set-up-error.mjs";

/**
 * Installs what package-lock.json names, where that has not been done already, by us or by anybody.
 * @param {import("./progress.mjs").Progress} progress
 */
export async function installPackages(progress) {
  if (isInstalled(root)) return;
  // Not inside node_modules, which `npm ci` begins by removing.
  await withLock(
    join(localDirectory, "packages.lock"),
    () => progress.say("› Another run is installing the packages; waiting for it …"),
    async () => {
      if (isInstalled(root)) return;
      await step(progress, "Installing the npm packages (once for each package-lock.json, about 30 seconds)", () =>
        install(root),
      );
    },
  );
}

/**
 * The same for another folder that has a package-lock.json.
 * @param {string} directory
 */
export async function installIn(directory) {
  await withLock(
    `${directory}.lock`,
    () => {},
    async () => {
      if (!isInstalled(directory)) await install(directory);
    },
  );
}

/** @param {string} directory */
async function install(directory) {
  const { code, stdout, stderr } = await capture(
    ...npmCommand(["ci", "--prefix", directory, "--no-audit", "--no-fund", "--loglevel=error"]),
    { cwd: directory },
  );
  if (code === 0) return;
  const lines = (stderr || stdout).trim().split("\n").slice(0, 15);
  throw new SetUpError(`\`npm ci\` failed with exit code ${code}:\n${lines.join("\n")}`);
}

/**
 * Whether node_modules holds what package-lock.json names. npm itself records what it has put there, and does so last,
 * so an interrupted install does not pass for a finished one.
 * @param {string} directory
 */
export function isInstalled(directory) {
  const wanted = readPackages(join(directory, "package-lock.json"));
  const present = readPackages(join(directory, "node_modules", ".package-lock.json"));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    // The root itself, and what npm leaves out on other platforms.
    if (path === "" || link) return true;
    return path in present ? present[path]?.version === version : optional === true;
  });
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }> | undefined}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}
