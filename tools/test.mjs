// `npm test`: types, lint, format and tests, after the same set-up as `npm start`. All stages run even when one fails,
// so that one run tells everything. Arguments go to jest: `npm test -- tests/lifecycle`.
import { join } from "node:path";
import process from "node:process";

import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { capture, inherit } from "./lib/processes.mjs";
import { consoleProgress, seconds, step } from "./lib/progress.mjs";
import { setUp } from "./lib/set-up.mjs";

const checks = {
  types: ["typescript/bin/tsc", "-p", "tsconfig.json", "--noEmit"],
  lint: ["eslint/bin/eslint.js", "."],
  format: ["prettier/bin/prettier.cjs", "--check", "--log-level=warn", "."],
};

/** @type {string[]} */
const results = [];
let failed = false;

/**
 * @param {string} name
 * @param {Promise<boolean>} stage
 */
async function note(name, stage) {
  const started = Date.now();
  const well = await stage;
  failed ||= !well;
  results.push(`${name} ${well ? "passed" : "FAILED"} (${seconds(Date.now() - started)})`);
  console.log(`  ${results.at(-1)}`);
}

/** @param {string[]} command a script of a package, and its arguments */
function nodeArguments([script = "", ...args]) {
  return [join(root, "node_modules", script), ...args];
}

/** @param {string[]} command */
async function check(command) {
  const { code, stdout, stderr } = await capture(process.execPath, nodeArguments(command), { cwd: root });
  if (code !== 0) process.stdout.write(`${stdout}${stderr}\n`);
  return code === 0;
}

/** @param {string[]} command */
const watched = async (command) => (await inherit(process.execPath, nodeArguments(command), { cwd: root })) === 0;

await main(async (jestArguments) => {
  await setUp();
  // Each of them uses one core.
  await step(consoleProgress, Object.keys(checks).join(", "), () =>
    Promise.all(Object.entries(checks).map(([name, command]) => note(name, check(command)))),
  );
  console.log("\n› tests");
  await note("tests", watched(["jest/bin/jest.js", ...jestArguments]));
  console.log(`\n${failed ? "FAILED" : "PASSED"}: ${results.join(", ")}`);
  return failed ? 1 : 0;
});
