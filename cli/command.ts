/** What a command of `pulumi-workos` is. */
import { parseArgs, type ParseArgsConfig } from "node:util";

export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What it does, its options, examples and exit codes. */
  readonly help: string;
  /** @returns the exit code. */
  run(args: readonly string[], io?: Io): Promise<number>;
}

/** Where a command writes and what it reads; tests bring their own. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Everything on standard input. */
  readonly input: () => Promise<string>;
  /** Writes to a terminal as it is; nothing where standard error is none. */
  readonly terminal?: (text: string) => void;
}

export const processIo: Io = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  terminal: process.stderr.isTTY ? (text) => void process.stderr.write(text) : undefined,
  async input() {
    const parts: string[] = [];
    process.stdin.setEncoding("utf8");
    for await (const part of process.stdin) parts.push(String(part));
    return parts.join("");
  },
};

/** A mistake in how a command was called: exit code 64 (2 is drift's answer), with a hint at the help. */
export class UsageError extends Error {}

type Parsed<O extends NonNullable<ParseArgsConfig["options"]>> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
>;

export function parsed<const O extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: O,
): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
