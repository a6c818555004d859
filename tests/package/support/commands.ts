import spawn from "cross-spawn";

export type Finished = { code: number | null; stdout: string; stderr: string; combined: string };

export type RunOptions = { cwd: string; env?: NodeJS.ProcessEnv; timeoutMs?: number };

/** Runs a command to its end, without a terminal. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: options.timeoutMs ?? 180_000,
      killSignal: "SIGKILL",
    });
    const finished: Finished = { code: null, stdout: "", stderr: "", combined: "" };
    const collect = (name: "stdout" | "stderr") => (text: string) => {
      finished[name] += text;
      finished.combined += text;
    };
    child.stdout?.setEncoding("utf8").on("data", collect("stdout"));
    child.stderr?.setEncoding("utf8").on("data", collect("stderr"));
    child.on("error", fail);
    child.on("close", (code) => settle({ ...finished, code }));
  });
}

/** Runs a command that the test stands on, and fails with what it printed. */
export async function expectSuccess(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  const finished = await run(command, args, options);
  if (finished.code !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${finished.code}:\n${finished.combined}`);
  }
  return finished;
}
