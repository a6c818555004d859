// The life of a stack, measured: first apply, plans that change nothing, a change of 1 percent, destroy.
import { withAuthKit } from "./authkit.mjs";
import { line, median, power } from "./fit.mjs";
import { number, seconds, shown, table } from "./results.mjs";
import { withStack } from "./stack.mjs";

/** @typedef {import("./stack.mjs").Run} Run */
/** @typedef {"up" | "planned" | "preview" | "changed" | "destroyed"} Phase */
/**
 * @typedef {object} Case
 * @property {"resources" | "roster"} as
 * @property {number} size as the table says it: resources, or people in the roster
 * @property {number} members
 * @property {import("./authkit.mjs").Conditions} conditions
 * @property {number} [repeats] whole lives, of which the median is taken
 * @property {boolean} [withoutDestroy]
 */
/** @typedef {Case & Partial<Record<Phase, Run>> & { stateBytes: number }} Row */

/** @type {Record<Phase, string>} */
const phases = {
  up: "First apply",
  planned: "No-op plan with refresh",
  preview: "No-op plan without",
  changed: "1 % change",
  destroyed: "Destroy",
};

/**
 * @param {Case} given
 * @returns {Promise<Row>}
 */
export async function live(given) {
  const lives = [];
  for (let round = 0; round < (given.repeats ?? 1); round += 1) lives.push(await liveOnce(given));
  const row = { ...given, ...lives[0] };
  for (const phase of Object.keys(phases)) {
    const runs = lives.flatMap((one) => one[phase] ?? []);
    if (runs.length > 0) row[phase] = typical(runs);
  }
  console.log(`measured: ${row.as} ${number(row.size)}, ${shown(row.conditions).join(", ")}`);
  return row;
}

/** @param {Case} given */
function liveOnce({ as, members, conditions, withoutDestroy = false }) {
  const declared = { as, members };
  const changed = { ...declared, changed: Math.ceil(members / 100) };
  return withAuthKit(conditions, (authKit) =>
    withStack(authKit, async (stack) => {
      const up = await stack.run("up", declared);
      const stateBytes = stack.stateBytes();
      const planned = await several(() => stack.run("plan with refresh", declared));
      const preview = await several(() => stack.run("preview", declared));
      const change = await stack.run("up", changed);
      const destroyed = withoutDestroy ? undefined : await stack.run("destroy", changed);
      return { up, planned, preview, changed: change, destroyed, stateBytes };
    }),
  );
}

/**
 * Three times what changes nothing and is short.
 * @param {() => Promise<Run>} run
 */
async function several(run) {
  const runs = [await run()];
  while (runs.length < 3 && runs[0].seconds < 5) runs.push(await run());
  return typical(runs);
}

/** @param {readonly Run[]} runs */
function typical(runs) {
  const { counts } = runs[runs.length - 1];
  const refused = Math.max(...runs.map((run) => run.counts.refused));
  return { seconds: median(runs.map((run) => run.seconds)), counts: { ...counts, refused } };
}

/**
 * @param {string} what
 * @param {readonly Row[]} rows
 */
export function lifeTable(what, rows) {
  return table(
    [what, "Latency", "Limits", ...Object.values(phases), "State"],
    rows.map((row) => [
      number(row.size),
      ...shown(row.conditions),
      ...Object.keys(phases).map((phase) => cell(row[phase])),
      `${number(row.stateBytes)} bytes`,
    ]),
  );
}

/** @param {Run | undefined} run */
export function cell(run) {
  if (!run) return "–";
  const { reads, writes, refused } = run.counts;
  const calls = reads + writes === 0 ? "no call" : `${number(reads)} reads, ${number(writes)} writes`;
  return `${calls}${refused > 0 ? `, ${number(refused)} of them 429` : ""}; ${seconds(run.seconds)}`;
}

/**
 * How calls and time grow with the size, under one condition.
 * @param {readonly Row[]} rows of different sizes
 */
export function growthTable(rows) {
  return table(
    ["Growth with the size", "Calls", "R²", "Time as a power of the size", "R²"],
    Object.entries(phases).flatMap(([phase, name]) => {
      const measured = rows.filter((row) => row[phase]);
      if (measured.length < 3) return [];
      const calls = line(
        measured.map((row) => ({ x: row.size, y: row[phase].counts.reads + row[phase].counts.writes })),
      );
      const time = power(measured.map((row) => ({ x: row.size, y: row[phase].seconds })));
      const slope = calls.slope === 0 ? "" : ` + ${calls.slope.toPrecision(3)} × size`;
      const callsText = `${calls.intercept.toFixed(1)}${slope}`;
      return [[name, callsText, calls.r2.toFixed(4), time.exponent.toFixed(2), time.r2.toFixed(3)]];
    }),
  );
}
