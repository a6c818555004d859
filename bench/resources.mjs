// Individual resources on the real engine: an organization, and each member as a user and a membership.
import { allConditions } from "./lib/authkit.mjs";
import { growthTable, lifeTable, live } from "./lib/cycle.mjs";
import { isFull, isQuick, report } from "./lib/results.mjs";

const [atOnce, , , real] = allConditions;
const sizes = isQuick ? [20, 40, 60] : isFull ? [100, 300, 1_000, 2_000] : [100, 300, 1_000];

const rows = [];
for (const size of sizes) {
  // What takes minutes differs least: the engine's checkpoints are most of it.
  const conditions = isFull || size <= 100 ? allConditions : size < 1_000 ? [atOnce, real] : [real];
  for (const condition of conditions) {
    const repeats = size <= 100 && condition === real && !isQuick ? 3 : 1;
    rows.push(await live({ as: "resources", size, members: size / 2, conditions: condition, repeats }));
  }
}

await report(
  "Individual resources",
  `One organization and its members, each a \`User\` and an \`OrganizationMembership\`, on the real engine with its state in a file.

${lifeTable("Resources", rows)}

At 60 ms with the vendor's limits:

${growthTable(rows.filter(({ conditions }) => conditions === real))}`,
);
