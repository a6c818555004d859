/** Three hundred histories with fixed seeds; any others by `npm run test:simulation`. */
import { appendFileSync } from "node:fs";
import { type Failure, outcomeOf, told } from "./support/outcome";

/** `SEED:COUNT`, and where the failures go. */
const { SIMULATION = "1:300", SIMULATION_RESULTS } = process.env;
const [first = 1, count = 1] = SIMULATION.split(":").map(Number);

/** Reducing takes a while, and a mistake in the provider may break a hundred histories. */
const mostReduced = 3;

it(`holds in ${count} histories from seed ${first} on`, async () => {
  const failures: Failure[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const failure = await outcomeOf(seed, failures.length < mostReduced);
    if (!failure) continue;
    failures.push(failure);
    if (SIMULATION_RESULTS) appendFileSync(SIMULATION_RESULTS, `${JSON.stringify(failure)}\n`);
  }
  if (failures.length > 0) throw new Error(failures.slice(0, mostReduced).map(told).join("\n\n"));
}, 3_600_000);
