/** The commands around rosters. */
import { type Command, type Io, processIo, UsageError } from "./command";
import { check } from "./commands/check";
import { comment } from "./commands/comment";
import { drift } from "./commands/drift";
import { fromTfstate } from "./commands/from-tfstate";
import { init } from "./commands/init";

export const commands: readonly Command[] = [init, check, drift, comment, fromTfstate];

export async function main(args: readonly string[], io: Io = processIo): Promise<number> {
  const [name = "--help", ...rest] = args;
  const command = commands.find((one) => one.name === name);
  if (!command) {
    const asked = name === "--help" || name === "-h" || name === "help";
    (asked ? io.out : io.err)(overview(asked ? undefined : name));
    return asked ? 0 : 64;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    io.out(command.help);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    io.err((error as Error).message);
    if (error instanceof UsageError) {
      io.err(`See pulumi-workos ${command.name} --help.`);
      return 64;
    }
    return 1;
  }
}

function overview(unknown: string | undefined): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    ...(unknown === undefined ? [] : [`There is no command ${unknown}.`, ""]),
    "Usage: pulumi-workos COMMAND [OPTIONS]",
    "",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "pulumi-workos COMMAND --help shows options, examples and exit codes.",
  ].join("\n");
}
