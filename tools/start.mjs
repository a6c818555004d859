// `npm start`: a real `pulumi up` of examples/quickstart against a local AuthKit, from a fresh clone on.
import { localStack, withLocalEnvironment } from "./lib/local-run.mjs";
import { main } from "./lib/main.mjs";
import { askPulumi, runPulumi } from "./lib/pulumi-command.mjs";
import { summarize } from "./lib/summary.mjs";

await main((args) =>
  withLocalEnvironment(async (run) => {
    const code = await runPulumi(run, ["up", "--yes", "--stack", localStack, ...args]);
    if (code === 0) console.log(["", ...(await report(run))].join("\n"));
    return code;
  }),
);

/**
 * @param {import("./lib/pulumi-command.mjs").EngineRun} run
 * @returns {Promise<string[]>}
 */
async function report(run) {
  const [state, history, outputs] = await Promise.all([
    json(run, ["stack", "export", "--stack", localStack]),
    json(run, ["stack", "history", "--json", "--page-size", "1", "--stack", localStack]),
    json(run, ["stack", "output", "--json", "--stack", localStack]),
  ]);
  return summarize({
    resources: state.deployment.resources ?? [],
    changes: history[0]?.resourceChanges ?? {},
    outputs,
  });
}

/**
 * @param {import("./lib/pulumi-command.mjs").EngineRun} run
 * @param {string[]} args
 */
async function json(run, args) {
  const { code, stdout, stderr } = await askPulumi(run, args);
  if (code !== 0) throw new Error(`pulumi ${args.join(" ")} failed: ${stderr}`);
  return JSON.parse(stdout);
}
