/** Reads of a refresh share the vendor's lists: never another answer than a single read's, never more requests. */
import fc from "fast-check";
import { type Emulator, startEmulator } from "../../emulator";
import { type Api, createApi } from "../../api";
import { contextOf, create, read } from "../../provider/lifecycle";
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
    // Three pages of users, three of memberships, and the first two of each by themselves.
    expect(requests).toBeLessThanOrEqual(10);
  });

  it("takes the next page for whoever is further down, though nobody was answered yet when they asked", async () => {
    const users = (await members(150)).slice(0, 150);
    const [first, second, ...rest] = users as [Kept, Kept, ...Kept[]];
    const last = rest.pop()!;
    // The first two by themselves; then the last one is the first to wait.
    const { requests } = await refresh([first, second, last, ...rest], 8);
    expect(requests).toBe(2 + 2);
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

describe("a refresh of a few among many", () => {
  it("never makes more requests than one an object, and one page", async () => {
    const kept = await members(250);
    const few = kept.filter((_, index) => index % 40 === 39);
    for (const parallel of [1, 8]) {
      const { requests } = await refresh(few, parallel);
      // Users and memberships are a list each.
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
