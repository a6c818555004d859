#!/usr/bin/env node
/** The `pulumi-workos` command: one dispatcher for all. Each command is loaded when it is asked for. */
import * as modules from "node:module";
import { packageVersion } from "../api/http/version";
import { printable } from "../provider/wording";
import { type Command, exitCodes, helpOf, readArguments, unknownName, UsageError } from "./command";
import { type Io, processIo } from "./io";

interface Entry {
  /** One line, for the list of commands. */
  readonly summary: string;
  load(): Command;
}

/* eslint-disable @typescript-eslint/no-require-imports -- no command loads what only another one needs */
const commands: Readonly<Record<string, Entry>> = {
  emulator: {
    summary: "Run a local AuthKit",
    load: () => (require("./emulator") as typeof import("./emulator")).emulator,
  },
  new: {
    summary: "Make a project: a program or rosters, from nothing or from a live organization",
    load: () => (require("./commands/new") as typeof import("./commands/new")).newProject,
  },
  start: {
    summary: "Run the program of this folder, against a local AuthKit until its stack has a key",
    load: () => (require("./commands/start") as typeof import("./commands/start")).start,
  },
  doctor: {
    summary: "Find out what keeps a program from talking to AuthKit",
    load: () => (require("./doctor") as typeof import("./doctor")).doctor,
  },
  init: {
    summary: "Write a live organization, or the whole environment, as rosters and a program",
    load: () => (require("./commands/init") as typeof import("./commands/init")).init,
  },
  check: {
    summary: "Validate roster files, without contacting anything",
    load: () => (require("./commands/check") as typeof import("./commands/check")).check,
  },
  drift: {
    summary: "Compare a live organization with its roster",
    load: () => (require("./commands/drift") as typeof import("./commands/drift")).drift,
  },
  comment: {
    summary: "Render a preview as one Markdown comment, people and risk first",
    load: () => (require("./commands/comment") as typeof import("./commands/comment")).comment,
  },
  "from-tfstate": {
    summary: "Turn the Terraform provider's resources into a program that adopts them",
    load: () => (require("./commands/from-tfstate") as typeof import("./commands/from-tfstate")).fromTfstate,
  },
};
/* eslint-enable @typescript-eslint/no-require-imports */

export const commandNames: readonly string[] = Object.keys(commands);
const isHelp = (arg: string) => arg === "--help" || arg === "-h";

/** @returns the exit code. */
export async function main(args: readonly string[], given: Io): Promise<number> {
  const io: Io = {
    ...given,
    // Whatever a name or an address holds, it is text here and nothing that a terminal obeys.
    out: (text) => given.out(printable(text)),
    err: (text) => given.err(printable(text)),
  };
  const asked = args[0] === "help" ? [...args.slice(1), "--help"] : args;
  const [name, ...rest] = asked;
  if (name === undefined) {
    io.err(overview());
    return exitCodes.usage;
  }
  if (isHelp(name)) {
    io.out(overview());
    return exitCodes.done;
  }
  if (name === "--version" || name === "-v" || name === "version") {
    io.out(packageVersion());
    return exitCodes.done;
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) {
    const what = name.startsWith("-") ? "option" : "command";
    const known = what === "option" ? ["--help", "--version"] : commandNames;
    io.err(`${unknownName(`There is no ${what}`, name, known)}\nSee pulumi-workos --help.`);
    return exitCodes.usage;
  }
  try {
    const command = entry.load();
    if (rest.some(isHelp)) {
      io.out(helpOf(name, command));
      return exitCodes.done;
    }
    const { values, operand } = readArguments(name, command, rest);
    return exitCodes[await command.run(values, io, operand)];
  } catch (error) {
    io.err(error instanceof Error ? error.message : String(error));
    if (!(error instanceof UsageError)) return exitCodes.failed;
    io.err(`See pulumi-workos ${name} --help.`);
    return exitCodes.usage;
  }
}

function overview(): string {
  const width = Math.max(...commandNames.map((name) => name.length));
  return [
    "Usage: pulumi-workos COMMAND [OPTIONS]",
    "",
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "pulumi-workos COMMAND --help shows options, examples and exit codes; pulumi-workos --version the version.",
  ].join("\n");
}

/** Node keeps what it has compiled, from 22 on: the next start is quicker. Where it cannot, it says nothing. */
function keepCompiled(): void {
  const enable: unknown = Reflect.get(modules, "enableCompileCache");
  if (typeof enable === "function") Reflect.apply(enable, modules, []);
}

if (require.main === module) {
  keepCompiled();
  void main(process.argv.slice(2), processIo()).then((code) => {
    process.exitCode = code;
  });
}
