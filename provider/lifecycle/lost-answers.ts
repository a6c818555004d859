/** Whose is what is found after the answer to a create was lost? */
import type { Api } from "../../api";
import type { AnyResource, Inputs, RemoteObject } from "../declare/resource";
import { changesOf } from "./diff";
import { record } from "./state";

/**
 * How much older than the call an object may be to count as made by it. The vendor's clock is known by the dates of its
 * answers, to the second.
 */
const clockToleranceMs = 5_000;

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
    before: readonly { readonly id: string }[],
    startedAt: number,
    { vendorClock }: Pick<Api, "vendorClock">,
  ) {
    const known = new Set(before.map(({ id }) => id));
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
          Date.parse(String(object.created_at)) - vendorClock.aheadMs >= startedAt - clockToleranceMs &&
          saysTheSame(object),
      );
    };
  }
}
