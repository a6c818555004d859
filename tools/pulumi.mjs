// `npm run pulumi -- ARGS`: any Pulumi command in the local environment, with its AuthKit up meanwhile.
import { withLocalEnvironment } from "./lib/local-run.mjs";
import { main } from "./lib/main.mjs";
import { runPulumi } from "./lib/pulumi-command.mjs";

await main((args) => withLocalEnvironment((run) => runPulumi(run, args)));
