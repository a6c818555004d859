/** The processes of a run: which one is the dynamic provider host, and when it is gone. Linux, as the tests of kills are. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { type Bench } from "./bench";

export interface Host {
  readonly pid: number;
  /** The port of the engine that started it. */
  readonly enginePort: number;
}

/**
 * The process of a running command in which the provider is asked: of several, as the engine also starts one to read its
 * schema, the one that has called.
 */
export function hostOf({ project, entry, gate }: Pick<Bench, "project" | "entry" | "gate">): Host {
  const hosts = project.processes().flatMap((pid) => {
    const command = commandLine(pid);
    const address = command.find((part) => /^[\d.]+:\d+$/.test(part)) ?? "";
    return entry.isHost(command) ? [{ pid, enginePort: Number(address.split(":").at(-1)) }] : [];
  });
  const calling =
    hosts.length > 1 ? hosts.filter(({ pid }) => isConnected(pid, Number(new URL(gate.url).port))) : hosts;
  const [host, ...others] = calling;
  if (!host || others.length > 0) throw new Error(`expected one process of the provider, and found ${calling.length}`);
  return host;
}

function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    // Ended meanwhile.
    return [];
  }
}

export function isAlive(pid: number): boolean {
  try {
    // A process that has ended and whose parent has not asked yet is a zombie.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** Ends a process at once; fine where it has ended by itself. */
export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

export const ended = (pid: number, patienceMs?: number) =>
  until(() => !isAlive(pid), `process ${pid} to end`, patienceMs);

/** Whether a connection of this process leads to a port: that of its engine is gone only after it has noticed its end. */
function isConnected(pid: number, port: number): boolean {
  const remote = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  try {
    const own = new Set(
      readdirSync(`/proc/${pid}/fd`).map((fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]),
    );
    return ["tcp", "tcp6"]
      .flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, "utf8").split("\n").slice(1))
      .map((line) => line.trim().split(/\s+/))
      .some(([, , address = "", , , , , , , inode]) => address.endsWith(remote) && own.has(inode));
  } catch {
    // It has ended, or one of its files was closed between two looks.
    return isAlive(pid);
  }
}

/**
 * Resolves when the host has seen that its engine is gone. It connects once more when its connection ends, which is
 * refused at once: between the two it has none either.
 */
export async function noticed({ pid, enginePort }: Host): Promise<void> {
  let looks = 0;
  const isApart = () => {
    looks = isConnected(pid, enginePort) ? 0 : looks + 1;
    return looks >= 10;
  };
  await until(isApart, `host ${pid} to notice its engine's end`);
}

/** Looks again and again until something holds, and fails clearly where it does not come to hold. */
export async function until(holds: () => boolean, what: string, patienceMs = 20_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited ${patienceMs / 1_000} seconds in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
