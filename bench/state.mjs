// What is stored, and what storing it costs: the engine writes the whole state at every step.
import { withAuthKit } from "./lib/authkit.mjs";
import { line, power } from "./lib/fit.mjs";
import { isFull, isQuick, number, report, seconds, table } from "./lib/results.mjs";
import { withStack } from "./lib/stack.mjs";

/** @typedef {import("./lib/stack.mjs").StateParts} StateParts */

/** Ten thousand are measured with the lives of rosters; to make them takes the budget of five minutes. */
const rosters = isQuick ? [10, 20, 50] : isFull ? [10, 100, 1_000, 10_000] : [10, 100, 1_000];
const individuals = isQuick ? [10, 20, 50] : [10, 50, 150, 500];

/**
 * @param {"resources" | "roster"} as
 * @param {number} members
 */
function measure(as, members) {
  const declared = { as, members };
  return withAuthKit({ latencyMs: 0, limited: false }, async (authKit) => {
    const once = await withStack(authKit, async (stack) => {
      const { seconds } = await stack.run("up", declared, { PULUMI_SKIP_CHECKPOINTS: "true" });
      return { members, bytes: stack.stateBytes(), parts: stack.stateParts(), seconds };
    });
    console.log(`measured: ${as}, ${number(members)} members`);
    return once;
  });
}

/** @param {number} members */
async function withCheckpoints(members) {
  return withAuthKit({ latencyMs: 0, limited: false }, (authKit) =>
    withStack(authKit, async (stack) => (await stack.run("up", { as: "resources", members })).seconds),
  );
}

const ofRosters = [];
for (const members of rosters) ofRosters.push(await measure("roster", members));
const ofIndividuals = [];
for (const members of individuals) {
  ofIndividuals.push({ ...(await measure("resources", members)), checked: await withCheckpoints(members) });
}

const bytes = (rows) => line(rows.map(({ members, bytes: y }) => ({ x: members, y })));
const perPerson = bytes(ofRosters);
const perMember = bytes(ofIndividuals);
// The engine's start is in both, and where it is most of both their difference is noise.
const added = ofIndividuals
  .map(({ members, seconds: without, checked }) => ({ x: 2 * members + 1, y: checked - without }))
  .filter(({ x, y }) => x > 100 && y > 0);
const growth =
  added.length > 1
    ? `as the ${power(added).exponent.toFixed(2)}th power of the number of resources, from 100 on`
    : "too little to be told here";

await report(
  "State and checkpoints",
  `Bytes of the state file, by least squares: **${number(perPerson.slope)} bytes for a person in a roster** (R² ${perPerson.r2.toFixed(4)}), **${number(perMember.slope)} bytes for a member as a user and a membership** (R² ${perMember.r2.toFixed(4)}).

${table(
  ["Members", "As a roster", "Apply", "As individual resources", "Apply without checkpoints", "Apply with checkpoints"],
  [...new Set([...rosters, ...individuals])]
    .sort((a, b) => a - b)
    .map((members) => {
      const roster = ofRosters.find((row) => row.members === members);
      const individual = ofIndividuals.find((row) => row.members === members);
      return [
        number(members),
        ...(roster ? [`${number(roster.bytes)} bytes`, seconds(roster.seconds)] : ["–", "–"]),
        ...(individual
          ? [`${number(individual.bytes)} bytes`, seconds(individual.seconds), seconds(individual.checked)]
          : ["–", "–", "–"]),
      ];
    }),
)}

What checkpoints add to the time of an apply grows ${growth}. Without them is with \`PULUMI_SKIP_CHECKPOINTS\`, which no real stack should have.

What the state of one resource is made of, in bytes of the file:

${table(
  ["Resource", "All", "Inputs", "Outputs", "Stack trace", "Dependencies", "The engine's rest"],
  [...(ofIndividuals[0]?.parts ?? []), ...(ofRosters[0]?.parts.slice(-1) ?? [])].map(
    ({ kind, all, inputs, outputs, stackTrace, dependencies }) => [
      `\`${kind}\``,
      ...[all, inputs, outputs, stackTrace, dependencies].map(number),
      number(all - inputs - outputs - stackTrace - dependencies),
    ],
  ),
)}

The last row is a roster of ${number(ofRosters[0]?.members ?? 0)}. Stack traces and dependencies are the engine's own record, of every resource of every provider.`,
);
