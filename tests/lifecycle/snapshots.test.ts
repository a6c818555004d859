/** Reads of a refresh share the vendor's lists: never another answer than a single read's, never more requests. */
import fc from "fast-check";
import { type Emulator, startEmulator } from "../../emulator";
import { type Api, createApi } from "../../api";
import { contextOf, create, read } from "../../provider/lifecycle";
import type { AnyResource, WhichPage } from "../../provider/declare/resource";
import { Snapshots } from "../../provider/lifecycle/snapshots";
import { type Kind } from "../../provider/resources";
import { declarationOf } from "../support/life";

let emulator: Emulator;
let api: Api;

beforeEach(async () => {
  emulator = await startEmulator();
  api = createApi({ apiKey: emulator.apiKey, baseUrl: emulator.url, budget: false });
});

afterEach(async () => {
  await api.close();
  await emulator.close();
});

interface Kept {
  readonly kind: Kind;
  readonly id: string;
  readonly outs: Readonly<Record<string, unknown>>;
}

async function make(kind: Kept["kind"], inputs: Readonly<Record<string, unknown>>): Promise<Kept> {
  const { id, outs } = await create(declarationOf(kind), inputs, contextOf({ api }));
  return { kind, id, outs };
}

async function members(count: number): Promise<Kept[]> {
  const { id: organizationId } = await api.organizations.create({ name: "Acme" });
  const users = await Promise.all(
    Array.from({ length: count }, (_, index) => make("User", { email: `person-${index}@example.com` })),
  );
  const memberships = await Promise.all(
    users.map(({ id }) => make("OrganizationMembership", { userId: id, organizationId, roleSlug: "member" })),
  );
  return [...users, ...memberships];
}

/** A refresh: every object once, so many at a time. */
async function refresh(kept: readonly Kept[], parallel: number) {
  const context = contextOf({ api });
  const queue = kept.map((object, index) => ({ object, index }));
  const answers: unknown[] = [];
  emulator.control.requests.clear();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { kind, id, outs } = next.object;
        answers[next.index] = await read(declarationOf(kind), id, outs, context);
      }
    }),
  );
  return { answers, requests: emulator.control.requests.list().length };
}

describe("a refresh of what nobody has changed", () => {
  it.each([1, 8, 64])("asks for 300 members in a dozen requests, %d at a time", async (parallel) => {
    const kept = await members(300);
    const { answers, requests } = await refresh(kept, parallel);
    expect(answers).toEqual(kept.map(({ id, outs }) => expect.objectContaining({ id, props: outs }) as unknown));
    // Three pages of users, three of memberships, and the first two of each by themselves; users and memberships are
    // made at once here, so that the first that is asked for need not be the oldest.
    expect(requests).toBeLessThanOrEqual(12);
  });

  it("takes the next page for whoever is further down, though nobody was answered yet when they asked", async () => {
    const users = (await members(150)).slice(0, 150);
    const [first, second, ...rest] = users as [Kept, Kept, ...Kept[]];
    const last = rest.pop()!;
    // The first two by themselves; then the last one is the first to wait.
    const { requests } = await refresh([first, second, last, ...rest], 8);
    expect(requests).toBeLessThanOrEqual(2 + 3);
  });

  it("asks for a handful one by one", async () => {
    const { requests } = await refresh(await members(2), 1);
    expect(requests).toBe(4);
    expect(emulator.control.requests.list().every(({ path }) => /\/(user|om)_/.test(path))).toBe(true);
  });

  it("shares the keys of an organization, of which none can be asked for alone", async () => {
    const { id: organizationId } = await api.organizations.create({ name: "Acme" });
    const kept: Kept[] = [];
    for (let index = 0; index < 30; index++) {
      kept.push(await make("OrganizationApiKey", { organizationId, name: `key ${index}` }));
    }
    expect((await refresh(kept, 8)).requests).toBe(1);
  });
});

describe("what the environment has for all of its organizations", () => {
  it("is read by its lists: roles all at once, permissions by the page", async () => {
    const kept: Kept[] = [];
    for (let index = 0; index < 120; index++) {
      const inputs = { slug: `posts:${index}`, name: `Posts ${index}` };
      kept.push(await make("Permission", inputs));
      if (index < 30) kept.push(await make("EnvironmentRole", { ...inputs, onDestroy: "retain" }));
    }
    const { answers, requests } = await refresh(kept, 8);
    expect(answers).toEqual(kept.map(({ id, outs }) => expect.objectContaining({ id, props: outs }) as unknown));
    // The first two of each by themselves, one list of roles, and two pages of permissions.
    expect(requests).toBeLessThanOrEqual(2 + 1 + 2 + 2);
  });
});

/** A list of the vendor's whose answers come when, and in which order, the scheduler lets them. */
function listed(total: number, scheduler: fc.Scheduler, failing: readonly number[] = []) {
  const objects = Array.from({ length: total }, (_, place) => ({ id: `user_${String(place).padStart(26, "0")}` }));
  const counts = { pages: 0, singles: 0 };
  const resource = {
    kind: "User",
    list: {
      group: () => "",
      byId: true,
      async page(_api: unknown, _state: unknown, { limit, order, after }: WhichPage) {
        const number = counts.pages++;
        const at = objects.findIndex(({ id }) => id === after);
        const all = order === "asc" ? objects.slice(at + 1) : objects.slice(0, at).reverse();
        const data = all.slice(0, limit);
        const next = data.length < all.length ? (data.at(-1)?.id ?? null) : null;
        await scheduler.schedule(Promise.resolve(), "page");
        if (failing.includes(number)) throw new Error("no answer");
        return { data, list_metadata: { after: next } };
      },
    },
  };
  const single = (id: string) => async () => {
    counts.singles++;
    await scheduler.schedule(Promise.resolve(), "single");
    return objects.find((object) => object.id === id);
  };
  /** Reads these, so many at a time, in this order. */
  async function refresh(places: readonly number[], parallel: number): Promise<number> {
    const snapshots = new Snapshots(undefined as unknown as Api);
    const queue = [...places];
    const workers = Array.from({ length: parallel }, async () => {
      for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
        const { id } = objects[place] ?? { id: "" };
        expect(await snapshots.read(resource as unknown as AnyResource, id, {}, single(id))).toEqual({ id });
      }
    });
    await Promise.all([scheduler.waitFor(Promise.all(workers))]);
    return counts.pages + counts.singles;
  }
  return { refresh };
}

