// Dynamic resources and the native plugin side by side on the real engine: one organization, and each member as a user and
// a membership. The two take turns at every size, so that both meet the same machine.
import { withAuthKit } from "./lib/authkit.mjs";
import { isQuick, number, report, seconds, table } from "./lib/results.mjs";
import { withStack } from "./lib/stack.mjs";

/** @typedef {import("./lib/stack.mjs").Run} Run */

const given = process.argv.find((argument) => argument.startsWith("--sizes="));
/** In resources. */
const sizes = given ? given.slice("--sizes=".length).split(",").map(Number) : isQuick ? [5, 41] : [5, 100, 300, 1_000];
const entries = /** @type {const} */ (["dynamic", "native"]);
const conditions = { latencyMs: 60, limited: true };

/**
 * @param {number} size
 * @param {"dynamic" | "native"} entry
 */
function measure(size, entry) {
  const declared = { as: /** @type {const} */ ("resources"), members: Math.floor((size - 1) / 2), entry };
  return withAuthKit(conditions, (authKit) =>
    withStack(authKit, async (stack) => {
      const up = await stack.run("up", declared);
      const stateBytes = stack.stateBytes();
      const preview = await stack.run("preview", declared);
      const refreshed = await stack.run("plan with refresh", declared);
      console.log(`measured: ${number(size)} resources, ${entry}`);
      return { size, entry, members: declared.members, stateBytes, up, preview, refreshed };
    }),
  );
}

const rows = [];
for (const size of sizes) for (const entry of entries) rows.push(await measure(size, entry));

/** @param {Run} run */
function cells({ seconds: wall, processor, counts }) {
  const parts = processor && [processor.engine, processor.program, processor.provider];
  return [seconds(wall), parts ? parts.map((part) => part.toFixed(2)).join(" / ") : "–", number(counts.reads)];
}

const slopes = entries.map((entry) => {
  const [first, last] = [rows.find((row) => row.entry === entry), rows.findLast((row) => row.entry === entry)];
  return first && last && last.members > first.members
    ? `${number((last.stateBytes - first.stateBytes) / (last.members - first.members))} bytes as ${entry === "native" ? "native" : "dynamic"} resources`
    : undefined;
});

await report(
  "Dynamic resources and the native plugin",
  `One organization and its members, each a \`User\` and an \`OrganizationMembership\`, at 60 ms with the vendor's limits, the state in a file. Processor time in seconds: engine / program with its language host / provider.

${table(
  [
    "Resources",
    "Entry",
    ...["First apply", "No-op plan", "No-op plan with refresh"].flatMap((name) => [name, "Processor", "Reads"]),
    "State",
  ],
  rows.map((row) => [
    number(row.size),
    row.entry,
    ...[row.up, row.preview, row.refreshed].flatMap(cells),
    `${number(row.stateBytes)} bytes`,
  ]),
)}

State of a member, a user and a membership together: ${slopes.filter(Boolean).join(", ") || "too few sizes to tell"}.`,
);
