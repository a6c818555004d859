import { spawn } from "node:child_process";
import process from "node:process";

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();

/**
 * @typedef {object} ChildOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {import("node:child_process").StdioOptions} stdio
 * @property {AbortSignal} signal
 */

/**
 * Starts Node as a child that never outlives this process.
 * @param {string[]} args
 * @param {ChildOptions} options
 */
export function startNode(args, options) {
  return startChild(process.execPath, args, options);
}

/**
 * Starts a command, likewise.
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions} options
 */
export function startChild(command, args, { cwd, env, stdio, signal }) {
  const child = spawn(command, args, { cwd, env, stdio });
  children.add(child);
  const end = () => endChild(child);
  signal.addEventListener("abort", end, { once: true });
  child.once("close", () => {
    children.delete(child);
    signal.removeEventListener("abort", end);
  });
  return child;
}

/**
 * Resolves to how a child ended.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
export function ended(child) {
  return new Promise((settle, fail) => {
    child.once("error", fail);
    child.once("close", (code, signal) => settle({ code, signal }));
  });
}

/** Ends every child and resolves when none is left. */
export async function endChildren() {
  await Promise.all([...children].map(endChild));
}

/** @param {import("node:child_process").ChildProcess} child */
async function endChild(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((settle) => child.once("exit", settle));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 2_000);
  await gone;
  clearTimeout(timer);
}
