/** Collects what became of every scenario, for the table at the end of a full run. */
import { appendFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Result } from "./lives";

export const isFull = process.env.MATRIX === "full";

const directory = resolve(__dirname, "../../../.local");
export const resultsFile = join(directory, "matrix.jsonl");

/** Notes a result for the table of a full run. */
export function note(result: Result): void {
  if (isFull) {
    mkdirSync(directory, { recursive: true });
    appendFileSync(resultsFile, `${JSON.stringify(result)}\n`);
  }
}

/** The results that are not as they must be, as text for an assertion. */
export function failuresIn(results: readonly Result[]): string[] {
  return results.flatMap(({ step, call, fault, adopt, failure }) =>
    failure === undefined ? [] : [`${step}, call ${call}, ${fault}, adopt ${adopt}: ${failure}`],
  );
}
