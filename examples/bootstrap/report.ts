import { CommandError } from "@pulumi/pulumi/automation";

import { UsageError } from "./options";

/** Standard output is for results alone. */
export const say = (line: string) => console.error(line);

/** What was said while the run failed. */
export class Reported extends Error {}

/** What to tell of a run that failed; undefined where that has been said, or is no failure. */
export function explain(error: unknown): string | undefined {
  if (error instanceof Reported || (error as Error).name === "AbortError") return undefined;
  if (error instanceof UsageError) return `${error.message}\n\nnpm run bootstrap -- --help says more.`;
  const { message } = error as Error;
  if (!(error instanceof CommandError)) return message;
  if (message.includes("PULUMI_ACCESS_TOKEN must be set")) {
    return "Say where the state is to be kept: `pulumi login`, or PULUMI_BACKEND_URL.";
  }
  if (message.includes("ENOENT")) {
    return "The Pulumi CLI was not found. Install it: https://www.pulumi.com/docs/install/";
  }
  // All that the engine printed is in the message; what matters is its own error.
  return /^\s*(?:stderr: )?error: ([^]*?)\s*$/m.exec(message)?.[1] ?? message;
}
