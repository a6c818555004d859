/**
 * How far something long has come. What is over within two seconds says nothing. After that a terminal has one line that is
 * redrawn: a bar with counts and the time left where it is known how many there will be, counts and the time so far where
 * it is not, since the vendor's lists do not tell. Elsewhere, as in CI, there is a line of its own at times.
 */
import { Writable } from "node:stream";
import { systemClock } from "../api/clock";
import { counted, roughly, timeLeft } from "../provider/wording";
import type { Io } from "./io";

const quietMs = 2_000;
/** Between two lines where there is no terminal. */
const lineEveryMs = 15_000;
/** How often is looked whether there is something to show. */
const lookEveryMs = 250;
const drawsPerSecond = 4;
const barWidth = 24;

/** A part of what is under way whose size is known: `12 of 40 organizations`. */
export interface Part {
  step(): void;
  end(): void;
}

export interface Progress {
  /** One more is done. */
  step(): void;
  /** How many there will be, as far as is known. Once there are more, nothing is known. */
  expect(total: number): void;
  /** Tells time left by a part while it lasts. */
  part(what: string, total: number): Part;
  /** Takes the redrawn line away. */
  end(): void;
}

type Surroundings = Pick<Io, "err" | "terminal" | "columns" | "clock">;

/**
 * To be ended, whatever happens.
 * @param what what has been done, by how many: `1,234 people read`, `200 of 1,000 people read`.
 * @param quiet milliseconds in which nothing is said.
 */
export function progressOf(
  { err, terminal, columns, clock = systemClock }: Surroundings,
  what: (count: string) => string,
  quiet: number = quietMs,
): Progress {
  const began = clock.now();
  const over = new AbortController();
  let count = 0;
  let total: number | undefined;
  let part: { readonly what: string; readonly of: number; readonly since: number; done: number } | undefined;
  let looked = began;
  let nextLine = began + quiet;
  let bar: Bar | undefined;

  /** How much is done, of 1; nothing where it is not known how much there is. */
  const share = () => (part ? part.done / part.of : total !== undefined && total > 0 ? count / total : undefined);
  const text = () => {
    const now = clock.now();
    const all = what(total === undefined || part ? counted(count) : `${counted(count)} of ${counted(total)}`);
    const words = part ? [`${counted(part.done)} of ${counted(part.of)} ${part.what}`, all] : [all];
    const left = timeLeft(now - (part?.since ?? began), share() ?? 0);
    const soFar = now - began < 1_000 ? [] : [`${roughly(now - began)} so far`];
    return [...words, ...(left === undefined ? soFar : [left])].join(", ");
  };
  const show = () => {
    looked = clock.now();
    if (looked - began < quiet) return;
    if (terminal) {
      bar ??= startBar(terminal, columns, { share, text });
      bar.draw();
    } else if (looked >= nextLine) {
      nextLine = looked + lineEveryMs;
      err(`${text()} …`);
    }
  };
  const look = () => {
    if (clock.now() - looked >= lookEveryMs) show();
  };
  if (quiet === 0) show();
  void (async () => {
    // Until it is over, which ends the wait.
    for (;;) {
      await clock.sleep(lookEveryMs, over.signal);
      show();
    }
  })().catch(() => undefined);
  return {
    step() {
      count++;
      if (total !== undefined && count > total) total = undefined;
      look();
    },
    expect(expected) {
      total = expected > count ? expected : undefined;
    },
    part(named, of) {
      const own = { what: named, of, since: clock.now(), done: 0 };
      if (of > 0) part = own;
      return {
        step() {
          own.done = Math.min(own.done + 1, of);
          look();
        },
        end() {
          if (part === own) part = undefined;
        },
      };
    },
    end() {
      over.abort();
      bar?.stop();
    },
  };
}

/**
 * Shows that something takes its time: what it is, and how long it has taken.
 * @param blocks whether it leaves no time to say so later: then it is said before.
 */
export async function during<T>(
  io: Surroundings,
  what: string,
  work: () => T | Promise<T>,
  blocks = false,
): Promise<T> {
  const progress = progressOf(io, () => what, blocks ? 0 : quietMs);
  try {
    return await work();
  } finally {
    progress.end();
  }
}

interface Bar {
  draw(): void;
  stop(): void;
}

interface Shown {
  readonly share: () => number | undefined;
  readonly text: () => string;
}

function startBar(write: (text: string) => void, columns: number | undefined, { share, text }: Shown): Bar {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what is quick needs none of it
  const { SingleBar, Format } = require("cli-progress") as typeof import("cli-progress");
  const bar = new SingleBar({
    stream: terminalOf(write, columns),
    fps: drawsPerSecond,
    barsize: barWidth,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    clearOnComplete: true,
    // A Ctrl-C ends a command in its own way, which takes the line away.
    gracefulExit: false,
    format: (options) => {
      const done = share();
      return done === undefined ? text() : `${Format.BarFormat(done, options)} ${text()}`;
    },
  });
  bar.start(1, 0);
  return {
    draw: () => {
      bar.update(0);
    },
    stop: () => {
      bar.stop();
    },
  };
}

/** As much of a terminal as is drawn on. */
function terminalOf(write: (text: string) => void, columns = 80): NodeJS.WritableStream {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      write(String(chunk));
      done();
    },
  });
  return Object.assign(stream, { isTTY: true, columns });
}
