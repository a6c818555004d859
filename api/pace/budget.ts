/**
 * The one door through which every request goes: the vendor's rate limits, a pause after a 429, and how many
 * requests are under way at once. In each lane requests leave in the order they came.
 */
import { type Clock } from "../clock";
import { type Concurrency } from "./concurrency";
import { type Lane } from "../endpoint";
import { type BudgetLimits, budgetNames } from "./limits";
import { type Outcome, SlidingWindow } from "./window";

/** Which windows a request of a lane counts in. Deleting an organization is a write too. */
const windowsOf: Readonly<Record<Lane, readonly (keyof BudgetLimits)[]>> = {
  read: ["read", "all"],
  write: ["write", "all"],
  organization_delete: ["organization_delete", "write", "all"],
};

/** Why a lane waits, told once per stretch of waiting and at most every ten seconds. */
export interface LaneWait {
  /** `budget`: our own limit. `rate_limited`: the vendor asked for it. */
  readonly reason: "budget" | "rate_limited";
  readonly lane: Lane;
  /** Expected wait of the next request in line, in milliseconds. */
  readonly ms: number;
}

/** What the vendor said about the rest of its window (`X-RateLimit-Remaining` and `-Reset`). */
export interface RemainingHint {
  readonly remaining: number;
  /** Milliseconds until the vendor starts counting anew. */
  readonly resetMs: number;
}

/** Leave to send one request. `done` must be called once it has ended, whatever the end. */
export interface Permit {
  /** @param healthy true where the server answered, and neither 429 nor 5xx. */
  done(outcome: Outcome, healthy: boolean): void;
}

/** No wait is longer than this without looking again. */
export const MAX_SLEEP_MS = 30_000;
const NOTICE_EVERY_MS = 10_000;

interface Waiter {
  readonly ticket: number;
  readonly admit: () => void;
  readonly refuse: (reason: unknown) => void;
  gone: boolean;
  next?: Waiter;
}

interface LaneState {
  readonly lane: Lane;
  readonly windows: readonly SlidingWindow[];
  head?: Waiter;
  tail?: Waiter;
  inFlight: number;
  pausedUntil: number;
  /** After a pause one request goes alone, until one is not refused: what others left may be one place. */
  probing: boolean;
  /** When the vendor last accepted a request. */
  acceptedAt: number;
  /** What the vendor said is left, until it counts anew. */
  left?: { requests: number; until: number };
  nextNotice: number;
}

export interface BudgetOptions {
  readonly clock: Clock;
  /** `false` for no limits of our own; the vendor's are obeyed all the same. */
  readonly limits: BudgetLimits | false;
  readonly concurrency: Concurrency;
  readonly onWait?: (wait: LaneWait) => void;
}

export class Budget {
  readonly #clock: Clock;
  readonly #concurrency: Concurrency;
  readonly #onWait?: (wait: LaneWait) => void;
  readonly #lanes: Readonly<Record<Lane, LaneState>>;
  readonly #states: readonly LaneState[];
  #inFlight = 0;
  #stopped?: { reason: unknown };
  #timer?: { at: number; controller: AbortController };
  #lastReading: number;
  #elapsed = 0;

