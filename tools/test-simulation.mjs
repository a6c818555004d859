// `npm run test:simulation -- --histories N --seed S`: histories of programs, people and failures in virtual time, each
// from a seed of its own, S and those after it. `npm test` runs three hundred of them. A failing one is printed with its
// seed, reduced to the shortest that still fails, and written to .local/simulation.jsonl.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

import { main } from "./lib/main.mjs";
import { localDirectory, root } from "./lib/paths.mjs";
import { seconds } from "./lib/progress.mjs";

const results = join(localDirectory, "simulation.jsonl");
/** So many histories go to one process, which then ends with all that it has kept. */
const share = 250;

await main(async (given) => {
  const { values } = parseArgs({
    args: [...given],
    options: {
      histories: { type: "string", default: "10000" },
      seed: { type: "string", default: "1" },
      workers: { type: "string", default: String(Math.max(2, availableParallelism())) },
    },
  });
  const [histories, seed, workers] = [values.histories, values.seed, values.workers].map(whole);
  mkdirSync(localDirectory, { recursive: true });
  rmSync(results, { force: true });
  const started = Date.now();
  /** @type {[number, number][]} */
  const shares = [];
  for (let first = seed; first < seed + histories; first += share) {
    shares.push([first, Math.min(share, seed + histories - first)]);
  }
  let done = 0;
  let broken = false;
  const worker = async () => {
    for (let next = shares.shift(); next; next = shares.shift()) {
      const [first, count] = next;
      const { code, output } = await run(first, count);
      done += count;
      if (code !== 0) {
        broken = true;
        console.log(output);
      }
      console.log(`${done} of ${histories} histories (${seconds(Date.now() - started)})`);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  const failures = failed();
  console.log(
    `\n${histories} histories from seed ${seed} on, ${failures.length} failed (${seconds(Date.now() - started)})`,
  );
  for (const { seed: own, reason } of failures) console.log(`  ${own}: ${reason.split("\n")[0]}`);
  return broken ? 1 : 0;
});

/**
 * @param {string} text
 * @returns {number}
 */
function whole(text) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`"${text}" is no whole number from 1 on`);
  return value;
}

/**
 * @param {number} first
 * @param {number} count
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(first, count) {
  const child = spawn(
    process.execPath,
    [join(root, "node_modules/jest/bin/jest.js"), "--runInBand", "tests/simulation/histories"],
    {
      cwd: root,
      env: { ...process.env, SIMULATION: `${first}:${count}`, SIMULATION_RESULTS: results },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** @returns {{ seed: number, reason: string }[]} */
function failed() {
  try {
    return readFileSync(results, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line))
      .sort((one, other) => one.seed - other.seed);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return [];
    throw error;
  }
}
