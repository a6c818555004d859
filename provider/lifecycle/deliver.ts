/** Hands a secret over to where it is kept, so that it need not be in the state. */
import { spawn } from "node:child_process";
import { rename, rm, writeFile } from "node:fs/promises";

/** Where to: a file, or the standard input of a command. */
export interface Delivery {
  readonly file?: string;
  readonly command?: readonly string[];
}

/** How much of a failing command's own words is repeated. */
const maxShown = 500;

/** Resolves once the value has been taken. An error never contains the value. */
export async function deliverValue({ file, command }: Delivery, value: string): Promise<void> {
  if (file !== undefined) {
    await writeSecretFile(file, value);
  } else if (command !== undefined) {
    await runWithInput(command, value);
  }
}

/** Whole or not at all, and never readable by others, not even while it is written. */
async function writeSecretFile(file: string, value: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(draft, value, { mode: 0o600, flag: "wx" });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw new Error(
      `The API key was made, but could not be written to ${file}: ${(error as Error).message}. It is kept in the state, encrypted; make the file writable and run again.`,
      { cause: error },
    );
  }
}

function runWithInput([program = "", ...words]: readonly string[], value: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      reject(
        new Error(
          `The API key was made, but the command ${program} did not take it: ${reason.split(value).join("[secret]")}. It is kept in the state, encrypted; correct the command and run again.`,
        ),
      );
    };
    const child = spawn(program, words, { stdio: ["pipe", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(0, maxShown);
    });
    child.on("error", (error) => {
      fail(error.message);
    });
    child.on("close", (code, signal) => {
      if (code === 0) {
        resolve();
      } else {
        fail(`it ended with ${code === null ? String(signal) : `exit code ${code}`}${said ? `: ${said.trim()}` : ""}`);
      }
    });
    // A command that ends without reading closes the pipe; its exit code tells whether that was meant.
    child.stdin.on("error", () => undefined);
    child.stdin.end(value);
  });
}
