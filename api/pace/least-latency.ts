/** So many answers say what the way takes at least; fewer might all have been slow. */
const ENOUGH = 32;

interface Sample {
  since: number;
  count: number;
  sum: number;
  least: number;
}

/**
 * What a request and its answer need at the very least, by the answers of the last one to two windows: the least of
 * them, and a quarter less of what their mean is above it, since the next one may be lucky both ways.
 */
export class LeastLatency {
  #current: Sample | undefined;
  #previous: Sample | undefined;

  /** @param windowMs an answer is remembered at least so long. */
  constructor(private readonly windowMs: number) {}

  observe(now: number, latencyMs: number): void {
    if (!this.#current || (now - this.#current.since >= this.windowMs && this.#current.count >= ENOUGH)) {
      this.#previous = this.#current;
      this.#current = { since: now, count: 0, sum: 0, least: Infinity };
    }
    this.#current.count += 1;
    this.#current.sum += latencyMs;
    this.#current.least = Math.min(this.#current.least, latencyMs);
  }

  /** In milliseconds; 0 while too few answers are known. */
  least(): number {
    const { count, least } = this.#both();
    return count < 2 * ENOUGH ? 0 : Math.max(0, least - (this.mean() - least) / 4);
  }

  /** In milliseconds; 0 while nothing is known. */
  mean(): number {
    const { count, sum } = this.#both();
    return count > 0 ? sum / count : 0;
  }

  #both(): Omit<Sample, "since"> {
    const { count = 0, sum = 0, least = Infinity } = this.#current ?? {};
    const previous = this.#previous;
    if (!previous) return { count, sum, least };
    return { count: count + previous.count, sum: sum + previous.sum, least: Math.min(least, previous.least) };
  }
}
