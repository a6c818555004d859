import process from "node:process";

import { handleInterruptions, interruptionCode } from "./interruption.mjs";
import { SetUpError } from "./set-up-error.mjs";

/**
 * Runs a command of this repository and ends with its exit code.
 * @param {(args: string[]) => Promise<number>} command
 */
export async function main(command) {
  handleInterruptions();
  try {
    const code = await command(process.argv.slice(2));
    process.exitCode = interruptionCode() ?? code;
  } catch (error) {
    console.error(error instanceof SetUpError ? `\n${error.message}` : error);
    process.exitCode = interruptionCode() ?? 1;
  }
}
