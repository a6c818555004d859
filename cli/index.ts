#!/usr/bin/env node
/** The `pulumi-workos` command. Each subcommand is loaded when it is asked for. */
import { type Io, UsageError } from "./io";

const help = `pulumi-workos: tools around a WorkOS AuthKit environment

  pulumi-workos emulator   run a local AuthKit
  pulumi-workos doctor     find out what keeps a program from talking to AuthKit

  pulumi-workos init           write a roster from a live organization
  pulumi-workos check          validate roster files
  pulumi-workos drift          compare a roster with what there is
  pulumi-workos comment        turn a preview into a comment for reviewers
  pulumi-workos from-tfstate   turn Terraform's state into a program that adopts

Each has --help.
`;

type Command = (args: string[], io: Io) => Promise<number>;

/* eslint-disable @typescript-eslint/no-require-imports -- no command loads what only another one needs */
const commands: Readonly<Record<string, () => Command>> = {
  emulator: () => (require("./emulator") as typeof import("./emulator")).runEmulator,
  doctor: () => (require("./doctor") as typeof import("./doctor")).runDoctor,
};
const rosterCommands = () => require("./roster-commands") as typeof import("./roster-commands");
/* eslint-enable @typescript-eslint/no-require-imports */

const rosterCommandNames = ["init", "check", "drift", "comment", "from-tfstate"];

/** Answers the exit code: 0 for success, 1 for a failure, 2 for a mistake in the command line. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    io.out(help);
    return name === undefined ? 2 : 0;
  }
  if (rosterCommandNames.includes(name)) {
    return rosterCommands().main(args);
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    io.err(`There is no command ${name}.\n\n${help}`);
    return 2;
  }
  try {
    const command: Command = load();
    return await command(rest, io);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    io.err(`pulumi-workos ${name}: ${message}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

if (require.main === module) {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // The first one asks for an orderly end, a second one is obeyed at once.
    process.once(signal, () => interrupted.abort(new Error(`interrupted by ${signal}`)));
  }
  void main(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    env: process.env,
    directory: process.cwd(),
    interrupted: interrupted.signal,
  }).then((code) => {
    process.exitCode = code;
  });
}
