import { invalidParameters } from "./errors";
import { SortedIds } from "./store/sorted-ids";

export interface PageQuery {
  limit?: number;
  before?: string;
  after?: string;
  order?: "normal" | "desc" | "asc";
}

export interface Page<T> {
  object: "list";
  data: T[];
  list_metadata: { before: string | null; after: string | null };
}

type Direction = "older" | "newer";

/**
 * One page of a list whose `ids` are in order of creation; of several lists, which have nothing in common, one page of
 * all together, in the one order that they share. `pick` resolves an id, or answers nothing to leave it out: how many
 * it leaves out is what a page costs, so what many objects do not meet is better an index.
 *
 * Ids without a prefix of their kind, an empty `prefix`, may be any.
 *
 * A cursor is a place in the order, not an object: it works on after its object was deleted (`store/places.ts`). A
 * cursor that is no id of this list's kind, or both cursors at once, is refused.
 */
export function page<T extends { id: string }>(
  ids: SortedIds | readonly SortedIds[],
  prefix: string,
  query: PageQuery,
  pick: (id: string) => T | undefined,
): Page<T> {
  const { limit = 10, before, after, order = "desc" } = query;
  checkCursors(prefix, before, after);

  // `normal` lists newest first like `desc`, while its `after` means newer and its `before` older.
  const afterMeans: Direction = order === "desc" ? "older" : "newer";
  const beforeMeans: Direction = afterMeans === "older" ? "newer" : "older";
  const newestFirst = order !== "asc";
  const direction =
    after !== undefined ? afterMeans : before !== undefined ? beforeMeans : newestFirst ? "older" : "newer";

  const lists = ids instanceof SortedIds ? [ids] : ids;
  const found = walk(lists, direction, after ?? before, limit + 1, pick);
  const more = found.length > limit;
  const data = found.slice(0, limit);
  const first = data[0];
  const last = data[data.length - 1];
  if (first === undefined || last === undefined) return list(data, null, null);

  const opposite = direction === "older" ? "newer" : "older";
  const back = walk(lists, opposite, first.id, 1, pick).length > 0;
  const edges = { [direction]: more ? last.id : null, [opposite]: back ? first.id : null };
  if ((direction === "older") !== newestFirst) data.reverse();
  return list(data, edges[beforeMeans] ?? null, edges[afterMeans] ?? null);
}

function list<T>(data: T[], before: string | null, after: string | null): Page<T> {
  return { object: "list", data, list_metadata: { before, after } };
}

/** Up to `count` objects next to the place of `from`, nearest first. */
function walk<T>(
  lists: readonly SortedIds[],
  direction: Direction,
  from: string | undefined,
  count: number,
  pick: (id: string) => T | undefined,
): T[] {
  const found: T[] = [];
  const places = lists.map((ids) => ({ ids, index: start(ids, direction, from) }));
  while (found.length < count) {
    const id = nearest(places, direction);
    if (id === undefined) break;
    const object = pick(id);
    if (object !== undefined) found.push(object);
  }
  return found;
}

/** The next id of all lists together, which its list then moves on from. */
function nearest(lists: { readonly ids: SortedIds; index: number }[], direction: Direction): string | undefined {
  let best: { id: string; place: string; list: { index: number } } | undefined;
  for (const list of lists) {
    const id = list.ids.at(list.index);
    if (id === undefined) continue;
    const place = list.ids.order.of(id);
    if (best === undefined || (direction === "older" ? place > best.place : place < best.place)) {
      best = { id, place, list };
    }
  }
  if (best !== undefined) best.list.index += direction === "older" ? -1 : 1;
  return best?.id;
}

function start(ids: SortedIds, direction: Direction, from: string | undefined): number {
  if (from === undefined) return direction === "older" ? ids.size - 1 : 0;
  const index = ids.indexOf(from);
  if (direction === "older") return index - 1;
  return ids.at(index) === from ? index + 1 : index;
}

function checkCursors(prefix: string, before: string | undefined, after: string | undefined): void {
  if (before !== undefined && after !== undefined) {
    throw invalidParameters([
      { field: "before", code: "cursors_exclusive", message: "Give before or after, not both." },
    ]);
  }
  for (const [field, cursor] of Object.entries({ before, after })) {
    if (cursor !== undefined && prefix !== "" && !cursor.startsWith(`${prefix}_`)) {
      throw invalidParameters([
        { field, code: "invalid_cursor", message: `${field} is not the id of a listed object.` },
      ]);
    }
  }
}
