/** A command as a shell runs it, with what it wrote. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock } from "../../../api/clock";
import { main } from "../../../cli";
import { CountingClock } from "./clocks";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What a terminal was sent, where there is one. */
  readonly terminal: string;
}

interface Surroundings {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What stands on standard input. */
  readonly input?: string;
  /** Whether standard error is a terminal. */
  readonly terminal?: boolean;
  readonly directory?: string;
  /** Default: one that stands still, so that nothing is said of how long something takes. */
  readonly clock?: Clock;
}

/** A running command whose output can be watched and which can be interrupted. */
export class Running {
  readonly finished: Promise<Ran>;
  #out: string[] = [];
  #err: string[] = [];
  #drawn = "";
  #abort = new AbortController();

  constructor(
    args: readonly string[],
    { env = {}, input = "", terminal, directory = process.cwd(), clock = new CountingClock(0) }: Surroundings,
  ) {
    this.finished = main(args, {
      out: (text) => void this.#out.push(text),
      err: (text) => void this.#err.push(text),
      terminal: terminal ? (text) => void (this.#drawn += text) : undefined,
      input: () => Promise.resolve(input),
      env,
      directory,
      clock,
      interrupted: this.#abort.signal,
    }).then((code) => ({ code, out: this.out, err: this.#err.join("\n"), terminal: this.#drawn }));
  }

  get out(): string {
    return this.#out.join("\n");
  }

  interrupt(): void {
    this.#abort.abort(new Error("interrupted by SIGINT"));
  }

  async until(text: string): Promise<void> {
    for (let waited = 0; !this.out.includes(text); waited += 10) {
      if (waited > 20_000) throw new Error(`no ${text} in: ${this.out}${this.#err.join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

export const run = (args: readonly string[], surroundings: Surroundings = {}): Promise<Ran> =>
  new Running(args, surroundings).finished;

export function folder(): { path: string; write(name: string, text: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "cli-"));
  return {
    path,
    write: (name, text) => {
      writeFileSync(join(path, name), text);
      return join(path, name);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
