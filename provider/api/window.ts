/** At most `requests` in any stretch of `perMs` milliseconds. */
export interface WindowLimit {
  readonly requests: number;
  readonly perMs: number;
}

/**
 * A sliding window over requests whose moment of arrival is not known exactly.
 *
 * The vendor counts arrivals; what is known here is that a request arrived between being sent and being answered.
 * So a place is taken when a request is sent and comes back one window after its answer. For any window of the
 * vendor's, take all requests that arrived in it: at its end each of them had been sent, and none had been answered
 * more than one window ago, so all of them held a place at that moment, and there are no more places than the
 * limit. This holds for any delays of the network, with no guessed margin, and costs only one latency per window.
 *
 * Places come back in the order of the answers, so a ring of times is enough: constant time per request.
 */
export class SlidingWindow {
  readonly #limit: number;
  readonly #perMs: number;
  readonly #answered: Float64Array;
  #head = 0;
  #size = 0;
  #inFlight = 0;

  constructor({ requests, perMs }: WindowLimit) {
    if (!Number.isInteger(requests) || requests < 1 || !(perMs > 0)) {
      throw new RangeError("a budget needs at least one request per window, and a window longer than nothing");
    }
    this.#limit = requests;
    // One more millisecond, because clocks here are read in whole ones.
    this.#perMs = perMs + 1;
    this.#answered = new Float64Array(requests);
  }

  /** When the next request may be sent: `now`, a later time, or `Infinity` while only an answer can tell. */
  nextFree(now: number): number {
    this.#expire(now);
    if (this.#inFlight + this.#size < this.#limit) return now;
    return this.#size > 0 ? this.#oldest() + this.#perMs : Infinity;
  }

  /** A request is about to be sent; only while `nextFree` is now. */
  take(): void {
    this.#inFlight += 1;
  }

  /** Its answer came, or its failure; with `counted` false it never left, and its place is free at once. */
  giveBack(now: number, counted: boolean): void {
    this.#inFlight -= 1;
    if (!counted) return;
    this.#answered[(this.#head + this.#size) % this.#limit] = now;
    this.#size += 1;
  }

  #expire(now: number): void {
    while (this.#size > 0 && this.#oldest() + this.#perMs <= now) {
      this.#head = (this.#head + 1) % this.#limit;
      this.#size -= 1;
    }
  }

  #oldest(): number {
    return this.#answered[this.#head] ?? 0;
  }
}