  constructor({ clock, limits, concurrency, onWait }: BudgetOptions) {
    this.#clock = clock;
    this.#concurrency = concurrency;
    this.#onWait = onWait;
    this.#lastReading = clock.now();
    const windows = new Map<keyof BudgetLimits, SlidingWindow>();
    if (limits) for (const name of budgetNames) windows.set(name, new SlidingWindow(limits[name]));
    const laneState = (lane: Lane): LaneState => ({
      lane,
      windows: windowsOf[lane].flatMap((name) => windows.get(name) ?? []),
      inFlight: 0,
      pausedUntil: 0,
      probing: false,
      acceptedAt: -Infinity,
      nextNotice: 0,
    });
    this.#lanes = {
      read: laneState("read"),
      write: laneState("write"),
      organization_delete: laneState("organization_delete"),
    };
    this.#states = Object.values(this.#lanes);
  }

  /**
   * Waits for leave to send. Requests of a lane get it in the order of their tickets, so that a repeated request,
   * which keeps its ticket, goes before those that came after it. Rejects with the signal's reason, or with that of
   * `stop`.
   */
  enter(lane: Lane, ticket: number, signal?: AbortSignal): Promise<Permit> {
    const state = this.#lanes[lane];
    return new Promise((resolve, reject) => {
      const refusal = this.#stopped ?? (signal?.aborted ? { reason: signal.reason as unknown } : undefined);
      if (refusal) {
        reject(asError(refusal.reason));
        return;
      }
      const waiter: Waiter = {
        ticket,
        gone: false,
        admit: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve(this.#permit(state));
        },
        refuse: (reason) => {
          waiter.gone = true;
          signal?.removeEventListener("abort", onAbort);
          reject(asError(reason));
        },
      };
      const onAbort = () => {
        waiter.refuse(signal?.reason);
        this.#pump();
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      enqueue(state, waiter);
      this.#pump();
    });
  }

  /** The vendor refused a request of this lane: the whole lane waits, not each request by itself. */
  pause(lane: Lane, ms: number): void {
    const state = this.#lanes[lane];
    state.probing = true;
    state.pausedUntil = Math.max(state.pausedUntil, this.#now() + ms);
  }

  /**
   * The vendor says how much is left. That says nothing new unless somebody else draws on the same budget, or it is
   * smaller than ours. Then it lowers what our own windows allow, until the vendor's reset: requests still under way
   * may or may not be counted already, so all of them are taken off; the one that was just answered is, and has not
   * given its permit back yet.
   */
  learn(lane: Lane, { remaining, resetMs }: RemainingHint): void {
    const state = this.#lanes[lane];
    const now = this.#now();
    if (state.windows[0]?.learn(now, remaining) === false) return;
    const requests = remaining - (state.inFlight - 1);
    if (state.left && state.left.until > now) state.left.requests = Math.min(state.left.requests, requests);
    else state.left = { requests, until: now + resetMs };
  }

  /** How long ago the vendor last accepted a request of this lane, in milliseconds; `Infinity` if it never did. */
  sinceAccepted(lane: Lane): number {
    return this.#now() - this.#lanes[lane].acceptedAt;
  }

  /** From now on nothing is admitted; everything that waits is refused with this reason. */
  stop(reason: unknown): void {
    this.#stopped ??= { reason };
    this.#timer?.controller.abort();
    this.#timer = undefined;
    for (const state of this.#states) {
      for (let waiter = state.head; waiter; waiter = waiter.next) if (!waiter.gone) waiter.refuse(reason);
      state.head = state.tail = undefined;
    }
  }

  /** Time that never runs backward, which the clock of a computer may do. */
  #now(): number {
    const reading = this.#clock.now();
    this.#elapsed += Math.max(0, reading - this.#lastReading);
    this.#lastReading = reading;
    return this.#elapsed;
  }

  #permit(state: LaneState): Permit {
    const start = this.#now();
    return {
      done: (outcome, healthy) => {
        const now = this.#now();
        const latencyMs = now - start;
        if (outcome !== "unsent") {
          this.#concurrency.observe?.({ lane: state.lane, latencyMs, now, healthy, inFlight: this.#inFlight });
        }
        this.#inFlight -= 1;
        state.inFlight -= 1;
        // The limits beyond the lane's own are shared with other lanes, and which of them was met is not said.
        for (const window of state.windows) {
          const own = window === state.windows[0];
          window.giveBack(now, outcome === "refused" && !own ? "counted" : outcome, latencyMs);
        }
        if (outcome === "counted") state.probing = false;
        if (healthy) state.acceptedAt = now;
        this.#pump();
      },
    };
  }

  #pump(): void {
    if (this.#stopped) return;
    const now = this.#now();
    while (this.#inFlight < this.#concurrency.limit) {
      // Of the lanes that may send, the request that has waited longest: no lane starves another of a window.
      let first: { state: LaneState; waiter: Waiter } | undefined;
      for (const state of this.#states) {
        const waiter = front(state);
        if (!waiter || availableAt(state, now) > now) continue;
        if (!first || waiter.ticket < first.waiter.ticket) first = { state, waiter };
      }
      if (!first) break;
      this.#admit(first.state, first.waiter);
    }
    this.#schedule(now);
  }

  #admit(state: LaneState, waiter: Waiter): void {
    state.head = waiter.next;
    if (!state.head) state.tail = undefined;
    this.#inFlight += 1;
    state.inFlight += 1;
    if (state.left) state.left.requests -= 1;
    for (const window of state.windows) window.take();
    waiter.admit();
  }

  /** Sets one timer for the lane that can go on first. Where only an answer can free a place, the answer pumps. */
  #schedule(now: number): void {
    let at = Infinity;
    for (const state of this.#states) {
      if (!front(state)) continue;
      const available = availableAt(state, now);
      if (available <= now || available === Infinity) continue;
      at = Math.min(at, available);
      this.#notice(state, now, available);
    }
    if (at === Infinity) return;
    at = Math.min(at, now + MAX_SLEEP_MS);
    if (this.#timer && this.#timer.at > now && this.#timer.at <= at) return;
    this.#timer?.controller.abort();
    const timer = { at, controller: new AbortController() };
    this.#timer = timer;
    // In whole milliseconds, like the clock: less than one may not move it at all.
    this.#clock.sleep(Math.ceil(at - now), timer.controller.signal).then(
      () => {
        if (this.#timer === timer) {
          this.#timer = undefined;
          this.#pump();
        }
      },
      () => undefined, // replaced by an earlier one, or stopped
    );
  }

  #notice(state: LaneState, now: number, available: number): void {
    if (!this.#onWait || now < state.nextNotice) return;
    state.nextNotice = now + NOTICE_EVERY_MS;
    const asked = state.pausedUntil > now || (state.left !== undefined && state.left.until > now);
    this.#onWait({ reason: asked ? "rate_limited" : "budget", lane: state.lane, ms: available - now });
  }
}

/** When the next request of a lane may be sent; `Infinity` while only an answer can tell. */
function availableAt(state: LaneState, now: number): number {
  if (state.probing && state.inFlight > 0) return Infinity;
  let at = Math.max(now, state.pausedUntil);
  if (state.left) {
    if (state.left.until <= now) state.left = undefined;
    else if (state.left.requests <= 0) at = Math.max(at, state.left.until);
  }
  for (const window of state.windows) at = Math.max(at, window.nextFree(now));
  return at;
}

/** The first in line that still waits. */
function front(state: LaneState): Waiter | undefined {
  while (state.head?.gone) state.head = state.head.next;
  if (!state.head) state.tail = undefined;
  return state.head;
}

/** New requests come with the highest ticket and go to the end; only repeated ones look for their place. */
function enqueue(state: LaneState, waiter: Waiter): void {
  if (!front(state) || !state.head) {
    state.head = state.tail = waiter;
  } else if (state.tail && state.tail.ticket < waiter.ticket) {
    state.tail.next = waiter;
    state.tail = waiter;
  } else if (waiter.ticket < state.head.ticket) {
    waiter.next = state.head;
    state.head = waiter;
  } else {
    let before = state.head;
    while (before.next && before.next.ticket < waiter.ticket) before = before.next;
    waiter.next = before.next;
    before.next = waiter;
    if (!waiter.next) state.tail = waiter;
  }
}

const asError = (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason)));
