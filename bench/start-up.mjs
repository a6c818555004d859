// What loading costs: processor time and modules, each time in a fresh Node process. For a program on top of what an empty
// Pulumi program costs in the same process; for the provider on top of Node.
import { execFileSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { median } from "./lib/fit.mjs";
import { number, report, table } from "./lib/results.mjs";

const ROUNDS = process.argv.includes("--quick") ? 5 : 21;
const root = fileURLToPath(new URL("..", import.meta.url));

const provider = `const user = require("pulumi-workos/provider").dynamicProvider("User");`;
const plan = `${provider}
  const settings = { "workos:apiKey": "sk_test_1", "workos:baseUrl": "http://127.0.0.1:9", "workos:offlinePreview": "true" };
  await user.configure({ config: { get: (name) => settings[name] } });
  const { inputs } = await user.check({}, { email: "ann@example.com" });
  await user.diff("user_1", { email: "ben@example.com" }, inputs);`;
// Nothing listens there: everything is loaded and sent, once.
const request = `${plan}
  await require("pulumi-workos/client").createWorkos({ apiKey: "sk_test_1", baseUrl: "http://127.0.0.1:9", retry: { maxAttempts: 1 } })
    .users.get({ id: "user_1" }).catch(() => undefined);`;

/** What is there before is not counted; it is told for comparison. */
const cases = {
  "program that imports Pulumi too": { before: `require("@pulumi/pulumi");`, script: `require("pulumi-workos");` },
  "program that does not": { before: "", script: `require("pulumi-workos");` },
  "provider, imported": { before: "", script: provider },
  "provider, first check and diff": { before: "", script: plan },
  "provider, first request": { before: "", script: request },
};

const rows = [];
for (const [name, { before, script }] of Object.entries(cases)) {
  const runs = Array.from({ length: ROUNDS }, () => measure(before, script));
  const [ms, base, modules] = ["ms", "base", "modules"].map((key) => median(runs.map((run) => run[key])));
  const under = `${base.toFixed(0)} ms (${before === "" ? "Node alone" : "an empty Pulumi program"})`;
  rows.push([name, `${ms.toFixed(0)} ms`, number(modules), under]);
}
await report(
  "Start-up",
  `Medians of ${ROUNDS} processes.\n\n${table(["Loaded", "Processor time", "Modules", "On top of"], rows)}`,
);

/** Runs both scripts in a process of their own, and measures the second. */
function measure(before, script) {
  const whole = `(async () => { ${before}
    const start = process.cpuUsage();
    const loaded = Object.keys(require.cache).length;
    ${script}
    const { user: own, system } = process.cpuUsage(start);
    const modules = Object.keys(require.cache).length - loaded;
    console.log(JSON.stringify({ ms: (own + system) / 1000, base: (start.user + start.system) / 1000, modules }));
    process.exit(); })()`;
  return JSON.parse(execFileSync(process.execPath, ["-e", whole], { cwd: root, encoding: "utf8" }));
}
