import type { Api } from "../api";
import type { Clock } from "../clock";

/** What a lifecycle works with: handed in, so that tests bring their own. */
export interface Context {
  readonly api: Api;
  readonly clock: Clock;
  /** How long an accepted deletion may take, in milliseconds. */
  readonly deleteTimeoutMs: number;
}
