/** What a command of `pulumi-workos` is: its options, from which its arguments are read and its help is written. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { didYouMean } from "../provider/wording";
import type { Io } from "./io";

/** What the exit code of every command means. */
export const exitCodes = { done: 0, failed: 1, differs: 2, usage: 64 } as const;
export type Outcome = Exclude<keyof typeof exitCodes, "usage">;

export interface CommandOption {
  readonly type: "boolean" | "string";
  /** What the value of a `string` is, in capitals: `FILE`. */
  readonly value?: string;
  readonly says: string;
}
type Options = Readonly<Record<string, CommandOption>>;

/** What was given, by the option's name. */
export type Given<O extends Options> = {
  readonly [Name in keyof O]?: O[Name]["type"] extends "boolean" ? boolean : string;
};

export interface Command<O extends Options = Options> {
  /** What follows the command's name. */
  readonly usage: string;
  /** What it does, in a few lines. */
  readonly about: string;
  readonly options: O;
  /** Whether it takes one argument without an option: the path of a file or a folder. */
  readonly operand?: boolean;
  /** What follows `pulumi-workos`; a whole line where it starts with something else. */
  readonly examples: readonly string[];
  /** What to do afterwards. */
  readonly after?: string;
  /** What its exit codes mean. */
  readonly exits: Partial<Readonly<Record<Outcome, string>>>;
  /**
   * @param operand what was given without an option.
   * @throws UsageError for a mistake in how it was called.
   */
  run(given: Given<O>, io: Io, operand: string | undefined): Promise<Outcome> | Outcome;
}

/** Declares a command; the identity function, there so that `run` knows its options. */
export const command = <const O extends Options>(declaration: Command<O>): Command<O> => declaration;

/** A mistake in how a command was called. */
export class UsageError extends Error {}

/** @throws UsageError for an option that the command does not have, and for one argument too many. */
export function readArguments(name: string, { options, operand = false }: Command, args: readonly string[]) {
  const { values, positionals } = parsed(name, options, args);
  const surplus = positionals[operand ? 1 : 0];
  if (surplus !== undefined) throw new UsageError(`${name} has no use for ${surplus}.`);
  // What each option's type says, which `parseArgs` cannot know of options in general.
  return { values: values as Given<Options>, operand: positionals[0] };
}

function parsed(name: string, options: Options, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const { message } = error as Error;
    const [, unknown] = /^Unknown option '(--?[^']*)'/.exec(message) ?? [];
    if (unknown === undefined) throw new UsageError(message);
    const known = Object.keys({ ...options, help: true }).map((option) => `--${option}`);
    throw new UsageError(unknownName(`${name} has no option`, unknown, known));
  }
}

/** `There is no command chek: did you mean check?`, or with all that there are. */
export function unknownName(problem: string, name: string, known: readonly string[]): string {
  const text = `${problem} ${name}: ${didYouMean(name, known, "there are")}`;
  return text.endsWith("?") ? text : `${text}.`;
}

/** Its usage, options, examples and exit codes. */
export function helpOf(name: string, { usage, about, options, examples, after, exits }: Command): string {
  const rows = Object.entries(options).map(
    ([option, { value, says }]) => [`--${option}${value === undefined ? "" : ` ${value}`}`, says] as const,
  );
  const width = Math.max(...rows.map(([option]) => option.length));
  const codes = Object.entries({ ...exits, usage: "wrong usage" }).map(
    ([outcome, says]) => `${exitCodes[outcome as keyof typeof exitCodes]} ${says}`,
  );
  return [
    `Usage: pulumi-workos ${name} ${usage}`,
    about,
    ["Options:", ...rows.map(([option, says]) => `  ${option.padEnd(width)}   ${says}`)].join("\n"),
    ["Examples:", ...examples.map((one) => `  ${one.startsWith(name) ? `pulumi-workos ${one}` : one}`)].join("\n"),
    ...(after === undefined ? [] : [after]),
    `Exit codes: ${codes.join(", ")}.`,
  ].join("\n\n");
}

/** @throws UsageError for anything else than a whole number from `least` up. */
export function wholeNumber(name: string, value: string | undefined, least = 0): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(`--${name} must be a whole number from ${least} up, not ${value}.`);
}

/** As given where that is right already: errors then show what was typed. */
export const pathIn = ({ directory }: Io, path: string): string =>
  directory === process.cwd() ? path : resolve(directory, path);
