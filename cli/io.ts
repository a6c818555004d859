/** What a command uses of the process around it. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  /** Aborted by Ctrl-C or a request to end. */
  readonly interrupted: AbortSignal;
}

/** The command line is wrong: exit code 2. */
export class UsageError extends Error {}

export function wholeNumber(name: string, value: string | undefined, least = 0): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(`--${name} must be a whole number from ${least} up, not ${value}`);
}
