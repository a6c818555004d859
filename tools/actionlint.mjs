// `node tools/actionlint.mjs`: finds or builds actionlint, which checks workflows, and prints where it is.
import process from "node:process";

import { findActionlint } from "./lib/actionlint.mjs";
import { main } from "./lib/main.mjs";
import { consoleProgress } from "./lib/progress.mjs";

await main(async () => {
  console.log(await findActionlint({ env: process.env, progress: consoleProgress }));
  return 0;
});
