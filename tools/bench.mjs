// `npm run bench`: compiles the library and runs every benchmark in `bench/`, or those named: `npm run bench -- client`.
// Options go to the benchmarks: `--quick` for a first impression, `--full` for what takes longer than the table should.
import { readdirSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";

import { build } from "./lib/build.mjs";
import { main } from "./lib/main.mjs";
import { requireNode } from "./lib/node-version.mjs";
import { installPackages } from "./lib/packages.mjs";
import { root } from "./lib/paths.mjs";
import { inherit } from "./lib/processes.mjs";
import { consoleProgress } from "./lib/progress.mjs";

/** Those that take a quarter of an hour by themselves: only when named, and with `--full`. */
const long = new Set(["fan-out.mjs"]);
/** What benchmarks use, and what is none itself. */
const helpers = new Set(["server.mjs", "authkit.mjs"]);

const [loadBefore = 0] = loadavg();

await main(async (given) => {
  requireNode(process.versions.node);
  await installPackages(consoleProgress);
  await build(consoleProgress);
  const options = given.filter((argument) => argument.startsWith("--"));
  const names = given.filter((argument) => !argument.startsWith("--")).map((name) => `${name}.mjs`);
  const all = readdirSync(join(root, "bench")).filter((name) => name.endsWith(".mjs") && !helpers.has(name));
  const usual = all.sort().filter((name) => options.includes("--full") || !long.has(name));
  const started = performance.now();
  const env = { ...process.env, BENCH_LOAD_BEFORE: String(loadBefore) };
  for (const name of names.length > 0 ? names : usual) {
    const code = await inherit(process.execPath, [join(root, "bench", name), ...options], { cwd: root, env });
    if (code !== 0) return code;
    console.log(`${name} done, ${((performance.now() - started) / 60_000).toFixed(1)} minutes since the start`);
  }
  return 0;
});
