/** Time for commands that do real work: injected, so that what they say of it does not depend on the machine. */
import { setImmediate } from "node:timers/promises";
import { type Clock } from "../../../api/clock";

/** Time that goes on by so much each time that somebody looks at it, which is once for everything that is counted. */
export class CountingClock implements Clock {
  #now = 0;

  /** @param perLook milliseconds; with 0 it stands still. */
  constructor(private readonly perLook: number) {}

  now(): number {
    return (this.#now += this.perLook);
  }

  /** Until it is no longer waited for. */
  sleep(_ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((_resolve, reject) => {
      const end = () => reject(signal?.reason as Error);
      if (signal?.aborted) end();
      signal?.addEventListener("abort", end, { once: true });
    });
  }
}

/** Time that goes on while somebody waits for it, as much as they wait; everything else has its turn in between. */
export class WaitingClock implements Clock {
  #now = 0;

  constructor(private readonly onWait: (now: number) => void = () => undefined) {}

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await setImmediate();
    signal?.throwIfAborted();
    this.#now += ms;
    this.onWait(this.#now);
  }
}
