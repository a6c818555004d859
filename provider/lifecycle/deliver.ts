/** Hands a secret over to where it is kept, so that it need not be in the state. */
import { readlink, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve as resolvePath } from "node:path";
import { REDACTED, redactor } from "../../api/http/redact";
import { startProgram } from "../programs";

/** Where to: a file, or the standard input of a command. */
export interface Delivery {
  readonly file?: string;
  readonly command?: readonly string[];
}

/** How much of a failing command's own words is repeated. */
const maxShown = 500;
/** How much of them is kept, to be masked as a whole before it is cut. */
const maxKept = 64 * 1024;
/** How long a command may take. */
const commandMs = 60_000;
/** How long the last words of a command that has ended may take: a child of its own may hold the pipe for ever. */
const lastWordsMs = 200;

interface Manner {
  /** What a message calls what has the value. */
  readonly noun?: string;
  /** How long a command may take. */
  readonly limitMs?: number;
}

/** Resolves once the value has been taken. An error never contains the value. */
export async function deliverValue(
  { file, command }: Delivery,
  value: string,
  { noun = "secret", limitMs = commandMs }: Manner = {},
): Promise<void> {
  if (file !== undefined) {
    await writeSecretFile(file, value, noun);
  } else if (command !== undefined) {
    await runWithInput(command, value, { noun, limitMs });
  }
}

/**
 * Whole or not at all, and never readable by others, not even while it is written. Windows knows no such mode: there a
 * file may be read by whoever may read its folder.
 */
async function writeSecretFile(file: string, value: string, noun: string): Promise<void> {
  const target = await destination(file);
  const draft = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(draft, value, { mode: 0o600, flag: "wx" });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw new Error(
      `The ${noun} was made, but could not be written to ${file}: ${(error as Error).message}. It is kept in the state, encrypted; make the file writable and run again.`,
      { cause: error },
    );
  }
}

/** Where a link leads: it is to stay one. */
async function destination(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    // Nothing there yet; of a link to nothing, what it names.
    return readlink(file).then(
      (named) => resolvePath(dirname(file), named),
      () => file,
    );
  }
}

function runWithInput(
  [program = "", ...words]: readonly string[],
  value: string,
  { noun, limitMs }: Required<Manner>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = startProgram(program, words, { stdio: ["pipe", "ignore", "pipe"] });
    const { stdin, stderr } = child;
    const kept: Buffer[] = [];
    let size = 0;
    stderr?.on("data", (chunk: Buffer) => {
      if (size < maxKept) kept.push(chunk);
      size += chunk.length;
    });
    const fail = (reason: string) => {
      reject(
        new Error(
          `The ${noun} was made, but the command ${program} did not take it: ${masked(reason, value)}. It is kept in the state, encrypted; correct the command and run again.`,
        ),
      );
    };
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, limitMs);
    child.on("error", (error) => {
      clearTimeout(timer);
      fail(error.message);
    });
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) {
        stderr?.destroy();
        resolve();
        return;
      }
      const ended = late
        ? `it took longer than ${limitMs / 1_000} seconds and was ended`
        : `it ended with ${code === null ? String(signal) : `exit code ${code}`}`;
      const say = () => {
        clearTimeout(last);
        stderr?.destroy();
        const said = Buffer.concat(kept).toString("utf8").trim();
        fail(said === "" ? ended : `${ended}: ${said}`);
      };
      const last = setTimeout(say, lastWordsMs);
      stderr?.once("end", say);
    });
    // A command that ends without reading closes the pipe; its exit code tells whether that was meant.
    stdin?.on("error", () => undefined);
    stdin?.end(value);
  });
}

/** Masks the value as a whole, then cuts, then masks what the cut has left of one. */
export function masked(text: string, value: string): string {
  const whole = redactor([value])(text);
  const cut = whole.slice(0, maxShown);
  if (cut.length === whole.length) return cut;
  const shortest = 4;
  for (let length = Math.min(value.length - 1, cut.length); length >= shortest; length--) {
    if (cut.endsWith(value.slice(0, length))) return `${cut.slice(0, -length)}${REDACTED}…`;
  }
  return `${cut}…`;
}
