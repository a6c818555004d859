/** Lists are in the order of creation, whoever chose the ids. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type SeedInput } from "../../emulator";
import { newUser } from "../../emulator/handlers/users";
import { page } from "../../emulator/pages";
import { SortedIds } from "../../emulator/store/sorted-ids";
import { Store } from "../../emulator/store/store";
import { ids, Local } from "./support/local";

/** As a data set of somebody's has them: names, ids of a real environment, and none. */
const people = [
  "user_zoe",
  "user_01HZZZZZZZZZZZZZZZZZZZZZZZ",
  "user_ann",
  undefined,
  "user_01AAAAAAAAAAAAAAAAAAAAAAAA",
];
const seed: SeedInput = {
  organizations: [
    { id: "org_zebra", name: "Zebra", domains: ["zebra.example"] },
    { id: "org_acme", name: "Acme", domains: ["acme.example"] },
  ],
  users: people.map((id, index) => ({
    id,
    email: `person.${index}@example.com`,
    memberships: [
      { id: `om_${9 - index}`, organization: "org_zebra", status: index % 2 === 0 ? "active" : "inactive" },
    ],
  })),
  groups: ["group_z", "group_a"].map((id) => ({ id, name: id, organization: "org_zebra" })),
};
const users = "/user_management/users";
const memberships = "/user_management/organization_memberships?organization_id=org_zebra&statuses=active,inactive";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "emulator-order-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function withLocal<T>(use: (at: Local) => Promise<T>): Promise<T> {
  const at = await Local.start({ seed, dataFile: join(folder, "authkit.jsonl") });
  try {
    return await use(at);
  } finally {
    await at.emulator.close();
  }
}

async function orders(at: Local) {
  const paths = [
    `${users}?order=asc`,
    `${users}?order=asc&organization_id=org_zebra`,
    `${memberships}&order=asc`,
    "/organizations?order=asc",
    "/organizations?order=asc&domains=acme.example&domains=zebra.example",
    "/organizations/org_zebra/groups?order=asc",
  ];
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, ids(await at.get(path))] as const)));
}

const fourth = (listed: readonly string[] | undefined) => listed?.[3] ?? "";

test("of a seed, with the ids that it chose and those that it left open, and what is made later comes last", () =>
  withLocal(async (at) => {
    const listed = await orders(at);
    const given = people.map((id) => id ?? fourth(listed[`${users}?order=asc`]));
    expect(listed).toEqual({
      [`${users}?order=asc`]: given,
      [`${users}?order=asc&organization_id=org_zebra`]: given,
      [`${memberships}&order=asc`]: ["om_9", "om_8", "om_7", "om_6", "om_5"],
      "/organizations?order=asc": ["org_zebra", "org_acme"],
      "/organizations?order=asc&domains=acme.example&domains=zebra.example": ["org_zebra", "org_acme"],
      "/organizations/org_zebra/groups?order=asc": ["group_z", "group_a"],
    });
    const made = [(await at.user()).id, (await at.user()).id];
    expect(ids(await at.get(`${users}?order=asc`))).toEqual([...given, ...made]);
    expect(ids(await at.get(users))).toEqual([...given, ...made].reverse());
  }));

test("and stays so after a restart and after a reset", async () => {
  const [first, added] = await withLocal(async (at) => {
    const before = await orders(at);
    return [before, (await at.user()).id];
  });
  await withLocal(async (at) => {
    const again = await orders(at);
    expect(again).toEqual({ ...first, [`${users}?order=asc`]: [...(first[`${users}?order=asc`] ?? []), added] });
    at.control.reset();
    const anew = await orders(at);
    // The one without an id of its own got another.
    const given = people.map((id) => id ?? fourth(anew[`${users}?order=asc`]));
    expect(anew).toEqual({
      ...first,
      [`${users}?order=asc`]: given,
      [`${users}?order=asc&organization_id=org_zebra`]: given,
    });
  });
});

