import { type Clock } from "../api/clock";

/** The last moment of the year 9999: ids and dates are written with four digits of a year. */
const latest = 253_402_300_799_999;

/** The emulator's time: a base clock that runs on, shifted by whatever a test asked for. */
export class EmulatorClock implements Clock {
  private offset = 0;
  /** Told when the time was moved. */
  moved: () => void = () => undefined;

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

  /** @throws RangeError when that leads to no time that an object could be dated with. */
  advance(ms: number): void {
    this.#move(this.offset + ms);
  }

  /** Time continues to run from `time` on. */
  set(time: number | string | Date): void {
    const ms = new Date(time).getTime();
    if (Number.isNaN(ms)) throw new RangeError(`not a time: ${String(time)}`);
    this.#move(ms - this.base.now());
  }

  #move(offset: number): void {
    const then = this.base.now() + offset;
    if (!Number.isSafeInteger(offset) || then < 0 || then > latest) {
      throw new RangeError("not a time: whole milliseconds, to a moment from 1970 to 9999");
    }
    this.offset = offset;
    this.moved();
  }

  reset(): void {
    this.offset = 0;
    this.moved();
  }
}
