import { type Clock } from "../api/clock";

/** The emulator's time: a base clock that runs on, shifted by whatever a test asked for. */
export class EmulatorClock implements Clock {
  private offset = 0;

  constructor(private readonly base: Clock) {}

  now(): number {
    return this.base.now() + this.offset;
  }

  /** The time of the world outside, where clients live. */
  baseNow(): number {
    return this.base.now();
  }

  /** The timestamp form of every object: ISO 8601 in UTC with milliseconds. */
  iso(): string {
    return new Date(this.now()).toISOString();
  }

  /** Real waiting (latency, delays of faults) is not shifted: a client cannot be made to wait for emulated time. */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.base.sleep(ms, signal);
  }

  advance(ms: number): void {
    this.offset += ms;
  }

  /** Time continues to run from `time` on. */
  set(time: number | string | Date): void {
    const ms = new Date(time).getTime();
    if (Number.isNaN(ms)) throw new RangeError(`not a time: ${String(time)}`);
    this.offset = ms - this.base.now();
  }

  reset(): void {
    this.offset = 0;
  }
}
