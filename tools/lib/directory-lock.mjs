import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";

import { isAlive } from "./processes.mjs";

/** @typedef {{ pid: number, hostname: string }} Holder */

/**
 * Runs `work` while no other process of this machine does so under the same lock file. A lock whose process has died
 * is taken over, so an interrupted run never blocks the next.
 * @template T
 * @param {string} path
 * @param {(holder: Holder) => void} onBusy called once when somebody else holds the lock; what it throws ends the wait
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, onBusy, work) {
  mkdirSync(dirname(path), { recursive: true });
  let said = false;
  while (!take(path)) {
    const holder = readHolder(path);
    if (!holder) continue;
    if (isAbandoned(holder)) {
      remove(path, holder);
      continue;
    }
    if (!said) onBusy(holder);
    said = true;
    await wait(300);
  }
  const release = () => rmSync(path, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

/** @param {string} path */
function take(path) {
  // Linked into place, so that the file is never seen without its content.
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, hostname: hostname() }));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * @param {string} path
 * @returns {Holder | undefined}
 */
function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    throw new Error(`${path} is no lock file of ours; remove it.`, { cause: error });
  }
}

/**
 * A holder on another machine (a shared home directory) cannot be asked, so it is waited for.
 * @param {Holder} holder
 */
function isAbandoned(holder) {
  return holder.hostname === hostname() && !isAlive(holder.pid);
}

/**
 * Removes the lock of a dead holder, but not that of a process which has just taken it over before us.
 * @param {string} path
 * @param {Holder} dead
 */
function remove(path, dead) {
  const aside = `${path}.${process.pid}.aside`;
  try {
    renameSync(path, aside);
    if (readHolder(aside)?.pid !== dead.pid) linkSync(aside, path);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
