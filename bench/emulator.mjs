// The local AuthKit: requests per second with few and with many users, and what a user costs in memory. One process
// serves, another asks, with a fixed number of requests under way.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";

import { number, report, table } from "./lib/results.mjs";

const quick = process.argv.includes("--quick");
const SIZES = [10, 10_000, 100_000];
const ROUNDS = quick ? 1 : 3;
const REQUESTS = quick ? 500 : 4_000;
const CONCURRENCY = 32;
const padded = (index) => String(index).padStart(26, "0");
const um = "/user_management";

/** What is asked, each for the `index`th of `size` users. */
const reads = {
  "one user": (index) => get(`${um}/users/user_${padded(index)}`),
  "a user by email": (index) => get(`${um}/users?email=person.${index}@example.com`),
  "the first page of users": () => get(`${um}/users`),
  "a page from the middle": (_, size) => get(`${um}/users?after=user_${padded(Math.floor(size / 2))}`),
  "users of an organization": () => get(`${um}/users?organization_id=org_bench`),
  "memberships of an organization": () => get(`${um}/organization_memberships?organization_id=org_bench`),
  "membership of one user": (index) => get(`${um}/organization_memberships?user_id=user_${padded(index)}`),
};
let unique = 0;
const writes = {
  "create a user": () => send("POST", `${um}/users`, { email: `new.${++unique}@example.com` }),
  "change a user": (index) => send("PUT", `${um}/users/user_${padded(index)}`, { first_name: `Ann ${++unique}` }),
};
const withFile = { "create a user, with a data file": writes["create a user"] };

let authKit = { url: "", apiKey: "" };
let pool;
const request = async (method, path, body) => {
  const headers = { authorization: `Bearer ${authKit.apiKey}`, "content-type": "application/json" };
  const answer = await pool.request({ method, path, headers, body });
  if (answer.statusCode >= 300) throw new Error(`${path} answered ${answer.statusCode}: ${await answer.body.text()}`);
  await answer.body.dump();
};
const get = (path) => request("GET", path);
const send = (method, path, body) => request(method, path, JSON.stringify(body));

const rows = Object.fromEntries(Object.keys({ ...reads, ...writes, ...withFile }).map((name) => [name, []]));
const memory = [];
const folder = mkdtempSync(join(tmpdir(), "bench-emulator-"));
try {
  for (const size of SIZES) {
    await served(size, undefined, { ...reads, ...writes });
    const heap = await served(size, join(folder, `${size}.jsonl`), withFile);
    if (size >= 10_000) memory.push(`${(heap / 1e6 / (size / 10_000)).toFixed(1)} MB at ${size.toLocaleString("en")}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

const columns = ["Requests/s", ...SIZES.map((size) => `${number(size)} users`)];
const cells = Object.entries(rows).map(([name, rates]) => [name, ...rates.map(number)]);
await report(
  "The local AuthKit",
  `${CONCURRENCY} requests at once.\n\n${table(columns, cells)}\n\nMemory for 10,000 users, each with a membership: ${memory.join(", ")}.`,
);

/** Measures the cases with an emulator of that size; answers what its users take of the heap, in bytes, with a data file. */
async function served(size, dataFile, cases) {
  const file = fileURLToPath(new URL("lib/populated-authkit.mjs", import.meta.url));
  const child = fork(file, [String(size), ...(dataFile === undefined ? [] : [dataFile])], {
    execArgv: ["--expose-gc"],
  });
  const [started] = await once(child, "message");
  authKit = started;
  pool = new Pool(authKit.url, { connections: CONCURRENCY });
  for (const [name, call] of Object.entries(cases)) {
    await rate(call, size);
    const rates = [];
    for (let round = 0; round < ROUNDS; round += 1) rates.push(await rate(call, size));
    rows[name]?.push(rates.sort((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0);
  }
  await pool.close();
  child.disconnect();
  await once(child, "exit");
  return started.heap;
}

/** Requests per second, for users spread over all of them. */
async function rate(call, size) {
  let left = REQUESTS;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const index = (left * 7919) % size;
      await call(index, size).catch((error) => {
        // On a busy machine a kept connection may end just when it is used again.
        if (!["ECONNRESET", "UND_ERR_SOCKET"].includes(error.code)) throw error;
        return call(index, size);
      });
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return (REQUESTS / (performance.now() - start)) * 1000;
}
