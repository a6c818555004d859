import { type Context } from "../context";
import { isExpired } from "../handlers/present";
import { type Collection } from "../store/collection";
import { type Entity } from "../store/entities";

interface Passing extends Entity {
  readonly expires_at: string;
}

/** Kept for a while after their end, so that a late answer can still say that they have expired. */
const graceMs = 60 * 60_000;

/**
 * Drops the oldest things whose time is long over, a few at a time: sign-ins that nobody finished must not fill the
 * data file. Within a step of the store, before a new one is put.
 */
export function forgetExpired<T extends Passing, I extends string>(
  collection: Collection<T, I>,
  { clock }: Context,
): void {
  for (let count = 0; count < 2; count += 1) {
    const id = collection.ids().at(0);
    const oldest = id === undefined ? undefined : collection.get(id);
    if (oldest === undefined || !isExpired(oldest.expires_at, clock.now() - graceMs)) return;
    collection.delete(oldest.id);
  }
}
