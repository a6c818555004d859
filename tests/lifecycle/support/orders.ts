/** Two runs at once whose requests go one at a time, in every order in which they can. */
import { type World } from "../../support/world";

/** Starts a run; each is a process of its own, as far as the vendor can tell. */
export type Task = () => Promise<unknown>;

/** What became of the two, and the order in which their requests went: `0010…`. */
export interface Ending {
  readonly order: string;
  readonly results: readonly PromiseSettledResult<unknown>[];
}

/**
 * @param prepare makes the world anew, and the two runs, which differ in whom they are about alone: so the first of them
 * is the first to write.
 * @param before how many requests each of them makes before its first write: these go first, so that both have counted
 * when the first of them writes.
 * @returns how many orders there were.
 */
export async function inEveryOrder(
  world: World,
  before: number,
  prepare: () => Promise<readonly [Task, Task]>,
  check: (ending: Ending) => Promise<void>,
): Promise<number> {
  const counting = (index: number) => Array.from({ length: before }, () => index);
  const untried = [[...counting(0), ...counting(1), 0]];
  let tried = 0;
  for (let prefix = untried.pop(); prefix; prefix = untried.pop()) {
    await world.reset();
    const tasks = await prepare();
    const { order, results, choices } = await inOrder(world, tasks, prefix);
    for (const place of choices.filter((one) => one >= prefix.length)) {
      untried.push([...order.slice(0, place), 1]);
    }
    await check({ order: order.join(""), results });
    tried++;
  }
  return tried;
}

/** @returns the order that was taken, and the places in it where the other run could have gone first. */
async function inOrder(world: World, tasks: readonly Task[], prefix: readonly number[]) {
  const order: number[] = [];
  const choices: number[] = [];
  const waiting = new Map<number, () => void>();
  const done = new Map<number, PromiseSettledResult<unknown>>();
  let current = 0;
  let moved = () => undefined as void;
  world.held.onHold = (go) => {
    waiting.set(current, go);
    moved();
  };
  world.control.faults.add({ delayMs: 1, times: null });
  /** Lets one of them act until it has its next request out, or is done. */
  const act = (index: number, start: () => void) =>
    new Promise<void>((resolve) => {
      current = index;
      moved = resolve;
      start();
    });
  for (const [index, task] of tasks.entries()) {
    await act(index, () => {
      void Promise.allSettled([task()]).then(([result]) => {
        if (result) done.set(index, result);
        moved();
      });
    });
  }
  while (waiting.size > 0) {
    if (waiting.size > 1) choices.push(order.length);
    const wanted = prefix[order.length] ?? 0;
    const index = waiting.has(wanted) ? wanted : 1 - wanted;
    const go = waiting.get(index);
    waiting.delete(index);
    order.push(index);
    await act(index, () => go?.());
  }
  world.held.onHold = undefined;
  world.control.faults.clear();
  return { order, choices, results: [...done].sort(([one], [other]) => one - other).map(([, result]) => result) };
}
