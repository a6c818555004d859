// The local AuthKit beside the vendor's own emulator, in one run: from the start to the first answer, and requests a
// second. The vendor's is not a dependency: `npm run bench -- vendor-emulator --vendor=FOLDER` says where it is, and
// without that it is installed into the user's cache. With `--full` also what 200,000 requests leave in memory.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { root } from "../tools/lib/paths.mjs";
import { median } from "./lib/fit.mjs";
import { isFull, isQuick, number, report, table } from "./lib/results.mjs";
import { serve } from "./lib/served.mjs";
import { seedWithKeys, vendorEmulator } from "./lib/vendor-emulator.mjs";

const ROUNDS = isQuick ? 2 : 5;
const REQUESTS = isQuick ? 500 : 1_000;
const WARM_UP = isQuick ? 200 : 500;
const STARTS = isQuick ? 3 : 5;
const USERS = 500;
const CONCURRENCY = 32;
const um = "/user_management";

/** @typedef {Awaited<ReturnType<typeof serve>> & { name: string, id: string }} Running */
let unique = 0;
const newUser = () => ({ email: `person.${(unique += 1)}@example.com`, first_name: "Ann", last_name: "Example" });
/** @type {Record<string, (server: Running) => Promise<unknown>>} */
const cases = {
  "GET one user": ({ call, id }) => call("GET", `${um}/users/${id}`),
  "POST a user": ({ call }) => call("POST", `${um}/users`, newUser()),
  "a page of 100": ({ call }) => call("GET", `${um}/users?limit=100`),
};

const folder = mkdtempSync(join(tmpdir(), "bench-vendor-"));
try {
  const vendor = await vendorEmulator(process.argv.slice(2));
  if ("missing" in vendor) console.log(`Skipped: ${vendor.missing}.`);
  else await compare(vendor.script);
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {string} script the vendor's */
async function compare(script) {
  const keys = seedWithKeys(join(folder, "keys.json"), 1_000);
  let sent = 0;
  const own = [join(root, "dist", "cli", "index.js"), "emulator"];
  const servers = [
    {
      name: "the vendor's",
      args: [script, "--seed", join(folder, "keys.json")],
      key: () => keys[Math.floor((sent += 1) / 900)] ?? "",
    },
    { name: "this", args: own, key: () => "sk_test_local" },
    {
      name: "this, with a data file",
      args: [...own, "--data", join(folder, "data.jsonl")],
      key: () => "sk_test_local",
    },
  ];

  /** @type {Record<string, number[][]>} by what was measured, the values of each server */
  const measured = { "start to the first answer": servers.map(() => []) };
  for (let start = 0; start < STARTS; start += 1) {
    for (const [index, server] of servers.entries()) {
      const { startMs, stop } = await serve(server, 1);
      await stop();
      measured["start to the first answer"]?.[index]?.push(startMs);
    }
  }

  /** @type {Running[]} */
  const running = [];
  for (const server of servers) running.push({ ...(await serve(server, CONCURRENCY)), name: server.name, id: "" });
  for (const server of running) {
    for (let index = 0; index < USERS; index += 1) {
      server.id = JSON.parse(await server.call("POST", `${um}/users`, newUser())).id;
    }
  }
  // Each case on all of them before the next, in turns: what else the machine does meets all alike.
  for (const [what, act] of Object.entries(cases)) {
    measured[what] = running.map(() => []);
    for (const server of running) await rate(() => act(server), WARM_UP);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, server] of running.entries()) {
        measured[what]?.[index]?.push(await rate(() => act(server), REQUESTS));
      }
    }
  }
  for (const { stop } of running) await stop();

  const rows = Object.entries(measured).map(([what, values]) => {
    const isTime = what.startsWith("start");
    const [theirs = 0, ...ours] = values.map(median);
    const shown = (value) => (isTime ? `${number(value)} ms` : `${number(value)}/s`);
    const times = (value) => (isTime ? theirs / value : value / theirs).toFixed(1);
    return [what, shown(theirs), ...ours.flatMap((value) => [shown(value), times(value)])];
  });
  const columns = ["What", "The vendor's", "This", "Times as fast", "This, with a data file", "Times as fast"];
  const memory = isFull ? `\n\n${await afterManyRequests()}` : "";
  await report(
    "The local AuthKit beside the vendor's emulator",
    `The vendor's 0.7.1, which keeps everything in memory, and this as \`npx pulumi-workos emulator\` runs it: processes of their own, in turns, medians of ${ROUNDS} rounds of ${number(REQUESTS)} requests with ${CONCURRENCY} under way, and of ${STARTS} starts.\n\n${table(columns, rows)}${memory}`,
  );
}

/**
 * Requests per second.
 * @param {() => Promise<unknown>} act
 * @param {number} count
 */
async function rate(act, count) {
  let left = count;
  const began = performance.now();
  const worker = async () => {
    while ((left -= 1) >= 0) {
      await act().catch((error) => {
        // A connection that was kept while others had their turn may end just when it is used again.
        if (!["ECONNRESET", "UND_ERR_SOCKET"].includes(error.cause?.code ?? error.code)) throw error;
        return act();
      });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return (count / (performance.now() - began)) * 1000;
}

/** What the heap holds after every 50,000 requests: reads, pages and changes of the same hundred users. */
async function afterManyRequests() {
  const child = fork(fileURLToPath(new URL("lib/populated-authkit.mjs", import.meta.url)), ["100"], {
    execArgv: ["--expose-gc"],
  });
  const [{ url, apiKey }] = await once(child, "message");
  const heaps = [];
  for (let round = 0; round <= 4; round += 1) {
    let index = 0;
    const act = async () => {
      index += 1;
      const user = `${url}${um}/users/user_${String(index % 100).padStart(26, "0")}`;
      const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
      const changes = index % 3 === 0;
      const body = changes ? JSON.stringify({ first_name: `Ann ${index}` }) : undefined;
      const answer = await fetch(index % 3 === 1 ? `${url}${um}/users` : user, {
        ...{ method: changes ? "PUT" : "GET", headers, body },
      });
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      await answer.arrayBuffer();
    };
    if (round > 0) await rate(act, 50_000);
    const answer = once(child, "message");
    child.send("heap");
    heaps.push(`${((await answer)[0].heap / 1e6).toFixed(0)} MB after ${number(round * 50_000)}`);
  }
  child.disconnect();
  await once(child, "exit");
  return `In use of the heap after so many requests (a third of them changes): ${heaps.join(", ")}.`;
}
