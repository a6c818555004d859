// `npm run test:matrix`: the whole matrix of crashes and faults on the real engine, and its table at the end, which is
// also written to .local/matrix.md. `npm test` runs a part of it. Arguments go to jest: `npm run test:matrix -- wire`.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { main } from "./lib/main.mjs";
import { matrixTable } from "./lib/matrix-table.mjs";
import { localDirectory, root } from "./lib/paths.mjs";
import { inherit } from "./lib/processes.mjs";
import { seconds } from "./lib/progress.mjs";
import { setUp } from "./lib/set-up.mjs";

const results = join(localDirectory, "matrix.jsonl");
const page = join(localDirectory, "matrix.md");

await main(async (names) => {
  await setUp();
  mkdirSync(localDirectory, { recursive: true });
  rmSync(results, { force: true });
  const started = Date.now();
  const patterns = names.length > 0 ? names.map((name) => `tests/matrix/.*${name}`) : ["tests/matrix/"];
  const code = await inherit(process.execPath, [join(root, "node_modules/jest/bin/jest.js"), ...patterns], {
    cwd: root,
    env: { ...process.env, MATRIX: "full" },
  });
  const table = matrixTable(read(results), seconds(Date.now() - started));
  writeFileSync(page, table);
  console.log(`\n${table}`);
  return code;
});

/**
 * @param {string} path
 * @returns {import("./lib/matrix-table.mjs").Result[]}
 */
function read(path) {
  try {
    return readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return [];
    throw error;
  }
}
