import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";

import { type Budget, inLanes } from "./lanes";
import { type Options, readOptions, usage, UsageError } from "./options";

async function main({ command, parallel, organizations, budget }: Options): Promise<number> {
  const pulumiCommand = await PulumiCommand.get();
  const failed: string[] = [];

  const run = async (name: string, share: Budget): Promise<boolean> => {
    const started = Date.now();
    const say = (what: string) => console.log(`${name}: ${what} (${Math.round((Date.now() - started) / 1000)} s)`);
    try {
      const stack = await LocalWorkspace.createOrSelectStack(
        // In a process of its own: the mistake in one organization's roster is no other's.
        { stackName: name, workDir: process.cwd() },
        {
          pulumiCommand,
          envVars: { WORKOS_READ_LIMIT: String(share.reads), WORKOS_WRITE_LIMIT: String(share.writes) },
        },
      );
      const { same: _same, ...changes } = await changesOf(stack, command);
      const counts = Object.entries(changes).map(([operation, count]) => `${count} to ${operation}`);
      say(counts.length === 0 ? "unchanged" : counts.join(", "));
      return command === "up" && counts.length > 0;
    } catch (error) {
      failed.push(name);
      say(`FAILED\n${error instanceof Error ? error.message : String(error)}`);
      // How far it came is not known here.
      return true;
    }
  };

  await inLanes(organizations, parallel, budget, run);
  console.log(`${organizations.length - failed.length} of ${organizations.length} stacks are done.`);
  if (failed.length > 0) console.error(`Failed: ${failed.join(", ")}. Run again: what is done is found done.`);
  return failed.length > 0 ? 1 : 0;
}

async function changesOf(stack: Stack, command: Options["command"]): Promise<Record<string, number>> {
  if (command === "preview") return (await stack.preview({ refresh: true })).changeSummary;
  return (await stack.up({ refresh: true })).summary.resourceChanges ?? {};
}

async function start(): Promise<number> {
  try {
    return await main(readOptions(process.argv.slice(2), process.env));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
}

void start().then((code) => (process.exitCode = code));
