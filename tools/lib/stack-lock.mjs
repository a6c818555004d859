import { readFileSync, readdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import { isAlive } from "./processes.mjs";

/** @typedef {{ pid: number, hostname: string }} StackLock what the engine's file backend writes into a lock file */

/**
 * The locks that engines hold on a stack, or have left behind.
 * @param {string} state the file backend's directory
 * @param {string} project
 * @param {string} stack
 * @returns {StackLock[]}
 */
export function readStackLocks(state, project, stack) {
  const directory = join(state, ".pulumi", "locks", "organization", project, stack);
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(".json"))
      .map((name) => JSON.parse(readFileSync(join(directory, name), "utf8")));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return [];
    throw error;
  }
}

/**
 * Whether a stack is locked only by engines that no longer run. One on another machine cannot be asked and counts as
 * running: `pulumi cancel` removes all locks at once, so a single living one forbids it.
 * @param {StackLock[]} locks
 */
export function onlyDeadLocks(locks) {
  return locks.length > 0 && locks.every((lock) => lock.hostname === hostname() && !isAlive(lock.pid));
}
