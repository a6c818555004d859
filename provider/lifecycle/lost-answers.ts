/** Whose is what is found after the answer to a create was lost? */
import type { AnyResource, Inputs, RemoteObject } from "../resources/resource";
import { changesOf } from "./diff";
import { record } from "./state";

/**
 * How far the vendor's clock may lie behind ours: an object counts as made by a call when it is at most this much older
 * than the call.
 */
const clockToleranceMs = 60_000;

/** Creates of this process whose answer is yet to come, and the ids of all that were answered. */
const underWay = new Set<Promise<RemoteObject>>();
const answeredIds = new Set<string>();

/** Notes a create while it is under way, and what it was answered. */
export async function followed(answer: Promise<RemoteObject>): Promise<RemoteObject> {
  underWay.add(answer);
  try {
    const object = await answer;
    answeredIds.add(object.id);
    return object;
  } finally {
    underWay.delete(answer);
  }
}

/**
 * Tells what a lost call can have made from what others made: what was there before, what another create of this
 * program was answered (two keys may well have one name), what is older than the call, and what says something else.
 */
export function whatCanBeOurs(
  resource: AnyResource,
  inputs: Inputs,
  before: readonly RemoteObject[],
  startedAt: number,
) {
  const known = new Set(before.map(({ id }) => id));
  const saysTheSame = (object: RemoteObject) => {
    const state = record(resource, { object, declared: inputs, previous: {}, applied: () => true });
    return changesOf(resource, state, inputs).every(({ property }) => resource.inputs[property]?.traits.afterCreate);
  };
  return async (found: readonly RemoteObject[]): Promise<RemoteObject[]> => {
    // After the look-up, so that everything found is either answered to another create by now, or to none.
    await Promise.allSettled(underWay);
    return found.filter(
      (object) =>
        !known.has(object.id) &&
        !answeredIds.has(object.id) &&
        Date.parse(String(object.created_at)) >= startedAt - clockToleranceMs &&
        saysTheSame(object),
    );
  };
}
