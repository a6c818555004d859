/**
 * Two declarations of one thing fight over it at every run, so the second one is refused while the program still runs,
 * in previews too.
 */
import * as pulumi from "@pulumi/pulumi";
import { perRun } from "./per-run";
import { stopped } from "./preconditions";

/** What identifies an object: the inputs of one natural key, some of which may be outputs of other resources. */
export type NaturalKey = readonly string[];

/** Who declared a natural key: compared by identity, since two components may each have a child of one name. */
interface Claimant {
  readonly name: string;
}

const claims = perRun(() => new Map<string, Claimant>());

const outputIds = new WeakMap<object, number>();
let outputCount = 0;

/**
 * Notes that a resource declares an object.
 * @returns the arguments, whose keys that are outputs only resolve once they were found to be unique.
 * @throws (a `RunError`) when another resource of the program declares the same object.
 */
export function claim(
  kind: string,
  name: string,
  keys: readonly NaturalKey[],
  args: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const claimant = { name };
  const declared = claims();
  let claimed = args;
  for (const key of keys) {
    const parts = key.map((property) => args[property]);
    if (parts[0] === undefined) {
      continue;
    }
    // The same output of the same resource is the same value, even while nobody knows it.
    take(declared, claimant, kind, key, parts.map(identity));
    const waiting = parts.findIndex(isEventual);
    const property = key[waiting];
    if (property !== undefined) {
      const checked = pulumi.all(parts).apply((values) => {
        take(declared, claimant, kind, key, values.map(folded));
        return values[waiting];
      });
      claimed = { ...claimed, [property]: checked };
    }
  }
  return claimed;
}

function take(
  declared: Map<string, Claimant>,
  claimant: Claimant,
  kind: string,
  key: NaturalKey,
  values: readonly unknown[],
): void {
  const claimed = JSON.stringify([kind, key, values]);
  const other = declared.get(claimed) ?? claimant;
  if (other !== claimant) {
    throw stopped(
      `${kind} "${claimant.name}" declares what ${kind} "${other.name}" declares already: the same ${key.join(" and ")}. Remove one of the two; they would undo each other's changes at every run.`,
    );
  }
  declared.set(claimed, claimant);
}

const isEventual = (value: unknown): boolean =>
  pulumi.Output.isInstance(value) || value instanceof Promise || pulumi.Resource.isInstance(value);

const folded = (value: unknown) => (typeof value === "string" ? value.trim().toLowerCase() : value);

function identity(value: unknown): unknown {
  if (!isEventual(value)) {
    return folded(value);
  }
  const object = value as object;
  const id = outputIds.get(object) ?? ++outputCount;
  outputIds.set(object, id);
  return { output: id };
}
