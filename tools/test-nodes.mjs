// `npm run test:nodes`: the tests once on each newer Node that the package supports.
import { delimiter, join } from "node:path";
import process from "node:process";

import { main } from "./lib/main.mjs";
import { nodeDirectory } from "./lib/nodes.mjs";
import { root } from "./lib/paths.mjs";
import { capture, inherit } from "./lib/processes.mjs";
import { seconds } from "./lib/progress.mjs";
import { setUp } from "./lib/set-up.mjs";

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
