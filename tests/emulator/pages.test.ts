import fc from "fast-check";
import { type PageQuery, page } from "../../emulator/pages";
import { SortedIds } from "../../emulator/store/sorted-ids";
import { ids as idsOf, local } from "./support/local";

const at = local();
const users = "/user_management/users";

interface Item {
  id: string;
  listed: boolean;
  /** Which of several lists, that are paged together, holds it. */
  list: number;
}

const items = fc
  .array(fc.record({ listed: fc.boolean(), list: fc.nat({ max: 2 }) }), { maxLength: 30 })
  .map((all) => all.map((each, index): Item => ({ id: `x_${String(index).padStart(3, "0")}`, ...each })));

function pager(all: readonly Item[]) {
  const byId = new Map(all.map((item) => [item.id, item]));
  const lists = [0, 1, 2].map((list) => SortedIds.of(all.filter((item) => item.list === list).map(({ id }) => id)));
  return (query: PageQuery) =>
    page(lists, "x", query, (id) => (byId.get(id)?.listed === true ? byId.get(id) : undefined));
}

/** Follows one of the two cursors to the end. */
function walk(turn: ReturnType<typeof pager>, query: PageQuery, cursor: "before" | "after", from?: string): string[][] {
  const pages: string[][] = [];
  for (let place = from; ;) {
    const { data, list_metadata } = turn({ ...query, ...(place === undefined ? {} : { [cursor]: place }) });
    pages.push(data.map(({ id }) => id));
    const next = list_metadata[cursor];
    if (next === null) return pages;
    place = next;
  }
}

const limits = fc.integer({ min: 1, max: 7 });

test("walking forward gives the whole list once, in each order", () => {
  fc.assert(
    fc.property(items, limits, fc.constantFrom("asc", "desc", "normal"), (all, limit, order) => {
      const listed = all.filter((item) => item.listed).map(({ id }) => id);
      const expected = order === "asc" ? listed : [...listed].reverse();
      // `normal` begins with the newest and reaches older ones through `before`.
      const pages = walk(pager(all), { limit, order }, order === "normal" ? "before" : "after");
      expect(pages.flat()).toEqual(expected);
    }),
  );
});

test("walking back from the last one gives all before it once, in each order", () => {
  fc.assert(
    fc.property(items, limits, fc.constantFrom("asc", "desc", "normal"), (all, limit, order) => {
      const listed = all.filter((item) => item.listed).map(({ id }) => id);
      const shown = order === "asc" ? listed : [...listed].reverse();
      const last = shown[shown.length - 1];
      if (last === undefined) return;
      const pages = walk(pager(all), { limit, order }, order === "normal" ? "after" : "before", last);
      expect(pages.reverse().flat()).toEqual(shown.slice(0, -1));
      // Every page but the first of the list is full: the items are those just before the cursor.
      for (const each of pages.slice(1)) expect(each).toHaveLength(limit);
    }),
  );
});

test("over HTTP, pages of every order join, and both ends are null", async () => {
  const made: string[] = [];
  for (let index = 0; index < 5; index += 1) made.push((await at().user()).id);
  const newestFirst = [...made].reverse();

  const first = await at().get(`${users}?limit=2`);
  expect(idsOf(first)).toEqual(newestFirst.slice(0, 2));
  expect(first.body.list_metadata).toEqual({ before: null, after: newestFirst[1] });
  const second = await at().get(`${users}?limit=2&after=${newestFirst[1]}`);
  expect(idsOf(second)).toEqual(newestFirst.slice(2, 4));
  expect(second.body.list_metadata).toEqual({ before: newestFirst[2], after: newestFirst[3] });
  const third = await at().get(`${users}?limit=2&after=${newestFirst[3]}`);
  expect(third.body.list_metadata).toEqual({ before: newestFirst[4], after: null });
  const back = await at().get(`${users}?limit=2&before=${newestFirst[4]}`);
  expect(idsOf(back)).toEqual(newestFirst.slice(2, 4));

  expect(idsOf(await at().get(`${users}?order=asc&limit=2&after=${made[1]}`))).toEqual(made.slice(2, 4));
  const normal = await at().get(`${users}?order=normal&limit=2&before=${newestFirst[1]}`);
  expect(idsOf(normal)).toEqual(newestFirst.slice(2, 4));
  expect(idsOf(await at().get(`${users}?order=normal&limit=2&after=${newestFirst[4]}`))).toEqual(
    newestFirst.slice(2, 4),
  );
});

test("a page has ten objects by default and one to a hundred when asked", async () => {
  for (let index = 0; index < 11; index += 1) await at().user();
  expect(idsOf(await at().get(users))).toHaveLength(10);
  expect(idsOf(await at().get(`${users}?limit=100`))).toHaveLength(11);
  for (const limit of ["0", "101", "x"]) {
    const answer = await at().get(`${users}?limit=${limit}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ field: "limit" }] });
  }
});

test("a cursor works on after its object was deleted", async () => {
  const made = [await at().user(), await at().user(), await at().user()].map(({ id }) => id);
  await at().delete(`${users}/${made[1]}`);
  expect(idsOf(await at().get(`${users}?after=${made[1]}`))).toEqual([made[0]]);
});

test("a cursor of another kind, and both cursors at once, are refused", async () => {
  const { id } = await at().user();
  expect((await at().get(`${users}?after=org_x`)).status).toBe(422);
  expect((await at().get(`${users}?after=${id}&before=${id}`)).status).toBe(422);
  expect((await at().get(`${users}?order=sideways`)).status).toBe(422);
});

test("objects made in the same instant, or after the clock was set back, are still in order of creation", async () => {
  const first = await at().user();
  at().control.clock.advance(-60_000);
  const second = await at().user();
  expect(idsOf(await at().get(users))).toEqual([second.id, first.id]);
});
