// What a lifecycle call costs beside its requests: calls of the provider, one at a time, against bare undici making the
// same requests to the same local AuthKit, which runs in a process of its own. The two take turns.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";

import { dynamicProvider } from "../dist/provider/index.js";
import { median } from "./lib/fit.mjs";
import { report, table } from "./lib/results.mjs";

const COUNT = process.argv.includes("--quick") ? 100 : 1_000;

// The provider notes on disk what it is about to create, and prints the first changes of access: those are warmed up away.
const WARM_UP = 20;
const home = mkdtempSync(join(tmpdir(), "pulumi-workos-bench-"));
process.env.PULUMI_HOME = home;

const child = fork(fileURLToPath(new URL("authkit.mjs", import.meta.url)));
const [{ url, apiKey }] = await once(child, "message");

const settings = { "workos:apiKey": apiKey, "workos:baseUrl": url };
// More than is used: what is measured is not the waiting.
Object.assign(settings, { "workos:readLimit": "1000000", "workos:writeLimit": "1000000" });
const user = dynamicProvider("User");
await user.configure({ config: { get: (name) => settings[name] } });

const pool = new Pool(url, { connections: 1 });
const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
const users = "/user_management/users";
async function bare(method, path, body) {
  const answer = await pool.request({ method, path, headers, body: body && JSON.stringify(body) });
  const text = await answer.body.text();
  return text === "" ? undefined : JSON.parse(text);
}

// A run asks once which environment it is in, whatever it does then.
await bare("GET", "/authorization/roles");

/** Durations in milliseconds by call. */
const times = { check: [], diff: [], create: [], read: [], update: [], delete: [] };
/** The same for bare requests. */
const floor = { create: [], read: [], update: [], delete: [] };

for (let index = -WARM_UP; index < COUNT; index += 1) {
  const measured = index >= 0;
  const timed = async (lists, name, call) => {
    const start = performance.now();
    const result = await call();
    if (measured) lists[name].push(performance.now() - start);
    return result;
  };
  if (index === 0) await assertSameRequests();
  const email = `ours${index}@example.com`;
  const { inputs } = await timed(times, "check", () => user.check({}, { email, firstName: "Ann" }));
  const { id, outs } = await timed(times, "create", () => user.create(inputs));
  const { props } = await timed(times, "read", () => user.read(id, outs));
  const changed = { ...inputs, firstName: "Anne" };
  await timed(times, "diff", () => user.diff(id, props, changed));
  const { outs: updated } = await timed(times, "update", () => user.update(id, props, changed));
  await timed(times, "delete", () => user.delete(id, updated));

  const body = { email: `bare${index}@example.com`, first_name: "Ann" };
  const created = await timed(floor, "create", () => bare("POST", users, body));
  const path = `${users}/${created.id}`;
  await timed(floor, "read", () => bare("GET", path));
  await timed(floor, "update", () => bare("PUT", path, { first_name: "Anne" }));
  await timed(floor, "delete", async () => {
    await bare("DELETE", path);
    // A delete is done when the object is gone.
    await bare("GET", path);
  });
}

const rows = Object.entries(times).map(([name, list]) => {
  const requestsOnly = floor[name] ? median(floor[name]) : 0;
  return [name, median(list), requestsOnly, median(list) - requestsOnly].map((cell) =>
    typeof cell === "number" ? `${cell.toFixed(2)} ms` : cell,
  );
});
await report(
  "What a lifecycle call costs beside its requests",
  `Medians of ${COUNT} lives of a user.\n\n${table(["Call", "The provider", "Bare undici", "Overhead"], rows)}`,
);
rmSync(home, { recursive: true });
await pool.close();
child.disconnect();
process.exit();

/** Otherwise the difference would not be ours. */
async function assertSameRequests() {
  child.send("requests");
  const [{ ours, theirs }] = await once(child, "message");
  if (ours === 0 || ours !== theirs) throw new Error(`${ours} requests of ours stand against ${theirs} bare ones`);
}
