import type { Api } from "../../api";
import { type Clock, systemClock } from "../../api/clock";
import type { Inputs } from "../declare/resource";
import { Guards } from "./guards";
import { Snapshots } from "./snapshots";
import { type Intents, noIntents } from "./intents";
import { Creates } from "./lost-answers";
import { silent, type Messages } from "./messages";

/** What a lifecycle works with: handed in, so that tests bring their own. */
export interface Context {
  readonly api: Api;
  readonly clock: Clock;
  /** How long an accepted deletion may take, in milliseconds. */
  readonly deleteTimeoutMs: number;
  /** What a reviewer has to see. */
  readonly messages: Messages;
  readonly guards: Guards;
  /** What was created, and what is being created. */
  readonly creates: Creates;
  /** What earlier processes were about to create. */
  readonly intents: Intents;
  /** What reads share. */
  readonly snapshots: Snapshots;
  /** The inputs by which objects are about to be replaced in this run, by the id of the old one. */
  readonly replacing: Map<string, Inputs>;
  /** The key this provider itself works with. */
  readonly apiKey?: string;
}

/** A context with everything that is not given at its default: silent, unguarded. */
export function contextOf(given: Pick<Context, "api"> & Partial<Context>): Context {
  return {
    clock: systemClock,
    deleteTimeoutMs: 60_000,
    messages: silent,
    guards: new Guards(),
    creates: new Creates(),
    intents: noIntents,
    snapshots: new Snapshots(given.api),
    replacing: new Map(),
    ...given,
  };
}
