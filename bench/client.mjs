// The typed client against bare undici (`Pool.request` and `JSON.parse`, no checks) on the same loopback server.
// Rounds of both alternate, so that a busy machine slows both; the ratio is the median over the rounds.
import { fork } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";

import { createWorkos } from "../dist/client/index.js";
import { median } from "./lib/fit.mjs";
import { number, report, table } from "./lib/results.mjs";

const quick = process.argv.includes("--quick");
const ROUNDS = quick ? 3 : 9;
const REQUESTS = quick ? 3_000 : 15_000;
const SINGLE = quick ? 1_000 : 10_000;
const CONCURRENCY = 64;

const child = fork(fileURLToPath(new URL("server.mjs", import.meta.url)));
const [port] = await once(child, "message");
const origin = `http://127.0.0.1:${port}`;
const id = "user_01HXYZ000000000000000001";

const pool = new Pool(origin, { connections: CONCURRENCY });
const workos = createWorkos({ apiKey: "sk_test_bench", baseUrl: origin, budget: false });
const headers = { authorization: "Bearer sk_test_bench", accept: "application/json", "user-agent": "bench" };
const bare = async (path) => {
  const { body } = await pool.request({ method: "GET", path, headers });
  return JSON.parse(await body.text());
};

const cases = {
  "one user": {
    requests: REQUESTS,
    undici: () => bare(`/user_management/users/${id}`),
    client: () => workos.users.get({ id }),
  },
  "a page of 100 users": {
    requests: Math.round(REQUESTS / 10),
    undici: () => bare("/user_management/users?limit=100"),
    client: () => workos.users.list({ limit: 100 }),
  },
};

const rows = [];
for (const [name, { requests, ...calls }] of Object.entries(cases)) {
  /** @type {Record<string, number[]>} */
  const rates = { undici: [], client: [] };
  for (const call of Object.values(calls)) await rate(call, requests);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [who, call] of round % 2 ? Object.entries(calls) : Object.entries(calls).reverse()) {
      rates[who]?.push(await rate(call, requests));
    }
  }
  const ratios = rates.client.map((value, round) => value / (rates.undici[round] ?? value));
  const single = await latency(calls, Math.round(SINGLE / (requests === REQUESTS ? 1 : 10)));
  rows.push([name, number(median(rates.client)), number(median(rates.undici)), median(ratios).toFixed(2), ...single]);
}
const columns = ["Call", "Client, requests/s", "Bare undici", "Ratio", "Overhead of one call, p50", "p99"];
await report(
  "The client against bare undici",
  `${CONCURRENCY} calls at once, medians of ${ROUNDS} rounds; single calls one after another.\n\n${table(columns, rows)}`,
);

await workos.close();
await pool.close();
child.disconnect();

/** Requests per second with a fixed number under way. */
async function rate(call, requests) {
  let left = requests;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return (requests / (performance.now() - start)) * 1000;
}

/** Time of single calls, one after another, those of the two alternating. */
async function latency(calls, count) {
  const times = { undici: new Float64Array(count), client: new Float64Array(count) };
  for (let index = 0; index < count; index += 1) {
    for (const [who, call] of Object.entries(calls)) {
      const start = performance.now();
      await call();
      times[who][index] = (performance.now() - start) * 1000;
    }
  }
  for (const sample of Object.values(times)) sample.sort();
  const at = (sample, share) => sample[Math.floor(count * share)] ?? 0;
  const overhead = (share) => `${number(at(times.client, share) - at(times.undici, share))} µs`;
  return [overhead(0.5), overhead(0.99)];
}
