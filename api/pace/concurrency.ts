import { type BudgetLimits } from "./limits";
import { type Lane } from "../endpoint";

/** One exchange that ended. */
export interface Observation {
  readonly lane: Lane;
  /** From leave to send to the whole answer, in milliseconds. */
  readonly latencyMs: number;
  /** When it ended, in milliseconds of a clock that never runs backward. */
  readonly now: number;
  /** True where the server answered, and neither 429 nor 5xx. */
  readonly healthy: boolean;
  /** How many were under way, this one included. */
  readonly inFlight: number;
}

/** How many requests may be under way at once. */
export interface Concurrency {
  /** Read before every request; it may change at any time. */
  readonly limit: number;
  /** The largest that `limit` may become, where it changes: so many connections are kept at most. */
  readonly max?: number;
  /** Told of every exchange that ended. */
  observe?(exchange: Observation): void;
}

/** Always the same number; default 64. */
export const fixedConcurrency = (limit = 64): Concurrency => ({ limit });

/** A window's budget may be on its way within this part of the window. */
const BURST = 1 / 10;
const START = 8;
/** Few enough for any server that works at all. */
const LEAST = 4;
const MOST = 256;
/** A round of answers is slow when it takes twice as long as the best one, and this much more. */
const NOISE_MS = 50;

/**
 * By Little's law: so many as are needed to send a window's budget within a tenth of the window, at the latency that
 * the server has when it is not crowded. 60 ms and 500 writes per 10 s make 30; 2 s make more than the upper bound of
 * 256, which still is two and a half times what the budget needs.
 *
 * Answers are judged by rounds, each as many as may be under way. Where a round is much slower than the best one, or
 * a tenth of it fails, there are too many under way: their number is cut. Where it is slow even with the fewest, it is
 * the server that has become slower: that is the new measure. Lanes have measures of their own, because writes may take
 * much longer than reads.
 */
export class LatencyConcurrency implements Concurrency {
  readonly max = MOST;
  readonly #perMs: Readonly<Record<Lane, number>>;
  /** The mean latency of the best round so far, by lane. */
  readonly #best = new Map<Lane, number>();
  #limit = START;
  #changedAt = -Infinity;
  #round = newRound();

  constructor(limits: BudgetLimits) {
    const perMs = ({ requests, perMs }: BudgetLimits[Lane]) => requests / perMs;
    this.#perMs = {
      read: perMs(limits.read),
      write: perMs(limits.write),
      organization_delete: perMs(limits.organization_delete),
    };
  }

  get limit(): number {
    return this.#limit;
  }

  observe({ lane, latencyMs, now, healthy, inFlight }: Observation): void {
    // Sent while another number was under way: says nothing about this one.
    if (now - latencyMs < this.#changedAt) return;
    const round = this.#round;
    round.answers += 1;
    round.most = Math.max(round.most, inFlight);
    if (healthy) {
      const times = round.times.get(lane) ?? { count: 0, sum: 0 };
      round.times.set(lane, { count: times.count + 1, sum: times.sum + latencyMs });
    } else {
      round.failed += 1;
    }
    if (round.answers < Math.max(LEAST, this.#limit)) return;
    this.#round = newRound();
    this.#set(this.#next(round), now);
  }

  #next({ answers, failed, most, times }: Round): number {
    if (failed > answers / 10) return this.#limit / 2;
    const means = [...times].map(([lane, { count, sum }]) => [lane, sum / count] as const);
    const slowness = Math.max(...means.map(([lane, mean]) => mean / (2 * (this.#best.get(lane) ?? mean) + NOISE_MS)));
    const fewest = Math.min(this.#limit, most) <= LEAST;
    for (const [lane, mean] of means) {
      if ((slowness > 1 && fewest) || mean < (this.#best.get(lane) ?? Infinity)) this.#best.set(lane, mean);
    }
    if (slowness > 1) return fewest ? this.#limit : this.#limit * Math.max(1 / 4, 1 / slowness);
    // Nothing is known about more than was tried.
    const tried = Math.max(START, Math.min(this.#limit, most));
    return Math.min(this.#wanted(), Math.max(this.#limit, tried * Math.min(2, 1 / slowness)));
  }

  #wanted(): number {
    let wanted = 0;
    for (const [lane, ms] of this.#best) wanted += (this.#perMs[lane] * ms) / BURST;
    return Math.ceil(wanted);
  }

  #set(limit: number, now: number): void {
    const bounded = Math.min(MOST, Math.max(LEAST, Math.round(limit)));
    if (bounded < this.#limit) this.#changedAt = now;
    this.#limit = bounded;
  }
}

interface Round {
  answers: number;
  failed: number;
  /** The most that were under way. */
  most: number;
  readonly times: Map<Lane, { count: number; sum: number }>;
}

const newRound = (): Round => ({ answers: 0, failed: 0, most: 0, times: new Map() });
