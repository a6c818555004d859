import { parseArgs, type ParseArgsConfig } from "node:util";
import { UsageError } from "./io";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What is given, by the option's name; flags are booleans. */
export type Given<O extends Options> = {
  readonly [Name in keyof O]?: O[Name]["type"] extends "boolean" ? boolean : string;
};

/** `parseArgs` whose complaints are ours. */
export function readArguments<const O extends Options>(args: readonly string[], options: O): Given<O> {
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
    return values;
  } catch (error) {
    throw new UsageError(`${messageOf(error)} (try --help)`);
  }
}

const messageOf = (error: unknown) =>
  typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
