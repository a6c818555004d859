/** One scenario of the matrix: a fault in one call of one step, and the runs that follow it. */
import { type CommandResult } from "../../support/engine";
import { type Bench, type CleanRun } from "./bench";
import { factsOf } from "./facts";
import { type Fault } from "./faults";
import { type Adopt } from "./programs";
import { note } from "./report";

export type Outcome = "survived at once" | "healed on the next run" | "needed the named remedy";

export interface Result {
  readonly step: string;
  readonly call: string;
  readonly fault: string;
  readonly adopt: Adopt;
  readonly outcome?: Outcome;
  /** Why the run after the fault could not repair by itself. */
  readonly reason?: string;
  /** What went wrong with the provider; nothing when all is as it must be. */
  readonly failure?: string;
}

export interface Scenario {
  readonly clean: CleanRun;
  readonly fault: Fault;
  readonly adopt: Adopt;
  /** The number of the call in the clean run, from 1. */
  readonly nth: number;
}

export async function play(bench: Bench, scenario: Scenario): Promise<Result> {
  const { clean, fault, adopt, nth } = scenario;
  const { method, operation } = clean.calls[nth - 1] ?? {};
  const named = { step: clean.step.name, call: `${nth} ${method} ${operation}`, fault: fault.name, adopt };
  const result = await outcomeOf(bench, scenario).then(
    (outcome) => ({ ...named, ...outcome }),
    (error: unknown) => ({ ...named, failure: (error as Error).message }),
  );
  note(result);
  return result;
}

async function outcomeOf(bench: Bench, { clean, fault, adopt, nth }: Scenario): Promise<Partial<Result>> {
  await bench.restore(clean.before);
  bench.project.writeProgram(clean.step.program(adopt));
  // Decrypting the stack takes its time, and no other call can lose a value.
  const aboutKeys = clean.calls[nth - 1]?.path.includes("api_keys") ?? false;
  const first = await fault.strike(bench, clean, nth);
  if (first.code === 0) {
    const again = await bench.up(["--expect-no-changes"]);
    if (again.code !== 0) return { failure: `the run after it still changed something:\n${again.combined}` };
    return verdict(bench, clean, "survived at once", aboutKeys, first);
  }
  const second = await bench.up();
  if (second.code === 0) return verdict(bench, clean, "healed on the next run", aboutKeys, first, second);
  return remedied(bench, clean, second);
}

async function verdict(
  bench: Bench,
  clean: CleanRun,
  outcome: Outcome,
  aboutKeys: boolean,
  ...runs: CommandResult[]
): Promise<Partial<Result>> {
  // Where a mail may have been sent and nothing tells, none is sent again, and the run says so.
  const saysSo = runs.some(({ combined }) => combined.includes("it is not mailed a second time"));
  const differences = await bench.differences(clean, {
    fewerMails: saysSo,
    keyValue: aboutKeys,
    // What the user allowed to be taken over, after the error, may be.
    adopted: outcome === "needed the named remedy",
  });
  if (differences.length === 0) return { outcome, ...(saysSo ? { reason: "a mail in doubt is not repeated" } : {}) };
  return { outcome, failure: [...differences, ...runs.map(({ combined }) => combined)].join("\n") };
}

/** The run after the fault failed: then by one error that names an object that exists and what to do about it. */
async function remedied(bench: Bench, clean: CleanRun, failed: CommandResult): Promise<Partial<Result>> {
  const errors = errorsOf(failed);
  const told = failed.combined;
  if (errors.length !== 1) return { failure: `${errors.length} errors instead of one:\n${told}` };
  const { control } = bench.emulator;
  const dump = control.state();
  const named = [dump.organizations, dump.users, dump.organizationMemberships, dump.invitations, dump.apiKeys]
    .flat()
    .find(({ id }) => told.includes(id));
  if (!named) return { failure: `the error names nothing that exists:\n${told}` };
  const excess = Object.entries(factsOf(bench.emulator)).filter(
    ([kind, there]) => there.length > Math.max(clean.facts[kind]?.length ?? 0, 1) + 1,
  );
  if (excess.length > 0) return { failure: `something was made twice: ${JSON.stringify(excess)}\n${told}` };
  if (named.object === "api_key") {
    if (!/delete/i.test(told)) return { failure: `the error does not say to delete the key:\n${told}` };
    await bench.deleteKey(named.id);
  } else {
    if (!told.includes('adopt: "if-exists"')) return { failure: `the error names no remedy:\n${told}` };
    bench.project.writeProgram(clean.step.program("if-exists"));
  }
  const third = await bench.up();
  if (third.code !== 0) return { failure: `the run after the remedy failed:\n${third.combined}\nafter\n${told}` };
  const { failure } = await verdict(bench, clean, "needed the named remedy", true, third);
  return { outcome: "needed the named remedy", reason: errors[0], ...(failure ? { failure } : {}) };
}

/** The errors of a run, without the engine's own summary. */
function errorsOf({ combined }: CommandResult): string[] {
  return combined
    .split("\n")
    .map((line) => /^\s*error: (.*)$/.exec(line)?.[1] ?? "")
    .filter((text) => text !== "" && !/^(update failed|resource registration|.*is no longer running)/.test(text));
}
