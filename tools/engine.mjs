// `node tools/engine.mjs DIRECTORY`: finds or makes the engine that everything here uses, prepares DIRECTORY to hold
// the whole of a run (state, PULUMI_HOME, passphrase), and prints both as JSON. The end-to-end tests start from this.
import { resolve } from "node:path";
import process from "node:process";

import { findEngine } from "./lib/engine.mjs";
import { localEnvironment } from "./lib/local-environment.mjs";
import { main } from "./lib/main.mjs";
import { consoleProgress } from "./lib/progress.mjs";

await main(async ([directory]) => {
  const engine = await findEngine({ env: process.env, progress: consoleProgress });
  const environment = directory && localEnvironment({ engine, directory: resolve(directory), env: process.env });
  console.log(JSON.stringify({ engine, ...(environment ? { environment } : {}) }));
  return 0;
});
