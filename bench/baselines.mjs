// Ours against one request per object and against the physical floor, in one run.
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

import { allConditions, withAuthKit } from "./lib/authkit.mjs";
import { requests, withBareClient } from "./lib/bare.mjs";
import { cell } from "./lib/cycle.mjs";
import { median } from "./lib/fit.mjs";
import { createAtTheFloor } from "./lib/floor.mjs";
import { runHost, usualParallel } from "./lib/host.mjs";
import { createPerObject, readPerObject } from "./lib/per-object.mjs";
import { isFull, isQuick, number, report, shown, table } from "./lib/results.mjs";
import { withStack } from "./lib/stack.mjs";

const { people } = createRequire(import.meta.url)("./program/people.js");

/** @typedef {import("./lib/authkit.mjs").AuthKit} AuthKit */
/** @typedef {import("./lib/authkit.mjs").Conditions} Conditions */
/** @typedef {import("./lib/stack.mjs").Run} Run */
/** @typedef {{ apply?: Run, refresh?: Run }} Pair */

const members = isQuick ? 20 : 1_000;
/** For `--parallel`: more than the engine does by itself on a small machine. */
const wide = 64;
const emails = people(members, 0).map(({ email }) => email);
const [atOnce, , slow, real] = allConditions;

/** The vendor's windows are empty again, so that no run pays for the one before it; a refresh by pages needs no room. */
const rest = ({ limited }) => sleep(limited ? 10_500 : 0);

/**
 * @template T
 * @param {AuthKit} authKit
 * @param {() => Promise<T>} work
 * @returns {Promise<{ run: Run, value: T }>}
 */
async function timed(authKit, work) {
  await authKit.takeCounts();
  const started = performance.now();
  const value = await work();
  const seconds = (performance.now() - started) / 1_000;
  return { run: { seconds, counts: await authKit.takeCounts() }, value };
}

/** @param {AuthKit} authKit */
async function foundBare(authKit) {
  return withBareClient(authKit, 1, async (send) => (await send(requests.createOrganization())).body.id);
}

/**
 * @param {Conditions} conditions
 * @param {number} [width]
 */
function floor(conditions, width) {
  return withAuthKit(conditions, async (authKit) => {
    const organization = await foundBare(authKit);
    await rest(conditions);
    const create = () => createAtTheFloor(authKit, organization, emails, conditions.limited, width);
    return { apply: (await timed(authKit, create)).run };
  });
}

/** @type {Record<string, (conditions: Conditions) => Promise<Pair>>} */
const contenders = {
  "The floor": (conditions) => floor(conditions),
  [`The floor, ${usualParallel} at a time`]: (conditions) => floor(conditions, usualParallel),

  "One request per object": (conditions) =>
    withAuthKit(conditions, async (authKit) => {
      const organization = await foundBare(authKit);
      await rest(conditions);
      const created = await timed(authKit, () => createPerObject(authKit, organization, emails));
      await rest(conditions);
      const read = await timed(authKit, () => readPerObject(authKit, created.value.result));
      const { reads, refused } = read.run.counts;
      const answered = reads - refused;
      if (created.value.failed + read.value.failed > 0 || answered !== 2 * members + 2) {
        throw new Error(`the baseline made ${answered} reads instead of the peer's, so that no ratio to it counts`);
      }
      return { apply: created.run, refresh: read.run };
    }),

  [`Individual resources, the provider alone, ${usualParallel} at a time`]: (conditions) =>
    byHost("resources", conditions),
  [`Individual resources, the provider alone, ${wide} at a time`]: (conditions) =>
    byHost("resources", conditions, wide),
  "Roster, the provider alone": (conditions) => byHost("roster", conditions),

  "Individual resources on the engine": (conditions) =>
    withAuthKit(conditions, (authKit) =>
      withStack(authKit, async (stack) => {
        const declared = { as: /** @type {const} */ ("resources"), members };
        // Only there to be refreshed: with its checkpoints the apply would take minutes.
        await stack.run("up", declared, { PULUMI_SKIP_CHECKPOINTS: "true" });
        return { refresh: await medianOf(3, () => stack.run("plan with refresh", declared)) };
      }),
    ),

  "The engine alone, with an empty roster": (conditions) =>
    withAuthKit(conditions, (authKit) =>
      withStack(authKit, async (stack) => {
        const nobody = { as: /** @type {const} */ ("roster"), members: 0 };
        await stack.run("up", nobody);
        return { refresh: await medianOf(3, () => stack.run("preview", nobody)) };
      }),
    ),

  "Roster on the engine": (conditions) =>
    withAuthKit(conditions, (authKit) =>
      withStack(authKit, async (stack) => {
        const declared = { as: /** @type {const} */ ("roster"), members };
        await stack.run("up", { ...declared, members: 0 });
        await rest(conditions);
        const apply = await stack.run("up", declared);
        return { apply, refresh: await medianOf(3, () => stack.run("plan with refresh", declared)) };
      }),
    ),
};

/**
 * @param {"resources" | "roster"} as
 * @param {Conditions} conditions
 * @param {number} [parallel]
 */
function byHost(as, conditions, parallel) {
  return withAuthKit(conditions, async (authKit) => {
    const declared = { as, members };
    const { recorded: founded } = await runHost(authKit, "found", declared);
    await rest(conditions);
    const { recorded, ...apply } = await runHost(authKit, "up", declared, { recorded: founded, parallel });
    const refresh = () => runHost(authKit, "refresh", declared, { recorded, parallel });
    return { apply, refresh: await medianOf(3, refresh) };
  });
}

/**
 * @param {number} times
 * @param {() => Promise<Run>} run
 * @returns {Promise<Run>}
 */
async function medianOf(times, run) {
  const runs = [];
  while (runs.length < times) runs.push(await run());
  return { ...runs[0], seconds: median(runs.map(({ seconds }) => seconds)) };
}

/** @param {Conditions} conditions */
async function compare(conditions) {
  /** @type {Record<string, Pair>} */
  const measured = {};
  for (const [name, contend] of Object.entries(contenders)) {
    measured[name] = await contend(conditions);
    console.log(`measured: ${name}, ${shown(conditions).join(", ")}`);
  }
  const floor = measured["The floor"].apply.seconds;
  const perObject = measured["One request per object"].refresh.seconds;
  return Object.entries(measured).map(([name, { apply, refresh }]) => [
    name,
    ...shown(conditions),
    cell(apply),
    apply ? (apply.seconds / floor).toFixed(2) : "–",
    cell(refresh),
    refresh ? (perObject / refresh.seconds).toFixed(1) : "–",
  ]);
}

const rows = [];
for (const conditions of isQuick ? [atOnce] : isFull ? allConditions : [slow, real]) {
  rows.push(...(await compare(conditions)));
}

await report(
  "Against one request per object, and against the floor",
  `${number(members)} new members of an organization that is there, then a refresh that finds nothing changed. “One request per object” is what the peer does: ten at a time, three more attempts after a 429, no pacing; without an engine, which it has. The floor is the same writes by bare undici, each as soon as the vendor's window has a place, 64 under way. The engine has ${usualParallel} operations under way on this machine, four for each core, unless \`--parallel\` says otherwise; the floor with as many is what bare undici can do then. What the engine itself needs to start and to end is in the row of the empty roster, which makes no call.

${table(
  ["What", "Latency", "Limits", "Apply", "Times the floor", "Refresh", "Times faster than one request per object"],
  rows,
)}`,
);
