import { LeastLatency } from "./least-latency";

/** At most `requests` in any stretch of `perMs` milliseconds. */
export interface WindowLimit {
  readonly requests: number;
  readonly perMs: number;
}

/** What became of a request as far as budgets go. `refused`: for want of budget. */
export type Outcome = "counted" | "refused" | "unsent";

/** This part of a window is never staked on the way taking as long as it did before. */
const CERTAIN_SHARE = 1 / 40;
/** This part of the limit comes back in each window that passes without a refusal, from the second on. */
const GROWTH = 1 / 2;
/** So many more are under way than an even pace needs. */
const HEADROOM = 1.5;
/** This part of the limit is tried in any case: a single refusal early on says nothing about what others use. */
const LEAST_SHARE = 1 / 10;

/**
 * A sliding window over requests whose moment of arrival is not known exactly.
 *
 * The vendor counts arrivals; what is known here is that a request arrived between being sent and being answered.
 * So a place is taken when a request is sent and comes back one window after its answer. For any window of the
 * vendor's, take all requests that arrived in it: at its end each of them had been sent, and none had been answered
 * more than one window ago, so all of them held a place at that moment, and there are no more places than the
 * limit. This holds for any delays of the network, with no guessed margin, and costs one latency per window.
 *
 * Where answers take a noticeable part of a window (a fortieth: 250 ms of 10 s) that is too much to pay. There the
 * place comes back earlier, by the time that a request and an answer have been seen to need at the very least
 * (`LeastLatency`), less that fortieth. Still no window of requests *sent* ever exceeds the limit; for arrivals it
 * holds as long as the way does not all at once become faster than it has been. After a refusal nothing is staked
 * any more.
 *
 * A refusal also tells that somebody else draws on the same budget: the limit is then what was accepted of ours in
 * one window, holds there for a window, and grows back gradually. So one refusal is met per window, not one per request.
 *
 * Places come back in the order of the answers, so a ring of times is enough: constant time per request.
 */
export class SlidingWindow {
  readonly #limit: number;
  readonly #perMs: number;
  readonly #answered: Float64Array;
  readonly #wasRefused: Uint8Array;
  readonly #latency: LeastLatency;
  #head = 0;
  #size = 0;
  #refused = 0;
  #inFlight = 0;
  #certain = false;
  /** What others leave of the limit, as far as is known, and since when. */
  #share?: { requests: number; since: number };

  constructor({ requests, perMs }: WindowLimit) {
    if (!Number.isInteger(requests) || requests < 1 || !(perMs > 0)) {
      throw new RangeError("a budget needs at least one request per window, and a window longer than nothing");
    }
    this.#limit = requests;
    // One more millisecond, because clocks here are read in whole ones.
    this.#perMs = perMs + 1;
    this.#answered = new Float64Array(requests);
    this.#wasRefused = new Uint8Array(requests);
    this.#latency = new LeastLatency(this.#perMs);
  }

  /** When the next request may be sent: `now`, a later time, or `Infinity` while only an answer can tell. */
  nextFree(now: number): number {
    const staked = this.#staked();
    this.#expire(now, staked);
    if (this.#crowded(now)) return Infinity;
    const accepted = this.#inFlight + this.#size - this.#refused;
    if (this.#inFlight + this.#size < this.#limit && accepted < this.#allowed(now)) return now;
    const back = this.#size > 0 ? this.#oldest() + this.#perMs - staked : Infinity;
    return Math.min(back, this.#grownBy(now));
  }

  /** A request is about to be sent; only while `nextFree` is now. */
  take(): void {
    this.#inFlight += 1;
  }

  /** Its answer came, or its failure. What was never sent gives its place back at once. */
  giveBack(now: number, outcome: Outcome, latencyMs: number): void {
    this.#inFlight -= 1;
    if (outcome === "unsent") return;
    const index = (this.#head + this.#size) % this.#limit;
    this.#answered[index] = now;
    this.#wasRefused[index] = outcome === "refused" ? 1 : 0;
    this.#size += 1;
    this.#latency.observe(now, latencyMs);
    if (outcome === "counted") return;
    this.#refused += 1;
    this.#certain = true;
    this.#expire(now, 0);
    this.#share = { requests: Math.max(this.#limit * LEAST_SHARE, this.#size - this.#refused), since: now };
  }

  /**
   * The vendor says that it would take so many more. What is missing from the limit, even if all of ours were counted,
   * somebody else has used; what is still under way may not be counted yet.
   * @returns true where somebody else has.
   */
  learn(now: number, remaining: number): boolean {
    this.#expire(now, this.#staked());
    const answered = this.#size - this.#refused + 1;
    const others = this.#inFlight + this.#size + remaining < this.#limit;
    this.#share = others
      ? { requests: Math.max(this.#limit * LEAST_SHARE, answered + remaining), since: now }
      : undefined;
    return others;
  }

  #allowed(now: number): number {
    if (!this.#share) return this.#limit;
    const { requests, since } = this.#share;
    const growing = Math.max(0, now - since - this.#perMs);
    const allowed = requests + Math.floor(growing * this.#growthPerMs());
    if (allowed >= this.#limit) this.#share = undefined;
    return Math.min(this.#limit, allowed);
  }

  /** With others, no more are under way than the share needs: those would all be refused at once. */
  #crowded(now: number): boolean {
    if (!this.#share || this.#inFlight === 0) return false;
    return this.#inFlight > (HEADROOM * this.#allowed(now) * this.#latency.mean()) / this.#perMs;
  }

  /** When the share will have grown by one. */
  #grownBy(now: number): number {
    if (!this.#share) return Infinity;
    const { requests, since } = this.#share;
    const next = this.#allowed(now) + 1 - requests;
    return Math.max(now + 1, Math.ceil(since + this.#perMs + next / this.#growthPerMs()));
  }

  #growthPerMs(): number {
    return (this.#limit * GROWTH) / this.#perMs;
  }

  #staked(): number {
    return this.#certain ? 0 : Math.max(0, Math.floor(this.#latency.least() - this.#perMs * CERTAIN_SHARE));
  }

  #expire(now: number, staked: number): void {
    while (this.#size > 0 && this.#oldest() + this.#perMs - staked <= now) {
      this.#refused -= this.#wasRefused[this.#head] ?? 0;
      this.#head = (this.#head + 1) % this.#limit;
      this.#size -= 1;
    }
  }

  #oldest(): number {
    return this.#answered[this.#head] ?? 0;
  }
}
