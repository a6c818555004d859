import { type Clock } from "../../../api/clock";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Time that passes only where something waits for it. With `auto`, every wait ends in the next turn of the event
 * loop, for tests whose other half is a real server; otherwise `run` goes from one wait's end to the next.
 */
export class VirtualClock implements Clock {
  /** The length of every wait so far, in order. */
  readonly waits: number[] = [];
  readonly #auto: boolean;
  #now: number;
  #sleepers: Sleeper[] = [];

  constructor({ auto = false, start = Date.UTC(2026, 0, 1) } = {}) {
    this.#auto = auto;
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** Lets the computer's clock jump, as clocks do when they are set. */
  jump(ms: number): void {
    this.#now += ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason as Error);
      };
      const sleeper: Sleeper = {
        at: this.#now + ms,
        wake: () => {
          this.#now = Math.max(this.#now, sleeper.at);
          signal?.removeEventListener("abort", refuse);
          resolve();
        },
      };
      if (signal?.aborted) {
        refuse();
        return;
      }
      this.waits.push(ms);
      signal?.addEventListener("abort", refuse, { once: true });
      this.#sleepers.push(sleeper);
      if (this.#auto) setImmediate(() => this.#wake(sleeper));
    });
  }

  /** Runs until nothing waits any more, or until this time. */
  async run(until = Infinity): Promise<void> {
    for (;;) {
      await settled();
      const first = this.#sleepers.reduce<Sleeper | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
      if (!first || first.at > until) break;
      this.#wake(first);
    }
    if (until !== Infinity) this.#now = Math.max(this.#now, until);
  }

  #wake(sleeper: Sleeper): void {
    if (!this.#sleepers.includes(sleeper)) return;
    this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
    sleeper.wake();
  }
}

/** Everything that can happen without time passing has happened. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
