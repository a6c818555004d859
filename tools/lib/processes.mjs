import { spawn } from "node:child_process";
import process from "node:process";

/** @typedef {{ code: number, stdout: string, stderr: string }} Finished */

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** Ends what `capture` has started; for when this process is told to end itself. */
export function endChildren() {
  for (const child of running) child.kill("SIGTERM");
}

/**
 * Runs a command to its end and collects what it prints.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, started?: (pid: number) => void }} [options]
 *   `started` is told the command's process
 * @returns {Promise<Finished>} `code` is -1 when the command could not be started or did not end by itself
 */
export function capture(command, args, options = {}) {
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    if (child.pid !== undefined) options.started?.(child.pid);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    const timer =
      options.timeoutMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), options.timeoutMs);
    /** @param {number} code */
    const end = (code) => {
      clearTimeout(timer);
      running.delete(child);
      settle({ code, stdout, stderr });
    };
    child.on("error", (error) => {
      stderr += error.message;
      end(-1);
    });
    child.on("close", (code) => end(code ?? -1));
  });
}

/**
 * Runs a command with this process's own terminal.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function inherit(command, args, options = {}) {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: "inherit" });
    running.add(child);
    child.on("error", fail);
    child.on("close", (code) => {
      running.delete(child);
      settle(code ?? 1);
    });
  });
}

/**
 * Whether a process of this machine is alive. One of another user counts as alive (EPERM).
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
