import { systemClock } from "../../api/clock";
import type { HookContext, Messages } from "../context";
import type { Inputs, RemoteObject } from "../declare/resource";
import { type CreateJournal, mailsIn, noJournal } from "./create-journal";
import { anyEnvironment, type Environment } from "./environment";
import { Guards } from "./guards";
import { Creates } from "./lost-answers";
import { Snapshots } from "./snapshots";
import { Reach } from "../reach";
import { oneLine } from "../wording";

/** What a lifecycle works with: handed in, so that tests bring their own. */
export interface Context extends HookContext {
  /** How long an accepted deletion may take, in milliseconds. */
  readonly deleteTimeoutMs: number;
  /** What was created, and what is being created. */
  readonly creates: Creates;
  /** What earlier processes were about to create. */
  readonly journal: CreateJournal;
  /** Whether what is recorded is looked for where it is. */
  readonly environment: Environment;
  /** What reads share. */
  readonly snapshots: Snapshots;
  readonly replacing: Map<string, Inputs>;
  /** What the delete half of a replacement could not end and the create half takes over, by what tells it apart. */
  readonly kept: Map<string, RemoteObject>;
}

/** A context with everything that is not given at its default: silent, unguarded. */
export function contextOf(given: Pick<Context, "api"> & Partial<Context>): Context {
  const { clock = systemClock, journal = noJournal } = given;
  return {
    clock,
    deleteTimeoutMs: 60_000,
    messages: silent,
    guards: new Guards(),
    creates: new Creates(),
    journal,
    mails: mailsIn(journal, clock),
    environment: anyEnvironment,
    snapshots: new Snapshots(given.api),
    reach: new Reach(given.api),
    replacing: new Map(),
    keeping: new Map(),
    refreshed: new Map(),
    kept: new Map(),
    ...given,
  };
}

const silent: Messages = { say: () => undefined, status: () => undefined, settled: () => Promise.resolve() };

/** How many lines a run shows at most. */
const maxLines = 20;

/**
 * Shows the first lines and says that there are more.
 * @param print resolves when the line is out.
 * @param status shows a line until the next one.
 */
export function fewLines(
  print: (line: string) => Promise<void>,
  status: (line: string) => void = () => undefined,
): Messages {
  let shown = 0;
  let last = Promise.resolve();
  return {
    settled: () => last,
    status: (line) => {
      status(oneLine(line));
    },
    say(line) {
      shown++;
      if (shown < maxLines) {
        last = print(oneLine(line));
      } else if (shown === maxLines) {
        last = print("Further changes of access are not listed here; the plan above names all of them.");
      }
    },
  };
}
