/**
 * Shared reads. A refresh asks for every object by itself; the vendor's lists answer a hundred at a time. Reads of one
 * group (the memberships of an organization, say) share its list where that saves requests:
 *
 * - The first few reads of a group are single requests, so that small programs never pay for a page, unless a single
 *   request is one for a page itself.
 * - Pages are taken from where the first object stands in the list, upwards and downwards, towards whatever is asked for:
 *   in which order the engine asks, and how many answers are under way, decides nothing. What a stack has made stands
 *   together in a list of many more.
 * - After the first page, each further one must have been earned by a read that a page has answered, but for a few: up to
 *   ten, the more the longer the group, and one for every eighth object. So an environment of nothing but the stack's
 *   objects costs two requests for each hundred and some ten more; and in one where the stack's few stand far apart, a
 *   group costs one request for each object, and those few pages.
 *
 * A snapshot serves one refresh. Whatever this process writes ends all of them. What is missing from a list is asked
 * for by itself: a list is no proof that something is gone.
 */
import type { Api } from "../../api";
import { isWorkosError } from "../../api/http/errors";
import type { AnyResource, RemoteObject, State } from "../declare/resource";

/** Reads of a group that are answered by single requests before its list is worth a look. */
const singlesFirst = 2;

/** Pages that may be in vain, after so many reads. */
const spare = (reads: number): number => Math.min(10, Math.floor((reads - 1) / 2)) + Math.floor(reads / 8);

/** A page that fails is tried again for others, this many reads later, and this many times in all. */
const readsAfterFailure = 8;
const failuresAtMost = 3;

/** Objects kept at most in all; beyond that, reads are single again. */
const maxObjects = 100_000;

/** Ids of this form sort as the objects were made, and are places in the vendor's lists. */
const isPlace = (id: string): boolean => /^[a-z_]+_[0-9A-Z]{26}$/.test(id);

type List = NonNullable<AnyResource["list"]>;

/** The walk from a place in a list, in one direction. */
class Walk {
  cursor: string | undefined;
  done = false;

  constructor(
    readonly order: "asc" | "desc",
    start: string | undefined,
  ) {
    this.cursor = start;
  }

  /** Whether an object may stand further on. */
  leadsTo(id: string): boolean {
    if (this.done) return false;
    if (this.cursor === undefined || !isPlace(this.cursor) || !isPlace(id)) return true;
    return this.order === "asc" ? id > this.cursor : id < this.cursor;
  }
}

class Group {
  readonly objects = new Map<string, RemoteObject>();
  readonly asked = new Set<string>();
  /** Reads that wait for a page. */
  readonly waiting = new Set<string>();
  answered = 0;
  pages = 0;
  failures = 0;
  /** Without pages until so many reads were asked. */
  barredUntil = 0;
  /** Whether a place in the middle was refused, so that it is walked from its beginning. */
  refused = false;
  walks: readonly Walk[] | undefined;
  fetching: Promise<void> | undefined;

  /** Takes an object from a page. Counts before anybody who waits goes on, so that it matters to no one who is first. */
  add(object: RemoteObject): void {
    this.objects.set(object.id, object);
    if (this.waiting.delete(object.id)) this.answered++;
  }

  /** The way to this object by the list, where another page costs no more than it may save. */
  walkTo(id: string, { eager = false, pageFirst = false, byId = false }: List): Walk | undefined {
    const singles = pageFirst ? 0 : singlesFirst;
    const reads = this.asked.size;
    const pays = eager || (reads > singles && this.pages <= this.answered + spare(reads));
    if (!pays || reads < this.barredUntil || this.failures >= failuresAtMost) return undefined;
    this.walks ??= byId ? this.#fromTheFirst(id) : fromStart();
    return this.walks.find((walk) => walk.leadsTo(id));
  }

  /** From the oldest of those that were asked for before: it is not in the pages, and was asked for by itself. */
  #fromTheFirst(id: string): readonly Walk[] {
    const [oldest] = [...this.asked].filter((one) => one !== id && isPlace(one)).sort();
    return this.refused || oldest === undefined ? fromStart() : [new Walk("asc", oldest), new Walk("desc", oldest)];
  }
}

const fromStart = (): readonly Walk[] => [new Walk("asc", undefined)];

export class Snapshots {
  #groups = new Map<string, Group>();
  #objectCount = 0;

  constructor(private readonly api: Api) {}

  /** Carries out a write. What was listed before it was answered says nothing about what is there after. */
  async writing<T>(write: () => Promise<T>): Promise<T> {
    this.#forget();
    try {
      return await write();
    } finally {
      this.#forget();
    }
  }

  #forget(): void {
    this.#groups = new Map();
    this.#objectCount = 0;
  }

  /**
   * The object as the vendor has it now.
   * @param single asks for this one alone; it decides whether the object is gone.
   */
  async read(
    resource: AnyResource,
    id: string,
    state: State,
    single: () => Promise<RemoteObject | undefined>,
  ): Promise<RemoteObject | undefined> {
    const { list } = resource;
    if (!list) {
      return single();
    }
    const group = this.#group(`${resource.kind} ${list.group(state)}`);
    // Whoever asks for the same object again wants to know what it is by then.
    if (group.asked.has(id)) {
      return single();
    }
    group.asked.add(id);
    if (group.objects.has(id)) group.answered++;
    else group.waiting.add(id);
    for (;;) {
      const found = group.objects.get(id);
      if (found) {
        group.objects.delete(id);
        return found;
      }
      const walk = group.fetching ? undefined : group.walkTo(id, list);
      if (!group.fetching && !walk) {
        group.waiting.delete(id);
        return single();
      }
      if (walk) {
        group.fetching = this.#fetch(group, walk, list, state).finally(() => {
          group.fetching = undefined;
        });
      }
      await group.fetching;
    }
  }

  #group(key: string): Group {
    const group = this.#groups.get(key) ?? new Group();
    this.#groups.set(key, group);
    return group;
  }

  async #fetch(group: Group, walk: Walk, list: List, state: State): Promise<void> {
    group.pages++;
    try {
      const page = await list.page(this.api, state, { limit: 100, order: walk.order, after: walk.cursor });
      for (const object of page.data) {
        group.add(object);
        const inside = list.embedded?.(object);
        if (inside) {
          this.#group(`${inside.kind} ${inside.group}`).add(inside.object);
        }
      }
      this.#objectCount += page.data.length;
      const { after } = page.list_metadata;
      walk.done = after === null || after === walk.cursor || this.#objectCount >= maxObjects;
      walk.cursor = after ?? walk.cursor;
    } catch (error) {
      group.failures++;
      if (walk.cursor !== undefined && isRefused(error)) {
        // The object that names the place may have been deleted meanwhile.
        group.refused = true;
        group.walks = undefined;
        return;
      }
      // Whatever is wrong will be met, and told, by the single reads; what was only slow may be better in a while.
      group.barredUntil = group.asked.size + readsAfterFailure;
    }
  }
}

function isRefused(error: unknown): boolean {
  return isWorkosError(error) && (error.kind === "invalid" || error.kind === "not_found");
}
