// The same people as one `OrganizationRoster`, on the real engine.
import { allConditions } from "./lib/authkit.mjs";
import { growthTable, lifeTable, live } from "./lib/cycle.mjs";
import { isFull, isQuick, report } from "./lib/results.mjs";

const [, limitedAtOnce, , real] = allConditions;
const sizes = isQuick ? [10, 20, 50] : [100, 1_000, 10_000];
const largest = sizes.at(-1);

const rows = [];
for (const size of sizes) {
  for (const conditions of allConditions) {
    const long = size === largest && !isQuick;
    // Ten thousand people take many minutes: the budget of 6,000 requests a minute holds in any case.
    if (long && !isFull && conditions !== real) continue;
    // The limit of writes takes the same time at any latency.
    if (size === sizes[1] && !isFull && conditions === limitedAtOnce) continue;
    const repeats = size === sizes[0] && !isQuick && conditions === real ? 3 : 1;
    const withoutDestroy = long && !isFull;
    rows.push(await live({ as: "roster", size, members: size, conditions, repeats, withoutDestroy }));
  }
}

await report(
  "Rosters",
  `One organization and one \`OrganizationRoster\` on the real engine; \`onDestroy\` is \`remove\`, so that destroying it ends everybody's membership. Without limits the provider's own reads and writes are not limited either; its 6,000 requests a minute are.

${lifeTable("People", rows)}

At 60 ms with the vendor's limits:

${growthTable(rows.filter(({ conditions }) => conditions === real))}`,
);
