/** Carries a plan out: many people at a time, nobody's steps out of order, and whatever fails is one person's failure. */
import { counted, oneLine, timeLeft } from "../wording";
import { isWorkosError } from "../../api/http/errors";
import { Refusal } from "../lifecycle/guards";
import { giveBack, briefly, notTakenBack, takenBack, tooFewAdmins } from "../lifecycle/recount";
import type { Change, Plan } from "./change";
import { personOf } from "./current-people";
import { carryOut, type Progress, type Run, userOf } from "./steps";

/** So many people are worked on at once to begin with: what fails for all of them is not tried for everybody. */
const fewest = 32;
/**
 * And so many at most. Of those who wait for their turn to be written, what has to be read is read meanwhile, so that
 * nothing but writes is left to do once the rate limits have places. How many requests are under way is the client's.
 */
const most = 256;
/** So many people's writes are begun at once: whoever is killed leaves no more than these half done. */
const inWriting = 64;
/**
 * From so many changes on, and once it has taken so long, progress is said three times on the way: for whoever sees nothing
 * but lines that stay, and so few of them.
 */
const [manyChanges, longMs] = [100, 2_000];
/** How often the status is renewed, where an entry can show one. */
const statusMs = 1_000;

export interface Outcome {
  readonly progress: ReadonlyMap<Change, Progress>;
  /** Changes that were not carried out, or only in part, and why. */
  readonly failed: ReadonlyMap<Change, Error>;
}

/** A run, and what it must leave behind. */
export interface GuardedRun extends Run {
  /** Name of the organization. */
  readonly where: string;
  /** Active admins that it must keep; 0 for any number. */
  readonly minAdmins: number;
}

/**
 * First what gives access, then what takes it, so that no admin goes before the next one is there; and where somebody
 * could not be made an admin, nobody loses that. Admins are counted again before anybody else goes.
 */
export async function apply({ changes }: Pick<Plan, "changes">, run: GuardedRun): Promise<Outcome> {
  const progress = new Map<Change, Progress>();
  const failed = new Map<Change, Error>();
  const inTurn = turns(inWriting);
  const told = teller(changes.length, run);
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
      const user = await userOf(change, run);
      await inTurn(async () => {
        // What ended the run while this one waited.
        if (stopped) throw stopped;
        for (const step of change.steps) {
          await carryOut(step, change, own, run, user);
        }
      });
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      failed.set(change, reason);
      // What fails for one because of the key or the engine's end fails for everybody.
      if (isWorkosError(reason) && ["auth", "aborted"].includes(reason.kind)) stopped = reason;
    }
    told(++done);
  };
  await each(
    changes.filter(({ takesAdmin, removes }) => !takesAdmin && !removes),
    work,
  );
  const [heir] = [...failed.keys()].filter(({ givesAdmin }) => givesAdmin);
  await each(
    changes.filter(({ takesAdmin }) => takesAdmin),
    async (change) => {
      if (heir) failed.set(change, new Error(`withheld, since ${heir.email} could not be made an admin`));
      else await work(change);
    },
  );
  await keepAdmins({ progress, failed }, run);
  await each(
    changes.filter(({ takesAdmin, removes }) => !takesAdmin && removes),
    work,
  );
  return { progress, failed };
}

/** Another process may have taken an admin at the same moment: then whoever lost that here has it given back. */
async function keepAdmins(
  { progress, failed }: { progress: Map<Change, Progress>; failed: Map<Change, Error> },
  { context, organizationId, where, minAdmins }: GuardedRun,
): Promise<void> {
  const taken = [...progress.keys()].filter(({ takesAdmin }) => takesAdmin);
  if (taken.length === 0 || minAdmins === 0) return;
  const { api, clock, guards } = context;
  const { adminRoles } = guards.settings;
  const reason = await tooFewAdmins(api, { organizationId, where }, { adminRoles, minAdmins });
  if (reason === undefined) return;
  for (const change of taken) {
    const { email, person } = change;
    if (person?.userId === undefined) continue;
    const { userId, roles } = person;
    const loser = { who: oneLine(email), where };
    try {
      const membership = await giveBack(api, clock, { userId, organizationId, roles });
      progress.set(change, { person: { ...person, ...personOf(membership), email: person.email }, userId });
      failed.set(change, new Refusal(takenBack(reason, loser, roles)));
    } catch (error) {
      failed.set(change, new Error(notTakenBack(reason, loser, briefly(error))));
    }
  }
}

/** A few at a time, one more after each that is done, and never more than `most`. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  // Unlike a generator's, an array's iterator is not ended by leaving a loop over it.
  const queue = items.values();
  let workers = 0;
  const worker = async (): Promise<void> => {
    workers++;
    for (const item of queue) {
      await work(item);
      if (workers < most) {
        workers--;
        await Promise.all([worker(), worker()]);
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(fewest, items.length) }, worker));
}

/** Lets so many tasks run at once; the others wait, in their order. */
function turns(places: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (places > 0) places--;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else places++;
    }
  };
}

/** Says how far it has come, each time that somebody is done. */
function teller(all: number, { context: { clock, messages } }: Run): (done: number) => void {
  const began = clock.now();
  const quarter = Math.floor(all / 4);
  let shown = began;
  return (done) => {
    const now = clock.now();
    const left = timeLeft(now - began, done / all);
    const line = `${counted(done)} of ${counted(all)} people are done${left === undefined ? "" : `, ${left}`}.`;
    if (now - shown >= statusMs) {
      shown = now;
      messages.status(line);
    }
    const isQuarter = done % quarter === 0 && done < 4 * quarter;
    if (all >= manyChanges && isQuarter && now - began >= longMs) messages.say(line);
  };
}
