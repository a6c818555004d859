/**
 * Programs of the machine's, started by name. On Windows many are scripts (`pulumi.cmd`, `vercel.cmd`), which Node neither
 * finds nor starts by itself, and whose arguments have to be quoted for the shell that runs them.
 */
import type { ChildProcess, SpawnOptions } from "node:child_process";

/** As `spawn` of Node, without its types for each kind of pipe. */
export function startProgram(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- most runs start no program
  const spawn = require("cross-spawn") as typeof import("cross-spawn");
  return spawn(program, args, options);
}

export interface Asked {
  readonly env: NodeJS.ProcessEnv;
  readonly directory?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs: number;
}

export interface Answered {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end.
 * @returns what it wrote, and its exit code: null where it was ended by a signal or by the time limit.
 * @throws where it cannot be started, as where there is none of this name, or `signal` is aborted.
 */
export function askProgram(
  program: string,
  args: readonly string[],
  { env, directory, signal, timeoutMs }: Asked,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const child = startProgram(program, args, { cwd: directory, env, signal, stdio: ["ignore", "pipe", "pipe"] });
    // Node's own limit of time goes on, and holds this process, where the program could not be started.
    const timer = setTimeout(() => child.kill(), timeoutMs);
    const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
      const parts: Buffer[] = [];
      stream?.on("data", (part: Buffer) => parts.push(part));
      return () => Buffer.concat(parts).toString("utf8");
    });
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, stdout: stdout?.() ?? "", stderr: stderr?.() ?? "" });
    });
  });
}
