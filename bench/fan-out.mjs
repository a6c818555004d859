// The example of a fan-out in full: a hundred organizations of a hundred people, under the vendor's limits.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";

import { findEngine } from "../tools/lib/engine.mjs";
import { localEnvironment } from "../tools/lib/local-environment.mjs";
import { localDirectory, root } from "../tools/lib/paths.mjs";
import { capture } from "../tools/lib/processes.mjs";
import { consoleProgress } from "../tools/lib/progress.mjs";
import { allConditions, withAuthKit } from "./lib/authkit.mjs";
import { cell } from "./lib/cycle.mjs";
import { isQuick, number, report, seconds, table } from "./lib/results.mjs";

const organizations = isQuick ? 4 : 100;
const people = isQuick ? 5 : 100;
const parallel = 4;
const conditions = allConditions[3];

mkdirSync(localDirectory, { recursive: true });
const directory = mkdtempSync(join(localDirectory, "bench-"));
try {
  await prepare();
  const { first, again } = await withAuthKit(conditions, measure);
  // What all of them have to write: an organization each, and two writes for every person.
  const floor = (Math.ceil((organizations * (1 + 2 * people)) / 500) - 1) * 10;
  await report(
    "A fan-out over many organizations",
    `[examples/fan-out](../examples/fan-out/README.md): ${number(organizations)} stacks, each an organization with a roster of ${number(people)}, ${parallel} at a time under one budget; at ${conditions.latencyMs} ms with the vendor's limits. The writes alone take ${seconds(floor)} of the vendor's windows.

${table(
  ["Run", "Calls and time", "Answered 429"],
  [
    ["First `up` of all", cell(first), number(first.counts.refused)],
    ["`up` that finds nothing changed", cell(again), number(again.counts.refused)],
  ],
)}`,
  );
} finally {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

async function prepare() {
  const example = join(root, "examples/fan-out");
  for (const file of ["Pulumi.yaml", "package.json"]) cpSync(join(example, file), join(directory, file));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"), "dir");
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  await insist([compiler, "--project", example, "--outDir", join(directory, "dist")], process.env);
  mkdirSync(join(directory, "organizations"));
  for (let index = 0; index < organizations; index += 1) {
    const name = `organization-${String(index).padStart(3, "0")}`;
    const emails = Array.from({ length: people }, (_, person) => `  person-${person}@${name}.example: {}\n`);
    const roster = `defaults: { roles: [member] }\nmembers:\n${emails.join("")}`;
    writeFileSync(join(directory, "organizations", `${name}.yaml`), roster);
  }
}

/** @param {import("./lib/authkit.mjs").AuthKit} authKit */
async function measure(authKit) {
  const engine = await findEngine({ env: process.env, progress: consoleProgress });
  const env = {
    ...localEnvironment({ engine, directory: join(directory, ".local"), env: process.env }),
    ...authKit.env,
  };
  const run = async () => {
    const started = performance.now();
    await insist(["dist/index.js", "up", "--parallel", String(parallel)], env);
    return { seconds: (performance.now() - started) / 1_000, counts: await authKit.takeCounts() };
  };
  return { first: await run(), again: await run() };
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function insist(args, env) {
  const { code, stdout, stderr } = await capture(process.execPath, args, { cwd: directory, env });
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${stdout.slice(-4_000)}${stderr}`);
}
