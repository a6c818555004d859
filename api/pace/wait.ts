import { type Clock } from "../clock";
import { MAX_SLEEP_MS } from "./budget";

/** Waits `ms`, or rejects with the reason of the first signal that is aborted. */
export async function pause(clock: Clock, ms: number, signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  const signal = AbortSignal.any(signals.filter((item) => item !== undefined));
  const end = clock.now() + ms;
  // In slices, so that a computer that slept in between does not wait the whole time again.
  for (let left = ms; left > 0; left = end - clock.now()) await clock.sleep(Math.min(left, MAX_SLEEP_MS), signal);
  signal.throwIfAborted();
}
