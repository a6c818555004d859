import { isValid } from "ulid";

/** What a list is ordered by. */
export interface Order {
  /** Where an id stands, to be compared with the places of other ids; also of one whose object is gone. */
  of(id: string): string;
}

/** Ids that are made here only ever grow, so each is its own place. */
export const byId: Order = { of: (id) => id };

const isMade = (id: string) => isValid(id.slice(-26));

/**
 * The order of creation of one collection. An id that was made here is its own place. One that somebody chose (a seed,
 * a data file) says nothing about when it came: it gets a place behind all that were there, and keeps it in here, also
 * when its object is gone, because a list may be asked to go on from there.
 */
export class Places implements Order {
  private readonly given = new Map<string, string>();
  private count = 0;

  /** Places that are kept in here. */
  get size(): number {
    return this.given.size;
  }

  of(id: string): string {
    return this.given.get(id) ?? id;
  }

  /** Gives `id` a place behind `last`, which is the last one so far. */
  append(id: string, last: string | undefined): void {
    const end = last === undefined ? "" : this.of(last);
    if (isMade(id) && id > end) this.given.delete(id);
    // Behind the last id that was made here and before the next one: `!` comes before digits and letters.
    else this.given.set(id, `${end.replace(/!\d+$/, "")}!${String((this.count += 1)).padStart(12, "0")}`);
  }

  /** Puts `id` where it was. */
  putBack(id: string, place: string): void {
    if (place === id) this.given.delete(id);
    else this.given.set(id, place);
  }

  /** Gives up the places of ids that are gone. */
  forget(isGone: (id: string) => boolean): void {
    for (const id of this.given.keys()) if (isGone(id)) this.given.delete(id);
  }
}
