/** Which calls of which steps are hit by a kill, in the full matrix and in the part of it that every test run has. */
import { type Bench } from "./bench";
import { type Fault } from "./faults";
import { type Adopt, steps } from "./programs";
import { isFull } from "./report";
import { type Scenario } from "./scenario";

/** In every test run: these steps, which hold every write of every resource. */
const essential = ["create", "update", "replace", "delete"];

/**
 * The kills in every call that counts, each from the end of the clean run that its step follows. In every test run: each
 * operation that writes, where it is called first. In the full matrix: every call, with these left out as they can show
 * nothing new: a kill after a read is one before the next call; a host without its engine is met in writes; and `adopt`
 * makes a difference only for what was created.
 */
export async function killsOf(
  bench: Bench,
  faults: readonly Fault[],
  adopt: Adopt,
  isWanted: (scenario: Scenario) => boolean = () => true,
): Promise<Scenario[]> {
  const wanted = steps
    .filter(({ createsNothing }) => adopt === "if-exists" || !createsNothing)
    .filter(({ name }) => isFull || essential.includes(name));
  const clean = await bench.cleanRuns(adopt, wanted);
  const scenarios = [...clean.values()].flatMap((run) =>
    run.calls.flatMap((_call, index) => faults.map((fault) => ({ clean: run, fault, adopt, nth: index + 1 }))),
  );
  return isFull ? scenarios.filter(isTelling) : firstOfEach(scenarios.filter(isWrite)).filter(isWanted);
}

const callOf = ({ clean, nth }: Scenario) => clean.calls[nth - 1];
const isWrite = (scenario: Scenario) => callOf(scenario)?.method !== "GET";

function isTelling(scenario: Scenario): boolean {
  const { adopt, fault } = scenario;
  if (adopt === "never") {
    return fault.effect && callOf(scenario)?.method === "POST";
  }
  return isWrite(scenario) || (fault.kills === "host" && !fault.effect);
}

/** One scenario of each operation and fault. */
function firstOfEach(scenarios: readonly Scenario[]): Scenario[] {
  const known = new Map<string, Scenario>();
  for (const scenario of scenarios) {
    const name = `${callOf(scenario)?.operation} ${scenario.fault.name}`;
    known.set(name, known.get(name) ?? scenario);
  }
  return [...known.values()];
}

/** The calls of a user's create: enough for every test run where the kind makes no difference. */
export const makesUser = (scenario: Scenario): boolean =>
  scenario.clean.step.name === "create" && (callOf(scenario)?.operation ?? "").startsWith("UserlandUsersController");
