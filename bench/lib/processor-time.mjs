import { readdirSync, readFileSync } from "node:fs";

/**
 * @typedef {"engine" | "program" | "provider"} Part `program`: with the language host that runs it
 * @typedef {Record<Part, number>} ProcessorTime in seconds
 */

/** Linux counts in hundredths of a second, whatever its clock is. */
const ticks = 100;
const everyMs = 25;

/**
 * Adds up the processor time of an engine and of what it starts, part by part. Only on Linux, which says it of others.
 * @param {number} pid the engine's
 * @returns {() => ProcessorTime | undefined} ends it; nothing where the system does not tell
 */
export function watchProcesses(pid) {
  /** @type {Map<number, { part: Part, seconds: number }>} by process, as it was last seen */
  const seen = new Map();
  const look = () => {
    for (const found of descendants(pid)) {
      const seconds = secondsOf(found);
      const part = seen.get(found)?.part ?? partOf(found, pid);
      if (seconds !== undefined && part !== undefined) seen.set(found, { part, seconds });
    }
  };
  const timer = setInterval(look, everyMs);
  return () => {
    clearInterval(timer);
    if (seen.size === 0) return undefined;
    const time = { engine: 0, program: 0, provider: 0 };
    for (const { part, seconds } of seen.values()) time[part] += seconds;
    return time;
  };
}

/**
 * @param {number} pid
 * @returns {number[]} with itself
 */
function descendants(pid) {
  // Any thread of the engine's may have started them.
  const children = threadsOf(pid).flatMap((thread) =>
    (textOf(`/proc/${pid}/task/${thread}/children`) ?? "").split(" ").filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap((child) => descendants(child))];
}

/** @param {number} pid */
function threadsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** @param {number} pid */
function secondsOf(pid) {
  // What stands in brackets is the name, which may have spaces; user and system time are the 12th and 13th after it.
  const fields = textOf(`/proc/${pid}/stat`)?.split(") ").at(-1)?.split(" ");
  return fields && (Number(fields[11]) + Number(fields[12])) / ticks;
}

/**
 * @param {number} pid
 * @param {number} engine
 * @returns {Part | undefined} nothing for what has only been forked yet
 */
function partOf(pid, engine) {
  if (pid === engine) return "engine";
  const command = textOf(`/proc/${pid}/cmdline`)?.replaceAll("\0", " ") ?? "";
  if (/dynamic-provider|resource-workos|dist\/plugin/.test(command)) return "provider";
  if (/language-nodejs|cmd\/run/.test(command)) return "program";
  return undefined;
}

/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
