/** What is done to a run in the middle of one call. */
import { type CommandResult, type StartedCommand } from "../../support/engine";
import { type Bench, type CleanRun } from "./bench";
import { type HeldCall } from "./gate";
import { ended, hostOf, kill, noticed } from "./processes";

export interface Fault {
  readonly name: string;
  /** Applies the step of the clean run, with the fault in its call of this number, and resolves when nothing runs. */
  readonly strike: (bench: Bench, clean: CleanRun, nth: number) => Promise<CommandResult>;
  /** The processes were killed: nothing could be repaired at once. */
  readonly kills: "host" | "engine";
  /** The call took effect. */
  readonly effect: boolean;
}

export const hostKills: readonly Fault[] = [
  { name: "host killed before", kills: "host", effect: false, strike: killHost },
  { name: "host killed after", kills: "host", effect: true, strike: killHostAfter },
];

export const engineKills: readonly Fault[] = [
  { name: "engine killed before", kills: "engine", effect: false, strike: killEngine },
  { name: "engine killed after", kills: "engine", effect: true, strike: killEngineAfter },
];

async function killHost(bench: Bench, clean: CleanRun, nth: number): Promise<CommandResult> {
  const { held, finished } = await stopAt(bench, clean, nth);
  kill(hostOf(bench.project).pid);
  await held.dropped;
  return finished;
}

async function killHostAfter(bench: Bench, clean: CleanRun, nth: number): Promise<CommandResult> {
  const { held, finished } = await stopAt(bench, clean, nth);
  await held.carryOut();
  kill(hostOf(bench.project).pid);
  await held.dropped;
  return finished;
}

async function killEngine(bench: Bench, clean: CleanRun, nth: number): Promise<CommandResult> {
  return leaveAlone(bench, await stopAt(bench, clean, nth), (held) => held.cut());
}

async function killEngineAfter(bench: Bench, clean: CleanRun, nth: number): Promise<CommandResult> {
  const stopped = await stopAt(bench, clean, nth);
  await stopped.held.carryOut();
  return leaveAlone(bench, stopped, (held) => held.answer());
}

export interface Stopped extends StartedCommand {
  readonly held: HeldCall;
}

/** Runs the step up to the call, which has arrived and waits. */
export async function stopAt(bench: Bench, { step, calls }: CleanRun, nth: number): Promise<Stopped> {
  const arrived = bench.gate.hold(nth);
  const { child, finished } = bench.start(step.args);
  const held = await Promise.race([
    arrived,
    finished.then(({ combined }) => {
      throw new Error(`the run ended before its call ${nth}:\n${combined}`);
    }),
  ]);
  const expected = calls[nth - 1];
  if (held.call.method !== expected?.method || family(held.call.path) !== family(expected.path)) {
    throw new Error(
      `call ${nth} is ${held.call.method} ${held.call.path} and was ${expected?.method} ${expected?.path}`,
    );
  }
  return { held, child, finished };
}

/** The path without ids and query. */
const family = (path: string) => path.replace(/\?.*/, "").replace(/\b[a-z_]+_0[0-9A-Z]{25}\b/g, "{id}");

/** Kills the engine, lets the host see that, then ends the call under way: the host must end and write nothing more. */
async function leaveAlone(
  bench: Bench,
  { held, child, finished }: Stopped,
  release: (held: HeldCall) => void,
): Promise<CommandResult> {
  const host = hostOf(bench.project);
  child.kill("SIGKILL");
  const result = await finished;
  await noticed(host);
  const before = bench.gate.calls.length;
  release(held);
  await ended(host.pid);
  const later = bench.gate.calls.slice(before);
  if (later.length > 0) {
    throw new Error(
      `a host without an engine still sent ${later.map(({ method, path }) => `${method} ${path}`).join(", ")}`,
    );
  }
  await bench.unlock();
  return result;
}
