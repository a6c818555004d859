/**
 * How far a long reading has come: one line that is redrawn on a terminal, and now and then a line of its own where there
 * is none. Counted, not timed. A bar would need to know how many there are, which the vendor's lists do not tell.
 */
import { counted } from "../provider/wording";
import type { Io } from "./io";

const drawEvery = 100;
const sayEvery = 2_500;
const clearLine = "\r\u001b[K";

export interface Progress {
  /** One more is done. */
  step(): void;
  /** Takes the redrawn line away. */
  end(): void;
}

export function progressOf({ err, terminal }: Pick<Io, "err" | "terminal">, what: (count: string) => string): Progress {
  let count = 0;
  let drawn = false;
  return {
    step() {
      count++;
      if (terminal && count % drawEvery === 0) {
        terminal(`${clearLine}${what(counted(count))} …`);
        drawn = true;
      } else if (!terminal && count % sayEvery === 0) {
        err(`${what(counted(count))} …`);
      }
    },
    end() {
      if (drawn) terminal?.(clearLine);
    },
  };
}
