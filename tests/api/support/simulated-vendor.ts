import { Budget } from "../../../api/pace/budget";
import { defaultBudget, type BudgetLimits } from "../../../api/pace/limits";
import { type Concurrency, LatencyConcurrency } from "../../../api/pace/concurrency";
import { type Lane } from "../../../api/endpoint";
import { type WindowLimit } from "../../../api/pace/window";
import { VirtualClock } from "./virtual-clock";

/** How the vendor and the way to it behave; all times in milliseconds. */
export interface VendorOptions {
  /** The vendor's own limit of writes; by default it refuses nothing. */
  readonly limit?: WindowLimit;
  /** How long a request is under way. */
  readonly up: () => number;
  /** How long it takes to be answered, and the answer to come back. */
  readonly down: () => number;
  /** So many requests are worked on at once, each for so long; the others stand in line. */
  readonly workers?: { readonly count: number; readonly ms: number };
  /** Writes of somebody else under the same limit: so many, evenly over each window, until then. */
  readonly others?: { readonly perWindow: number; readonly untilMs: number };
  /** Whether answers say how much is left (`X-RateLimit-*`). */
  readonly headers?: boolean;
}

export interface Run {
  readonly sentAt: number[];
  /** When the vendor took a request. */
  readonly arrivedAt: number[];
  readonly refusedAt: number[];
  readonly answeredAt: number[];
  /** The most that were under way at once. */
  readonly most: number;
}

/** Sends so many writes through a budget, as fast as it allows, to a vendor that behaves like this, in virtual time. */
export async function run(count: number, own: WindowLimit, options: VendorOptions, fixed?: Concurrency): Promise<Run> {
  const clock = new VirtualClock();
  const start = clock.now();
  const limits: BudgetLimits = { ...defaultBudget, write: own, all: { requests: 1e5, perMs: own.perMs } };
  const concurrency = fixed ?? new LatencyConcurrency(limits);
  const budget = new Budget({ clock, limits, concurrency });
  const vendor = new Vendor(clock, options);
  const sentAt: number[] = [];
  const answeredAt: number[] = [];
  let most = 0;
  const lane: Lane = "write";
  let underWay = 0;
  const send = async (ticket: number) => {
    for (;;) {
      const permit = await budget.enter(lane, ticket);
      sentAt.push(clock.now() - start);
      underWay += 1;
      most = Math.max(most, underWay);
      const { refusedMs, remaining, resetMs } = await vendor.serve();
      underWay -= 1;
      if (options.headers) budget.learn(lane, { remaining, resetMs });
      if (refusedMs !== undefined) budget.pause(lane, Math.ceil(refusedMs / 1000) * 1000);
      permit.done(refusedMs === undefined ? "counted" : "refused", refusedMs === undefined);
      if (refusedMs === undefined) break;
    }
    answeredAt.push(clock.now() - start);
  };
  const all = Promise.all(Array.from({ length: count }, (_, ticket) => send(ticket)));
  await clock.run();
  await all;
  return { sentAt, arrivedAt: vendor.accepted, refusedAt: vendor.refused, answeredAt, most };
}

class Vendor {
  readonly accepted: number[] = [];
  readonly refused: number[] = [];
  readonly #start: number;
  readonly #others: number[];
  #working = 0;
  readonly #line: (() => void)[] = [];

  constructor(
    private readonly clock: VirtualClock,
    private readonly options: VendorOptions,
  ) {
    this.#start = clock.now();
    const { perWindow = 0, untilMs = 0 } = options.others ?? {};
    const gap = (options.limit?.perMs ?? 1) / perWindow;
    this.#others = Array.from({ length: perWindow > 0 ? Math.floor(untilMs / gap) : 0 }, (_, index) => index * gap);
  }

  async serve(): Promise<{ refusedMs?: number; remaining: number; resetMs: number }> {
    const { up, down, workers } = this.options;
    await this.clock.sleep(up());
    const verdict = this.#count();
    if (workers && verdict.refusedMs === undefined) {
      if (this.#working >= workers.count) await new Promise<void>((resolve) => this.#line.push(resolve));
      else this.#working += 1;
      await this.clock.sleep(workers.ms);
      const next = this.#line.shift();
      if (next) next();
      else this.#working -= 1;
    }
    await this.clock.sleep(down());
    return verdict;
  }

  #count(): { refusedMs?: number; remaining: number; resetMs: number } {
    const now = this.clock.now() - this.#start;
    const { requests, perMs } = this.options.limit ?? { requests: Infinity, perMs: 1 };
    const counted = [...this.accepted, ...this.#others.filter((at) => at <= now)]
      .filter((at) => at > now - perMs)
      .sort((a, b) => a - b);
    const resetMs = (counted[0] ?? now) + perMs - now;
    if (counted.length >= requests) {
      this.refused.push(now);
      return { refusedMs: (counted[counted.length - requests] ?? now) + perMs - now, remaining: 0, resetMs };
    }
    this.accepted.push(now);
    return { remaining: requests - counted.length - 1, resetMs };
  }
}

/** The most events in any window, which is open at one end. */
export function busiest(times: readonly number[], perMs: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; from < sorted.length; from++) {
    while (to < sorted.length && (sorted[to] ?? 0) < (sorted[from] ?? 0) + perMs) to++;
    most = Math.max(most, to - from);
  }
  return most;
}
