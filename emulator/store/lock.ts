import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const heldHere = new Set<string>();

/** Makes this process the only one that uses `file`; answers how to give it up again. */
export function lockFile(file: string): () => void {
  const lock = `${file}.lock`;
  const own = `${lock}.${process.pid}`;
  if (heldHere.has(lock)) throw inUse(file, process.pid);
  mkdirSync(dirname(file), { recursive: true });
  // Written elsewhere and linked, so that a lock never exists without its content.
  writeFileSync(own, String(process.pid));
  try {
    while (!linked(own, lock)) removeStale(lock, file);
  } finally {
    rmSync(own, { force: true });
  }
  heldHere.add(lock);
  return () => {
    heldHere.delete(lock);
    // Whoever took it away may have let another process in, whose lock is not ours to remove.
    if (readHolder(lock) === process.pid) rmSync(lock, { force: true });
  };
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

function removeStale(lock: string, file: string): void {
  const holder = readHolder(lock);
  if (holder === undefined) return;
  if (isAlive(holder)) throw inUse(file, holder);
  // Moved aside rather than removed: if another process took over meanwhile, its lock is recognised and put back.
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved !== undefined && isAlive(moved)) linked(aside, lock);
  rmSync(aside, { force: true });
}

function readHolder(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** A lock with this process's own id is of an earlier process: `heldHere` knows our own. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function inUse(file: string, pid: number): Error {
  return new Error(`${file} is in use by process ${pid}; if that is no emulator, remove ${file}.lock`);
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
