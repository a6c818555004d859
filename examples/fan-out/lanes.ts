import { setTimeout as sleep } from "node:timers/promises";

/** The vendor counts requests in any stretch so long. */
const windowMs = 10_000;

export interface Budget {
  readonly reads: number;
  readonly writes: number;
}

/**
 * Works through the names in lanes, each of which has its share of the budget. A run knows nothing of the requests of
 * the one before it in its lane, so after one that made any the lane rests until these have left the window.
 * @param run works on one name within this share, and answers whether it changed anything
 * @param rest waits for so many milliseconds
 */
export async function inLanes(
  names: Iterable<string>,
  count: number,
  budget: Budget,
  run: (name: string, share: Budget) => Promise<boolean>,
  rest: (ms: number) => Promise<unknown> = sleep,
): Promise<void> {
  const share = { reads: Math.floor(budget.reads / count), writes: Math.floor(budget.writes / count) };
  const queue = [...names];
  const lane = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const changed = await run(name, share);
      if (changed && queue.length > 0) await rest(windowMs);
    }
  };
  await Promise.all(Array.from({ length: count }, lane));
}
