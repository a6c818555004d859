/** Whether a process of this machine still runs, told from a later one that was given the same number. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

export interface ProcessMark {
  readonly pid: number;
  /** When it started, in the system's own words; empty where that cannot be told. */
  readonly started: string;
}

/** No run takes this long: where a start cannot be told, an older mark is that of a process which has ended. */
const longestRunMs = 24 * 3_600_000;

let own: ProcessMark | undefined;

export const ownProcess = (): ProcessMark => (own ??= { pid: process.pid, started: startOf(process.pid) ?? "" });

/** @param at when the mark was made, in milliseconds since the epoch. */
export function isRunning({ pid, started }: ProcessMark, at: number): boolean {
  if (!exists(pid)) return false;
  const now = startOf(pid);
  return now === undefined || started === "" ? at > Date.now() - longestRunMs : now === started;
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It is there, and another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** `ended` for one that has ended and is still listed, since its parent has not asked for its end. */
function startOf(pid: number): string | undefined {
  try {
    return existsSync("/proc/self/stat") ? startOnLinux(pid) : startBySystem(pid);
  } catch {
    return undefined;
  }
}

function startOnLinux(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  // The name of the command stands in brackets, and may have spaces and brackets itself.
  const [state = "", ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // Ticks since the machine's start, which says which of its starts.
  const ticks = fields[18] ?? "";
  return "ZX".includes(state)
    ? "ended"
    : `${readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()} ${ticks}`;
}

function startBySystem(pid: number): string {
  return execFileSync("/bin/ps", ["-o", "lstart=", "-p", String(pid)], {
    encoding: "latin1",
    env: { LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}