const parallel = fc.constantFrom(1, 8, 64);

describe("the number of requests of a refresh", () => {
  const everyOrder: readonly (readonly [string, (places: number[]) => number[]])[] = [
    ["from the oldest on", (places) => places],
    ["from the newest on", (places) => places.reverse()],
    [
      "from both ends",
      (places) => places.map((_, index) => places.at(index % 2 === 0 ? index / 2 : -(index + 1) / 2)!),
    ],
    ["the oldest, and then from the newest on", ([first = 0, ...rest]) => [first, ...rest.reverse()]],
    ["every hundredth, and so on", (places) => places.toSorted((a, b) => (a % 100) - (b % 100) || a - b)],
  ];

  it.each(everyOrder)("is two for each hundred and ten, asked %s and answered in any order", async (_name, ordered) => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.constantFrom(3, 100, 301, 1_000),
        parallel,
        async (scheduler, count, width) => {
          const places = ordered(Array.from({ length: count }, (_, place) => place));
          expect(await listed(count, scheduler).refresh(places, width)).toBeLessThanOrEqual((count / 100) * 2 + 10);
        },
      ),
      { numRuns: 12 },
    );
  });

  it("is that in whatever order they are asked for", async () => {
    const some = fc.integer({ min: 3, max: 600 }).chain((count) => {
      const places = Array.from({ length: count }, (_, place) => place);
      return fc.shuffledSubarray(places, { minLength: count });
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), some, parallel, async (scheduler, places, width) => {
        const most = (places.length / 100) * 2 + 10;
        expect(await listed(places.length, scheduler).refresh(places, width)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 25 },
    );
  });

  it("is little more than one for each where they stand far apart among many more", async () => {
    const few = fc.uniqueArray(fc.nat({ max: 19_999 }), { minLength: 3, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), few, parallel, async (scheduler, places, width) => {
        const most = places.length + places.length / 8 + 12;
        expect(await listed(20_000, scheduler).refresh(places, width)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 10 },
    );
  });

  it("is few where a stack's own stand together among many more", async () => {
    const places = Array.from({ length: 300 }, (_, index) => 15_000 + index);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), parallel, async (scheduler, width) => {
        expect(await listed(20_000, scheduler).refresh(places, width)).toBeLessThanOrEqual(2 + 4);
      }),
      { numRuns: 5 },
    );
  });

  it("grows by a few reads, and not by all, where a page gets no answer", async () => {
    const places = Array.from({ length: 600 }, (_, place) => place);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat({ max: 5 }), async (scheduler, failing) => {
        const requests = await listed(600, scheduler, [failing]).refresh(places, 8);
        expect(requests).toBeLessThanOrEqual(2 + 6 + 2 + 16);
      }),
      { numRuns: 12 },
    );
  });
});

describe("a refresh of a few among many", () => {
  it("makes no more requests than one an object, and a page or two", async () => {
    const kept = await members(250);
    const few = kept.filter((_, index) => index % 40 === 39);
    for (const parallel of [1, 8]) {
      const { requests } = await refresh(few, parallel);
      // Users and memberships are a list each, walked both ways.
      expect(requests).toBeLessThanOrEqual(few.length + 2);
    }
  });
});

describe("what shared reads answer", () => {
  it("is what single reads answer, whatever others have changed, ended and made", async () => {
    const kept = await members(40);
    const change = fc.record({
      what: fc.constantFrom("rename", "suspend", "end", "join"),
      who: fc.nat({ max: kept.length - 1 }),
    });
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.constantFrom(1, 7), async (changes, parallel) => {
        for (const { what, who } of changes) {
          const { kind, id } = kept[who] ?? { kind: "User", id: "" };
          if (what === "join") await api.users.create({ email: `joined-${made++}@example.com` });
          else if (kind === "User" && what === "rename")
            await api.users.update({ id, first_name: `N${made++}` }).catch(ignore);
          else if (kind !== "User" && what === "suspend")
            await api.organizationMemberships.deactivate({ id }).catch(ignore);
          else if (kind !== "User" && what === "end") await api.organizationMemberships.delete({ id }).catch(ignore);
        }
        const single = await Promise.all(
          kept.map(({ kind, id, outs }) => read(declarationOf(kind), id, outs, contextOf({ api }))),
        );
        expect((await refresh(kept, parallel)).answers).toEqual(single);
      }),
      { numRuns: 15 },
    );
  });

  it("is fresh again after a write of our own, and when the same object is asked for twice", async () => {
    const kept = await members(20);
    const context = contextOf({ api });
    for (const { kind, id, outs } of kept) await read(declarationOf(kind), id, outs, context);
    const [first] = kept;
    if (!first) throw new Error("no members");
    await api.users.update({ id: first.id, first_name: "Changed" });
    const { props } = await read(declarationOf("User"), first.id, first.outs, context);
    expect(props).toMatchObject({ firstName: "Changed" });
  });
});

const ignore = () => undefined;
