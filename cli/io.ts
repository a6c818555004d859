import type { Clock } from "../api/clock";

/** What a command uses of the process around it; tests bring their own. */
export interface Io {
  /** Writes a line, or several; the last line break is added. */
  out(text: string): void;
  err(text: string): void;
  /** Writes to a terminal as it is; nothing where standard error is none. */
  readonly terminal?: (text: string) => void;
  /** How wide the terminal is, in characters. Default: 80. */
  readonly columns?: number;
  /** By which progress is told. Default: the machine's. */
  readonly clock?: Clock;
  /** Everything on standard input. */
  input(): Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where paths start. */
  readonly directory: string;
  /** Aborted by Ctrl-C or a request to end. */
  readonly interrupted: AbortSignal;
}

export function processIo(): Io {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // The first one asks for an orderly end, a second one is obeyed at once.
    process.once(signal, () => interrupted.abort(new Error(`interrupted by ${signal}`)));
  }
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    terminal: process.stderr.isTTY ? (text) => void process.stderr.write(text) : undefined,
    columns: process.stderr.columns,
    async input() {
      const parts: string[] = [];
      process.stdin.setEncoding("utf8");
      for await (const part of process.stdin) parts.push(String(part));
      return parts.join("");
    },
    env: process.env,
    directory: process.cwd(),
    interrupted: interrupted.signal,
  };
}
