import { type Clock } from "../../api/clock";

/** Where the virtual day begins: noon, so that no date changes in between. */
export const startOfTime = Date.parse("2026-06-01T12:00:00.000Z");
export const minute = 60_000;
export const day = 24 * 60 * minute;

/** Time that passes only when somebody waits for it or moves it: whoever sleeps gets up at once, that much later. */
export class VirtualClock implements Clock {
  #now = startOfTime;
  /** Every wait that was asked for, in milliseconds. */
  readonly sleeps: number[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    this.sleeps.push(ms);
    // Clocks are read in whole milliseconds, and nobody gets up early.
    this.#now += Math.ceil(ms);
    return Promise.resolve();
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  reset(): void {
    this.#now = startOfTime;
    this.sleeps.length = 0;
  }
}
