/** Which calls of which steps are hit by a kill, in the full matrix and in the part of it that every test run has. */
import { type Bench } from "./bench";
import { type Fault } from "./faults";
import { familyOf, type Passed } from "./gate";
import { type Life } from "./lives";
import { type Adopt, steps } from "./programs";
import { isFull } from "./report";

/** In every test run: these steps, which hold every write of every resource. */
const essential = ["create", "update", "replace", "delete"];

/**
 * A life of a stack for each step and fault, which is hit in every call that counts. In every test run: each operation
 * that writes, where it is called first. In the full matrix: every call, with these left out as they can show nothing
 * new: a kill after a read is one before the next call; a host without its engine is met in writes; and `adopt` makes a
 * difference only for what was created.
 */
export async function livesOf(
  bench: Bench,
  faults: readonly Fault[],
  adopt: Adopt,
  wantedInSmall: readonly string[] = essential,
): Promise<Life[]> {
  const wanted = steps.filter(({ name, createsNothing }) =>
    isFull ? adopt === "if-exists" || !createsNothing : wantedInSmall.includes(name),
  );
  const clean = [...(await bench.cleanRuns(adopt, wanted)).values()];
  if (isFull) {
    return clean.flatMap((run) => {
      return faults.map((fault) => {
        const isTelling = tells(fault, adopt);
        return {
          clean: run,
          fault,
          adopt,
          // What only a person asked for (`--replace`), the run after a kill is not asked for again.
          targets: new Set(run.step.args ? [] : run.calls.filter(isTelling).map(familyOf)),
          // Each object by itself: the same call for the same object is hit once.
          targetOf: (call) => (isTelling(call) ? `${call.method} ${call.path} ${call.body}` : undefined),
        } satisfies Life;
      });
    });
  }
  const known = new Set<string>();
  return clean.flatMap((run) => {
    const targets = new Set(
      run.calls
        .filter(isWrite)
        .map(familyOf)
        .filter((family) => !known.has(family)),
    );
    for (const family of targets) known.add(family);
    const targetOf = (call: Passed) => (targets.has(familyOf(call)) ? familyOf(call) : undefined);
    return faults.map((fault) => ({ clean: run, fault, adopt, targets, targetOf }));
  });
}

type Call = Pick<Passed, "method">;
const isWrite = ({ method }: Call) => method !== "GET";

function tells(fault: Fault, adopt: Adopt): (call: Call) => boolean {
  if (adopt === "never") return ({ method }) => fault.effect && method === "POST";
  return (call) => isWrite(call) || (fault.kills === "host" && !fault.effect);
}
