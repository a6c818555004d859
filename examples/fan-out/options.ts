import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";

export const usage = `fan-out preview | up [options]

  --parallel NUMBER  stacks at a time; default 4

There is a stack for every roster in the folder organizations. They share WORKOS_READ_LIMIT and WORKOS_WRITE_LIMIT, requests per 10 seconds; each is 500 unless set.`;

export class UsageError extends Error {}

export interface Options {
  readonly command: "preview" | "up";
  readonly parallel: number;
  /** The names of the rosters, which are those of their stacks. */
  readonly organizations: readonly string[];
  readonly budget: { readonly reads: number; readonly writes: number };
}

export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const { positionals, values } = parsed(args);
  const [command, ...rest] = positionals;
  if ((command !== "preview" && command !== "up") || rest.length > 0) {
    throw new UsageError("Say what to do: preview or up.");
  }
  const parallel = wholeNumber("--parallel", values.parallel ?? "4");
  const budget = {
    // The vendor allows 1,000 reads, and 6,000 requests of any kind in a minute: these two together keep to both.
    reads: wholeNumber("WORKOS_READ_LIMIT", env.WORKOS_READ_LIMIT ?? "500"),
    writes: wholeNumber("WORKOS_WRITE_LIMIT", env.WORKOS_WRITE_LIMIT ?? "500"),
  };
  const least = Math.min(budget.reads, budget.writes);
  if (parallel > least) {
    throw new UsageError(`--parallel ${parallel} leaves no request for each: at most ${least} with this budget.`);
  }
  return { command, parallel, budget, organizations: rostersIn("organizations") };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { parallel: { type: "string" } } });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`${name} must be a whole number from 1 on.`);
  return value;
}

function rostersIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  } catch {
    throw new UsageError(`There is no folder ${folder} here; start this where it is.`);
  }
  if (names.length === 0) throw new UsageError(`The folder ${folder} has no roster, that is no .yaml file.`);
  return names.sort().map((name) => basename(name, ".yaml"));
}
