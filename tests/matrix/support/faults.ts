/** What is done to a run in the middle of one call. */
import { type ChildProcess } from "node:child_process";
import { type CommandResult, type StartedCommand } from "../../support/engine";
import { type Bench } from "./bench";
import { type Choice, type HeldCall } from "./gate";
import { ended, hostOf, kill, noticed } from "./processes";

export interface Fault {
  readonly name: string;
  /** Does it to a run whose call is held, and resolves when nothing runs. */
  readonly strike: (bench: Bench, stopped: Stopped) => Promise<CommandResult>;
  /** Which process is killed. */
  readonly kills: "host" | "engine";
  /** The call took effect. */
  readonly effect: boolean;
}

/** A run whose call has arrived and waits. */
export interface Stopped extends StartedCommand {
  readonly held: HeldCall;
}

export const hostKills: readonly Fault[] = [
  { name: "host killed before", kills: "host", effect: false, strike: killHost },
  {
    name: "host killed after",
    kills: "host",
    effect: true,
    strike: async (bench, stopped) => {
      await stopped.held.carryOut();
      return killHost(bench, stopped);
    },
  },
];

export const engineKills: readonly Fault[] = [
  {
    name: "engine killed before",
    kills: "engine",
    effect: false,
    strike: (bench, stopped) => killEngine(bench, stopped, (held) => held.cut()),
  },
  {
    name: "engine killed after",
    kills: "engine",
    effect: true,
    strike: async (bench, stopped) => {
      await stopped.held.carryOut();
      return killEngine(bench, stopped, (held) => held.answer());
    },
  },
];

/** Starts `up` and holds the chosen call; the result alone where the run ended without such a call. */
export async function upTo(bench: Bench, isIt: Choice, args?: string[]): Promise<Stopped | CommandResult> {
  const arrived = bench.gate.hold(isIt);
  const { child, finished } = bench.start(args);
  return Promise.race([arrived.then((held) => ({ held, child, finished })), finished]);
}

/** Runs up to the call of this number, counted from 1. */
export async function stopAt(bench: Bench, nth: number): Promise<Stopped> {
  const stopped = await upTo(bench, (_call, number) => number === nth);
  if ("held" in stopped) return stopped;
  throw new Error(`the run ended before its call ${nth}:\n${stopped.combined}`);
}

async function killHost(bench: Bench, { held, finished }: Stopped): Promise<CommandResult> {
  kill(hostOf(bench).pid);
  await held.dropped;
  return finished;
}

/** Kills the engine, lets the host see that, then ends the call under way: the host must end and write nothing more. */
async function killEngine(
  bench: Bench,
  { held, child, finished }: Stopped,
  release: (held: HeldCall) => void,
): Promise<CommandResult> {
  const host = hostOf(bench);
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

/** Sends what Ctrl-C sends, and resolves when the engine says that it has understood. */
export function interrupt(engine: ChildProcess): Promise<void> {
  return new Promise((understood, fail) => {
    const told = (text: string) => {
      if (/\^C received|cancell?ing/i.test(text)) understood();
    };
    engine.stdout?.on("data", told);
    engine.stderr?.on("data", told);
    engine.once("exit", () => fail(new Error("the engine ended without a word")));
    engine.kill("SIGINT");
  });
}
