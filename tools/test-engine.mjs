// `npm run test:engine`: the tests of the native plugin against the newest engine that they are known to pass with, which
// is built once. `npm test` runs them against the oldest one. Arguments go to jest.
import { join } from "node:path";
import process from "node:process";

import { newestEngine } from "./lib/engine.mjs";
import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { inherit } from "./lib/processes.mjs";
import { setUp } from "./lib/set-up.mjs";

await main(async (jestArguments) => {
  process.env.PULUMI_WORKOS_ENGINE_VERSION = newestEngine;
  const { version } = await setUp();
  console.log(`\n› tests on Pulumi ${version}`);
  const patterns = jestArguments.length > 0 ? jestArguments : ["tests/native/"];
  return inherit(process.execPath, [join(root, "node_modules/jest/bin/jest.js"), ...patterns], { cwd: root });
});
