// `npm run test:languages`: the examples in Python, Go and C# against SDKs that are made from the plugin: checked by each
// language's own tools, and run by the real engine against the local AuthKit. Fetches what they stand on.
import { join } from "node:path";
import process from "node:process";

import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { inherit } from "./lib/processes.mjs";
import { setUp } from "./lib/set-up.mjs";

await main(async (jestArguments) => {
  await setUp();
  return inherit(process.execPath, [join(root, "node_modules/jest/bin/jest.js"), "tests/languages", ...jestArguments], {
    cwd: root,
    env: { ...process.env, LANGUAGES: "full" },
  });
});
