/** Node itself, for archives of the plugin that need nothing on the machine: from the npm packages that carry it. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { cacheDirectory } from "./paths.mjs";
import { capture } from "./processes.mjs";
import { consoleProgress, step } from "./progress.mjs";
import { SetUpError } from "./set-up-error.mjs";

/** Pinned, so that the archives of a version are the same wherever they are made. */
const version = "24.19.0";

const names = { linux: "linux", darwin: "darwin", windows: "win" };
const architectures = { amd64: "x64", arm64: "arm64" };

/**
 * The files that an archive for a system has besides: Node, and its terms.
 * @param {import("./plugin-archives.mjs").System} system
 * @returns {Promise<import("./tar.mjs").Entry[]>}
 */
export async function nodeInside({ os, arch }) {
  const directory = await fetched(`node-${names[os]}-${architectures[arch]}`);
  const binary = os === "windows" ? "node.exe" : "node";
  return [
    { name: binary, content: readFileSync(join(directory, "bin", binary)), executable: true },
    { name: "NODE-LICENSE", content: readFileSync(join(directory, "LICENSE")) },
  ];
}

/** @param {string} name of the npm package */
async function fetched(name) {
  const cache = cacheDirectory(process.env);
  const target = join(cache, `${name}-${version}`);
  if (existsSync(target)) return target;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, "node-"));
  try {
    await step(consoleProgress, `Fetching ${name} ${version} (once)`, async () => {
      // Not `npm install`, which refuses what is for another system.
      await run("npm", ["pack", "--silent", `${name}@${version}`, "--pack-destination", draft], draft);
      await run("tar", ["-xzf", `${name}-${version}.tgz`], draft);
      renameSync(join(draft, "package"), target);
    });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return target;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
async function run(command, args, cwd) {
  const { code, stderr } = await capture(command, args, { cwd });
  if (code !== 0) throw new SetUpError(`\`${command} ${args.join(" ")}\` failed:\n${stderr}`);
}
