/** Carries a plan out: many people at a time, nobody's steps out of order, and whatever fails is one person's failure. */
import { isWorkosError } from "../api/errors";
import type { Change, Plan } from "./plan";
import { carryOut, type Progress, type Run } from "./steps";

/** How many people are worked on at once; the client paces the requests by the environment's rate limits. */
const width = 32;
/** From so many changes on, progress is reported three times on the way. */
const longRun = 500;

export interface Outcome {
  readonly progress: ReadonlyMap<Change, Progress>;
  /** Changes that were not carried out, or only in part, and why. */
  readonly failed: ReadonlyMap<Change, Error>;
}

/**
 * First what gives access, then what takes it, so that no admin goes before the next one is there; and where somebody
 * could not be made an admin, nobody loses that.
 */
export async function apply({ changes }: Pick<Plan, "changes">, run: Run): Promise<Outcome> {
  const progress = new Map<Change, Progress>();
  const failed = new Map<Change, Error>();
  let stopped: Error | undefined;
  let done = 0;
  const work = async (change: Change) => {
    if (stopped) {
      failed.set(change, stopped);
      return;
    }
    const own: Progress = { person: change.person };
    progress.set(change, own);
    try {
      for (const step of change.steps) {
        await carryOut(step, change, own, run);
      }
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      failed.set(change, reason);
      // What fails for one because of the key or the engine's end fails for everybody.
      if (isWorkosError(reason) && ["auth", "aborted"].includes(reason.kind)) stopped = reason;
    }
    tell(++done, changes.length, run);
  };
  const takes = (change: Change) => change.takesAdmin || change.removes;
  await each(
    changes.filter((change) => !takes(change)),
    work,
  );
  const [heir] = [...failed.keys()].filter(({ givesAdmin }) => givesAdmin);
  await each(changes.filter(takes), async (change) => {
    if (heir && change.takesAdmin) {
      failed.set(change, new Error(`withheld, since ${heir.email} could not be made an admin`));
    } else {
      await work(change);
    }
  });
  return { progress, failed };
}

/** At most `width` at a time, and no more promises than that at any time. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}

function tell(done: number, all: number, { context }: Run): void {
  const quarter = Math.floor(all / 4);
  if (all >= longRun && done % quarter === 0 && done < 4 * quarter) {
    context.messages.say(`${done.toLocaleString("en")} of ${all.toLocaleString("en")} people are done.`);
  }
}
