/**
 * Lines that a reviewer must see: who gains, loses or keeps access, and why. Whatever the provider's process prints
 * becomes part of the run's diagnostics, which the engine shows at its end; so they are few.
 */
export interface Messages {
  say(line: string): void;
  /** Whether another line would still be shown: what only serves a line need not be looked up otherwise. */
  readonly room: boolean;
  /** Resolves when what was said has had the time to be shown; a process that ends right after its last call loses it. */
  settled(): Promise<void>;
}

/** How many lines a run shows at most. */
const maxLines = 20;

export const silent: Messages = { say: () => undefined, room: false, settled: () => Promise.resolve() };

/**
 * Shows the first lines and says that there are more.
 * @param print resolves when the line is out.
 */
export function fewLines(print: (line: string) => Promise<void>): Messages {
  let shown = 0;
  let last = Promise.resolve();
  return {
    settled: () => last,
    get room() {
      return shown < maxLines - 1;
    },
    say(line) {
      shown++;
      if (shown < maxLines) {
        last = print(line);
      } else if (shown === maxLines) {
        last = print("Further changes of access are not listed here; the plan above names all of them.");
      }
    },
  };
}
