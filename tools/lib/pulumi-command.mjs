import { spawn } from "node:child_process";
import process from "node:process";

import { interruptible } from "./interruption.mjs";
import { root } from "./paths.mjs";
import { capture } from "./processes.mjs";

/** @typedef {{ engine: import("./engine.mjs").Engine, env: NodeJS.ProcessEnv }} EngineRun */

/**
 * Runs a Pulumi command with this process's terminal.
 * @param {EngineRun} run
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
export function runPulumi({ engine, env }, args) {
  // In a process group of its own, so that a Ctrl-C reaches it once, through us: the engine takes the first one as
  // "finish what is under way" and a second as "stop at once". Windows has no signals: there a Ctrl-C reaches everything in
  // the console by itself, a group of its own would be another console, and what is killed has no time to finish.
  const inGroup = process.platform !== "win32";
  const child = spawn(engine.binary, args, { cwd: root, env, stdio: "inherit", detached: inGroup });
  return interruptible(
    () => {
      if (inGroup) child.kill("SIGINT");
    },
    () =>
      new Promise((settle, fail) => {
        child.on("error", fail);
        child.on("close", (code) => settle(code ?? 1));
      }),
  );
}

/**
 * Runs a Pulumi command for what it prints.
 * @param {EngineRun} run
 * @param {string[]} args
 */
export function askPulumi({ engine, env }, args) {
  return capture(engine.binary, [...args, "--non-interactive"], { cwd: root, env });
}
