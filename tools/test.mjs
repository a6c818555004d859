// `npm test`: types, lint and tests, after the same set-up as `npm start`. All stages run even when one fails, so that
// one run tells everything. Arguments go to jest: `npm test -- tests/lifecycle`.
import { join } from "node:path";
import process from "node:process";

import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { inherit } from "./lib/processes.mjs";
import { seconds } from "./lib/progress.mjs";
import { setUp } from "./lib/set-up.mjs";

await main(async (jestArguments) => {
  await setUp();
  /** @type {{ name: string, commands: [string, ...string[]][] }[]} */
  const stages = [
    { name: "types", commands: [["typescript/bin/tsc", "-p", "tsconfig.json", "--noEmit"]] },
    {
      name: "lint",
      commands: [
        ["eslint/bin/eslint.js", "."],
        ["prettier/bin/prettier.cjs", "--check", "--log-level=warn", "."],
      ],
    },
    { name: "tests", commands: [["jest/bin/jest.js", ...jestArguments]] },
  ];

  /** @type {string[]} */
  const results = [];
  let failed = false;
  for (const { name, commands } of stages) {
    console.log(`\n› ${name}`);
    const started = Date.now();
    let passed = true;
    for (const [script, ...args] of commands) {
      const code = await inherit(process.execPath, [join(root, "node_modules", script), ...args], { cwd: root });
      passed &&= code === 0;
    }
    failed ||= !passed;
    results.push(`${name} ${passed ? "passed" : "FAILED"} (${seconds(Date.now() - started)})`);
    console.log(`  ${results.at(-1)}`);
  }
  console.log(`\n${failed ? "FAILED" : "PASSED"}: ${results.join(", ")}`);
  return failed ? 1 : 0;
});
