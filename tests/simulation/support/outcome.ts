/** What became of a history, and, where it failed, the shortest one that still fails. */
import { type History, historyOf } from "./history";
import { Life, Violation } from "./life";
import { shortest } from "./shrink";

export interface Failure {
  readonly seed: number;
  readonly rule: string;
  readonly reason: string;
  /** The shortest history that still breaks the rule, and all that happened in it. */
  readonly shortest: History;
  readonly log: readonly string[];
}

interface Broken {
  readonly rule: string;
  readonly reason: string;
  readonly log: readonly string[];
}

async function broken(history: History): Promise<Broken | undefined> {
  try {
    await Life.of(history);
    return undefined;
  } catch (error) {
    const { log = [] } = error as { log?: readonly string[] };
    const { message, stack = "" } = error as Error;
    return error instanceof Violation
      ? { rule: error.rule, reason: message, log }
      : { rule: "the simulation itself fails", reason: stack, log };
  }
}

/** @param reduce whether a failing history is made shorter, which takes some seconds. */
export async function outcomeOf(seed: number, reduce = true): Promise<Failure | undefined> {
  const history = historyOf(seed);
  const first = await broken(history);
  if (!first) return undefined;
  const { rule } = first;
  const least = reduce ? await shortest(history, async (one) => (await broken(one))?.rule === rule) : history;
  const last = (await broken(least)) ?? first;
  return { seed, rule, reason: last.reason, shortest: least, log: last.log };
}

/** For whoever has to find out why. */
export const told = ({ seed, reason, shortest: { steps, settings, switches }, log }: Failure): string =>
  [
    `Seed ${seed}: ${reason}`,
    `  Again: npm run test:simulation -- --histories 1 --seed ${seed}`,
    `  The shortest history that still fails has ${steps.length} steps, settings ${JSON.stringify(settings)}, switches ${JSON.stringify(switches)}:`,
    ...log.map((line) => `    ${line}`),
  ].join("\n");