test("cursors lead through chosen ids in every order, also from one whose object is gone", () =>
  withLocal(async (at) => {
    const oldestFirst = ids(await at.get(`${users}?order=asc`));
    const walk = async (order: string, cursor: string) => {
      const seen: string[] = [];
      for (let place: string | null = null; ;) {
        const answer = await at.get(`${users}?order=${order}&limit=2${place === null ? "" : `&${cursor}=${place}`}`);
        seen.push(...ids(answer));
        const { list_metadata } = answer.body as { list_metadata: Record<string, string | null> };
        place = list_metadata[cursor] ?? null;
        if (place === null) return seen;
      }
    };
    expect(await walk("asc", "after")).toEqual(oldestFirst);
    expect(await walk("desc", "after")).toEqual([...oldestFirst].reverse());
    expect(await walk("normal", "before")).toEqual([...oldestFirst].reverse());

    await at.delete(`${users}/user_ann`);
    expect(ids(await at.get(`${users}?order=asc&after=user_ann`))).toEqual(oldestFirst.slice(3));
    expect(ids(await at.get(`${users}?order=asc&before=user_ann`))).toEqual(oldestFirst.slice(0, 2));
  }));

const step = fc.record({
  /** Ids that a program could have chosen, and ids that look as if they were made here. */
  id: fc.oneof(fc.constantFrom("user_b", "user_a", "user_c"), fc.nat({ max: 6 }).map(madeLike)),
  act: fc.constantFrom("put", "put", "delete", "fail"),
});

function madeLike(index: number) {
  return `user_01H${String(index).padStart(23, "0")}`;
}

test("any history of one store: the order is that of the first time each was put, and a journal has the same", () => {
  const user = (id: string) =>
    newUser({ email: `${id}@example.com`, email_verified: true }, id, "2026-06-01T12:00:00.000Z");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const store = new Store();
      const committed: Parameters<Store["replay"]>[0][] = [];
      store.commit = (changes) => committed.push(changes);
      let expected: string[] = [];
      for (const { id, act } of steps) {
        if (act === "put") {
          store.write(() => store.users.put(user(id)));
          if (!expected.includes(id)) expected.push(id);
        } else if (act === "delete") {
          store.write(() => store.users.delete(id));
          expected = expected.filter((one) => one !== id);
        } else {
          const fails = () =>
            store.write(() => {
              for (const one of [...expected, id]) store.users.delete(one);
              store.users.put(user(id));
              throw new Error("no");
            });
          expect(fails).toThrow("no");
        }
        expect(store.users.all().map((one) => one.id)).toEqual(expected);
      }
      const [replayed, compacted] = [new Store(), new Store()];
      for (const changes of committed) replayed.replay(changes);
      compacted.replay([...store.snapshot()]);
      for (const other of [replayed, compacted]) expect(other.users.all().map(({ id }) => id)).toEqual(expected);
    }),
  );
});

test("a page of ten thousand chosen ids looks at no more of them than a page of a hundred", () => {
  const looksAt = (count: number) => {
    const store = new Store();
    const id = (index: number) => `user_${(index * 7919) % 10_007}x`;
    store.write(() => {
      for (let index = 0; index < count; index += 1) {
        store.users.put(
          newUser({ email: `${id(index)}@example.com`, email_verified: true }, id(index), "2026-06-01T12:00:00.000Z"),
        );
      }
    });
    const spy = jest.spyOn(SortedIds.prototype, "at");
    const middle = Math.floor(count / 2);
    const { data } = page(store.users.ids(), "user", { after: id(middle), limit: 10 }, (one) => store.users.get(one));
    const looked = spy.mock.calls.length;
    spy.mockRestore();
    expect(data.map((one) => one.id)).toEqual(Array.from({ length: 10 }, (_, index) => id(middle - 1 - index)));
    return looked;
  };
  expect(looksAt(10_000)).toBe(looksAt(100));
});

test("what is remembered of deleted objects is bounded", () => {
  const store = new Store();
  for (let index = 0; index < 25_000; index += 1) {
    store.write(() => {
      store.users.put(
        newUser({ email: "ann@example.com", email_verified: true }, `user_${index}`, "2026-06-01T12:00:00.000Z"),
      );
      store.users.delete(`user_${index}`);
    });
  }
  expect(store.users.places.size).toBeLessThanOrEqual(10_001);
});
