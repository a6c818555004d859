/** Creates whose answer was lost: whose is what is found then, and what has to be done. */
import type { Api } from "../../api";
import type { Clock } from "../../api/clock";
import { isAnswered, isWorkosError } from "../../api/http/errors";
import type { AnyResource, Inputs, LostAnswer, RemoteObject } from "../declare/resource";
import { changesOf } from "./diff";
import { record } from "./state";

/**
 * How much older than the call an object may be to count as made by it. The vendor's clock is known by the dates of its
 * answers, to the second.
 */
const clockToleranceMs = 5_000;

/**
 * When an object was made, by our clock.
 * @param otherwise for one that does not say so, which is told by the rest alone.
 */
export const madeAt = ({ created_at: at }: RemoteObject, { aheadMs }: Api["vendorClock"], otherwise: number): number =>
  typeof at === "string" ? Date.parse(at) - aheadMs : otherwise;

/** The creates of one process. */
export class Creates {
  /** Those whose answer is yet to come. */
  readonly #underWay = new Set<Promise<RemoteObject>>();
  /** The ids of all that were answered. */
  readonly #answeredIds = new Set<string>();
  /**
   * The ids of what creates took over instead of making it. A resource that was only given another name in the program
   * is created under the new name and then deleted under the old one, and both are the same object.
   */
  readonly takenOver = new Set<string>();

  /** Whether a create of this process was answered with this object: it gives no access that anybody had before. */
  made(id: string): boolean {
    return this.#answeredIds.has(id);
  }

  /** Notes a create while it is under way, and what it was answered. */
  async follow(answer: Promise<RemoteObject>): Promise<RemoteObject> {
    this.#underWay.add(answer);
    try {
      const object = await answer;
      this.#answeredIds.add(object.id);
      return object;
    } finally {
      this.#underWay.delete(answer);
    }
  }

  /**
   * Tells what a lost call can have made from what others made: what was there before, what another create of this
   * program was answered (two keys may well have one name), what is older than the call, and what says something else.
   * @param startedAt when the call was sent, by our clock.
   */
  whatCanBeOurs(
    resource: AnyResource,
    inputs: Inputs,
    before: readonly string[],
    startedAt: number,
    { vendorClock }: Pick<Api, "vendorClock">,
  ) {
    const known = new Set(before);
    const saysTheSame = (object: RemoteObject) => {
      const state = record(resource, { object, declared: inputs, previous: {}, applied: () => true });
      return changesOf(resource, state, inputs).every(({ property }) => resource.inputs[property]?.traits.afterCreate);
    };
    return async (found: readonly RemoteObject[]): Promise<RemoteObject[]> => {
      // After the look-up, so that everything found is either answered to another create by now, or to none.
      await Promise.allSettled(this.#underWay);
      return found.filter(
        (object) =>
          !known.has(object.id) &&
          !this.#answeredIds.has(object.id) &&
          madeAt(object, vendorClock, Infinity) >= startedAt - clockToleranceMs &&
          saysTheSame(object),
      );
    };
  }
}

/** How often a create is sent at most when each answer is lost in turn. */
const maxAttempts = 3;
const backoffMs = 1_000;

/** What came of a lost call: the object that it made, or that it is to be sent again. */
export type Recovered<V> = V | "repeat";

/**
 * Sends a create, and finds out what came of it when its answer is lost: never two of anything.
 * @param recover is told whether the vendor itself said that it failed; throws where neither taking nor repeating is safe.
 */
export async function sendOnce<V>(
  clock: Clock,
  send: () => PromiseLike<V>,
  recover: (lost: Error, answered: boolean) => Promise<Recovered<V>>,
): Promise<V> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (!isWorkosError(error) || !error.ambiguous) throw error;
      const recovered = await recover(error, isAnswered(error));
      if (recovered !== "repeat") return recovered;
      if (attempt === maxAttempts) throw error;
      await clock.sleep(backoffMs * attempt);
    }
  }
}

/** What to do about a lost answer, from what was found. */
export type Verdict<V> =
  | { readonly do: "take"; readonly object: V }
  | { readonly do: "discard"; readonly objects: readonly V[] }
  | { readonly do: "repeat" }
  /** Neither is safe; the text says why, and what to do. */
  | { readonly do: "stop"; readonly reason: string };

/**
 * @param found what is there that looks like it.
 * @param ours of that, what the call can have made.
 * @param answered whether the vendor itself said that it failed, so that nothing is under way any more.
 * @param calls how many calls were lost that nothing tells apart: what they made is of no use all together.
 */
export function verdictOn<V>(
  policy: LostAnswer<V>,
  found: readonly V[],
  ours: readonly V[],
  answered: boolean,
  calls = 1,
): Verdict<V> {
  const [only, second] = ours;
  if (policy.discard && ours.length > 0 && ours.length <= calls) return { do: "discard", objects: ours };
  if (!policy.discard && only !== undefined && second === undefined) return { do: "take", object: only };
  const [other] = found;
  if (only === undefined && other !== undefined && policy.others) {
    return { do: "stop", reason: policy.others(other) };
  }
  if (only === undefined && (policy.repeat === "always" || answered)) {
    return { do: "repeat" };
  }
  return { do: "stop", reason: policy.unsure?.(ours) ?? "Nothing tells which of them this program made." };
}
