// `node tools/error-texts.mjs`: every error that a user can meet, as the sources tell, one a line with its place; `--json`
// for the test that compares them with docs/troubleshooting.md. `--missing` prints those that the page does not have.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { errorTexts } from "./lib/error-texts.mjs";
import { main } from "./lib/main.mjs";
import { explainedErrors } from "./lib/troubleshooting.mjs";
import { root } from "./lib/paths.mjs";

await main(([flag]) => {
  const errors = errorTexts();
  if (flag === "--json") {
    process.stdout.write(JSON.stringify(errors));
    return Promise.resolve(0);
  }
  const known =
    flag === "--missing" ? explainedErrors(readFileSync(join(root, "docs/troubleshooting.md"), "utf8")) : new Map();
  for (const { text, file, line } of errors) if (!known.has(text)) console.log(`${text}\t${file}:${line}`);
  return Promise.resolve(0);
});
