/**
 * Virtual time: what happens later stands in line, and time jumps from one event to the next. Requests of several
 * processes thereby meet in an order that depends on the seed alone.
 */
import { type Clock } from "../../../api/clock";
import { startOfTime } from "../../support/virtual-clock";

interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void | Promise<void>;
}

/** Something waits for what never comes, or for longer than anybody would. */
export class EndlessWait extends Error {}

/** More than any run of a history needs. */
const mostEvents = 20_000;
const longestMs = 6 * 3_600_000;
/** Turns of the real event loop without any event: work with files ends within a few. */
const idleTurns = 400;

export class Timeline implements Clock {
  #now = startOfTime;
  #events: Event[] = [];
  #order = 0;

  readonly now = (): number => this.#now;

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const cancel = this.after(Math.ceil(ms), resolve);
      signal?.addEventListener(
        "abort",
        () => {
          cancel();
          reject(signal.reason as Error);
        },
        { once: true },
      );
    });
  }

  /** @returns what takes it out of the line again. */
  after(ms: number, run: Event["run"]): () => void {
    const event = { at: this.#now + Math.max(0, ms), order: this.#order++, run };
    const place = this.#events.findIndex(({ at }) => at > event.at);
    if (place < 0) this.#events.push(event);
    else this.#events.splice(place, 0, event);
    return () => {
      this.#events = this.#events.filter((other) => other !== event);
    };
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  /** Lets time pass until the work is done. */
  async drive<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const ended = work.finally(() => {
      done = true;
    });
    ended.catch(() => undefined);
    const started = this.#now;
    for (let events = 0, idle = 0; ;) {
      await turn();
      if (done) return ended;
      const event = this.#events.shift();
      if (!event) {
        if (++idle > idleTurns) throw new EndlessWait("it waits, and nothing is left that could end that");
        continue;
      }
      idle = 0;
      if (++events > mostEvents) throw new EndlessWait(`it does not end within ${mostEvents} events`);
      if (event.at - started > longestMs) throw new EndlessWait("it does not end within hours");
      this.#now = Math.max(this.#now, event.at);
      await event.run();
    }
  }

  /** Carries out what is left over, such as requests that arrive late. */
  async settle(): Promise<void> {
    for (let event = this.#events.shift(); event; event = this.#events.shift()) {
      this.#now = Math.max(this.#now, event.at);
      await event.run();
      await turn();
    }
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
