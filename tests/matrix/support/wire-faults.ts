/**
 * Faults on the wire. Each call of a step meets the fault once, one call after the other in the life of one stack: the
 * calls are made in turn, so no two faults meet in one of them.
 */
import { type FaultRule } from "../../../emulator";
import { faultRule } from "../../../emulator/http/faults";
import { type CommandResult } from "../../support/engine";
import { type Bench, type CleanRun } from "./bench";
import { tellsOfDoubt } from "./facts";
import { type Adopt } from "./programs";
import { note as noteResult } from "./report";
import { type Outcome, type Result } from "./lives";

export const wireFaults: Readonly<Record<string, FaultRule>> = {
  "cut before": { cut: "connection", when: "before" },
  "cut after": { cut: "connection", when: "after" },
  "cut in the answer": { cut: "body", when: "after" },
  delayed: { delayMs: 400 },
  "429": { status: 429, body: { message: "Too many requests." } },
  "500 before": { status: 500, when: "before" },
  "500 after": { status: 500, when: "after" },
  "503 after": { status: 503, when: "after" },
  "truncated answer": { corrupt: "truncated", when: "after" },
};

/** More runs than this, and the step does not converge. */
const maxRuns = 8;

export interface WireScenario {
  readonly clean: CleanRun;
  readonly adopt: Adopt;
  readonly fault: string;
  /** How far the vendor's clock is ahead of ours; behind, where negative. */
  readonly skewMs?: number;
}

export async function playWire(bench: Bench, scenario: WireScenario): Promise<Result[]> {
  const { clean, adopt, fault } = scenario;
  const results = await resultsOf(bench, scenario).catch((error: unknown): Result[] => [
    { step: clean.step.name, call: "all", fault, adopt, failure: (error as Error).message },
  ]);
  results.forEach(noteResult);
  return results;
}

async function resultsOf(bench: Bench, { clean, adopt, fault, skewMs = 0 }: WireScenario): Promise<Result[]> {
  await bench.restore(clean.before);
  bench.emulator.control.clock.advance(skewMs);
  bench.write(clean.step.program(adopt));
  const { control } = bench.emulator;
  for (const { method, path, operation } of unique(clean)) {
    const known = clean.before.data.includes(path.split("/").find((part) => /_0[0-9A-Z]{25}$/.test(part)) ?? "\0");
    control.faults.add(faultRule.parse({ ...wireFaults[fault], method, operation, ...(known ? { path } : {}) }));
  }
  const survived: Result[] = [];
  const note = (from: number, last: CommandResult) => {
    const hit = control.requests
      .list()
      .slice(from)
      .filter((request) => request.fault !== null);
    for (const [index, request] of hit.entries()) {
      const ended = last.code !== 0 && index === hit.length - 1;
      const outcome: Outcome = ended ? "healed on the next run" : "survived at once";
      const call = `${request.method} ${request.operation}`;
      survived.push({
        step: clean.step.name,
        call,
        fault,
        adopt,
        outcome,
        ...(ended ? { reason: errorOf(last) } : {}),
      });
    }
  };
  const runs: CommandResult[] = [];
  for (let count = 0; count < maxRuns; count++) {
    const from = control.requests.list().length;
    const run = await bench.up(count === 0 ? clean.step.args : []);
    runs.push(run);
    note(from, run);
    const isHit = control.requests
      .list()
      .slice(from)
      .some((request) => request.fault !== null);
    // Without a new fault a further run would only say the same again.
    if (run.code === 0 || !isHit) break;
  }
  const failure = await failureOf(bench, clean, runs);
  return failure === undefined
    ? survived
    : [...survived, { step: clean.step.name, call: "all", fault, adopt, failure }];
}

async function failureOf(bench: Bench, clean: CleanRun, runs: readonly CommandResult[]): Promise<string | undefined> {
  const told = runs.map(({ combined }) => combined).join("\n");
  if (runs.at(-1)?.code !== 0) return `${runs.length} runs did not converge:\n${told}`;
  bench.emulator.control.faults.clear();
  const again = await bench.up(["--expect-no-changes"]);
  if (again.code !== 0) return `the run after them still changed something:\n${again.combined}`;
  const differences = await bench.differences(clean, { fewerMails: tellsOfDoubt(told) });
  return differences.length > 0 ? [...differences, told].join("\n") : undefined;
}

/** One of each call of a step: what is called twice at one address, is hit the first time. */
function unique({ calls }: CleanRun) {
  return [...new Map(calls.map((call) => [`${call.method} ${call.path}`, call])).values()];
}

function errorOf({ combined }: CommandResult): string {
  return /^\s*error: (.*)$/m.exec(combined)?.[1] ?? "the run failed";
}
