/**
 * A stack's life under kills: one step is applied again and again, each run is killed at the next call that counts and
 * was not hit before, and the last run is left to end. So every run repairs what the one before has left, and is hit in
 * its repairs as well.
 */
import { type CommandResult } from "../../support/engine";
import { type Bench, type CleanRun } from "./bench";
import { factsOf, tellsOfDoubt } from "./facts";
import { type Fault, upTo } from "./faults";
import { familyOf, type Passed } from "./gate";
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

export interface Life {
  readonly clean: CleanRun;
  readonly fault: Fault;
  readonly adopt: Adopt;
  /** The families of calls that have to be hit; none where later runs need not make them. */
  readonly targets: ReadonlySet<string>;
  /** Names what a call is hit as, once in a life; nothing where it is let pass. */
  readonly targetOf: (call: Passed) => string | undefined;
}

/** More runs than this, and the step does not converge. */
const maxRuns = 60;

export async function live(bench: Bench, life: Life): Promise<Result[]> {
  const { clean, fault, adopt } = life;
  const { name: entry } = bench.entry;
  const struck = entry === "dynamic" ? fault.name : `${entry}: ${fault.name}`;
  const named = (call: string) => ({ step: clean.step.name, call, fault: struck, adopt });
  const results: Result[] = [];
  const over = (call: string, reason?: string) => {
    if (reason === undefined) {
      results.push({ ...named(call), outcome: "healed on the next run" });
    } else {
      // The run that was left alone is the one after the last kill.
      const killed = results.pop();
      results.push({ ...named(killed?.call ?? "none"), outcome: "needed the named remedy", reason });
    }
  };
  try {
    results.push(...(await liveOn(bench, life, over)).map((failure) => ({ ...named("all"), failure })));
  } catch (error) {
    results.push({ ...named(results.at(-1)?.call ?? "none"), failure: (error as Error).message });
  }
  results.forEach(note);
  return results;
}

/** Answers what is not as it must be at the end. */
async function liveOn(
  bench: Bench,
  { clean, fault, adopt, targets, targetOf }: Life,
  over: (call: string, reason?: string) => void,
): Promise<string[]> {
  await bench.restore(clean.before);
  bench.write(clean.step.program(adopt));
  const hit = new Set<string>();
  const missed = new Set(targets);
  const told: string[] = [];
  const isNew = (call: Passed) => {
    const target = targetOf(call);
    return target !== undefined && !hit.has(target);
  };
  let isRemedied = false;
  for (let count = 0; count < maxRuns; count++) {
    const run = await upTo(bench, isNew, count === 0 ? clean.step.args : []);
    if ("held" in run) {
      const { call } = run.held;
      hit.add(targetOf(call) ?? "");
      missed.delete(familyOf(call));
      told.push((await fault.strike(bench, run)).combined);
      over(familyOf(call));
    } else if (run.code === 0) {
      told.push(run.combined);
      return [
        ...[...missed].map((family) => `${family} was never called`),
        ...(await differences(bench, clean, told, isRemedied)),
      ];
    } else {
      told.push(run.combined);
      over("", await remedy(bench, clean, run));
      isRemedied = true;
    }
  }
  return [`${maxRuns} runs did not converge:\n${told.slice(-3).join("\n")}`];
}

async function differences(
  bench: Bench,
  clean: CleanRun,
  told: readonly string[],
  isRemedied: boolean,
): Promise<string[]> {
  const found = await bench.differences(clean, {
    fewerMails: told.some(tellsOfDoubt),
    // What the user allowed to be taken over, after the error, may be.
    adopted: isRemedied,
  });
  return found.length === 0 ? [] : [[...found, ...told].join("\n")];
}

/**
 * A run that was left alone failed: then by one error that names an object that exists and what to do about it, which is
 * done here. Answers that error.
 */
async function remedy(bench: Bench, clean: CleanRun, { combined }: CommandResult): Promise<string> {
  const [error = "", ...others] = errorsIn(combined);
  if (error === "" || others.length > 0) throw new Error(`${1 + others.length} errors instead of one:\n${combined}`);
  if (/no longer exists.*`pulumi up --refresh`/.test(error)) {
    const { code, combined: refreshed } = await bench.up(["--refresh"]);
    if (code !== 0) throw new Error(`the refresh that the error asks for failed:\n${refreshed}\nafter\n${combined}`);
    return error;
  }
  const { organizations, users, organizationMemberships, invitations, apiKeys } = bench.emulator.control.state();
  const named = [organizations, users, organizationMemberships, invitations, apiKeys]
    .flat()
    .find(({ id }) => combined.includes(id));
  if (!named) throw new Error(`the error names nothing that exists:\n${combined}`);
  const excess = Object.entries(factsOf(bench.emulator)).filter(
    ([kind, there]) => there.length > Math.max(clean.facts[kind]?.length ?? 0, 1) + 1,
  );
  if (excess.length > 0) throw new Error(`something was made twice: ${JSON.stringify(excess)}\n${combined}`);
  if (named.object === "api_key") {
    if (!/delete/i.test(combined)) throw new Error(`the error does not say to delete the key:\n${combined}`);
    await bench.deleteKey(named.id);
  } else {
    if (!combined.includes('adopt: "if-exists"')) throw new Error(`the error names no remedy:\n${combined}`);
    bench.write(clean.step.program("if-exists"));
  }
  return error;
}

/** The errors of a run, without the engine's own summary. */
function errorsIn(told: string): string[] {
  return told
    .split("\n")
    .map((line) => /^\s*error: (.*)$/.exec(line)?.[1] ?? "")
    .filter((text) => text !== "" && !/^(update failed|resource registration|.*is no longer running)/.test(text));
}
