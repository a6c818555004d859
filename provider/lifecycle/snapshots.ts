/**
 * Shared reads. A refresh asks for every object by itself; the vendor's lists answer a hundred at a time. Reads of one
 * group (the memberships of an organization, say) share its list where that saves requests, and only there:
 *
 * - The first few reads of a group are single requests, so that small programs never pay for a page, unless a single
 *   request is one for a page itself.
 * - After the first page, each further one must have been earned by a read that a page has answered. With `r` reads
 *   answered by `p` pages, `p` is at most `r + 1`; so of a group there is never more than one request for each object
 *   plus one page, whatever the list holds.
 * - Oldest objects come first, since that is the order in which the engine asks.
 *
 * A snapshot serves one refresh. Whatever this process writes ends all of them. What is missing from a list is asked
 * for by itself: a list is no proof that something is gone.
 */
import type { Api } from "../../api";
import { isWorkosError } from "../../api/http/errors";
import type { AnyResource, RemoteObject, State } from "../declare/resource";

/** Reads of a group that are answered by single requests before its list is worth a look. */
const singlesFirst = 2;

/** Objects kept at most in all; beyond that, reads are single again. */
const maxObjects = 100_000;

type List = NonNullable<AnyResource["list"]>;

class Group {
  readonly objects = new Map<string, RemoteObject>();
  readonly asked = new Set<string>();
  /** Reads that wait for a page. */
  readonly waiting = new Set<string>();
  answered = 0;
  pages = 0;
  restarts = 0;
  done = false;
  cursor: string | undefined;
  fetching: Promise<void> | undefined;

  /** Takes an object from a page. Counts before anybody who waits goes on, so that it matters to no one who is first. */
  add(object: RemoteObject): void {
    this.objects.set(object.id, object);
    if (this.waiting.delete(object.id)) this.answered++;
  }

  /** Whether another page costs no more than it may save. */
  mayFetch({ eager = false, pageFirst = false }: List): boolean {
    const singles = pageFirst ? 0 : singlesFirst;
    return !this.done && (eager || (this.asked.size > singles && this.pages <= this.answered));
  }
}

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
      if (!group.fetching && !group.mayFetch(list)) {
        group.waiting.delete(id);
        return single();
      }
      group.fetching ??= this.#fetch(group, list, state).finally(() => {
        group.fetching = undefined;
      });
      await group.fetching;
    }
  }

  #group(key: string): Group {
    const group = this.#groups.get(key) ?? new Group();
    this.#groups.set(key, group);
    return group;
  }

  async #fetch(group: Group, list: List, state: State): Promise<void> {
    group.pages++;
    try {
      const page = await list.page(this.api, state, { limit: 100, order: "asc", after: group.cursor });
      for (const object of page.data) {
        group.add(object);
        const inside = list.embedded?.(object);
        if (inside) {
          this.#group(`${inside.kind} ${inside.group}`).add(inside.object);
        }
      }
      this.#objectCount += page.data.length;
      const { after } = page.list_metadata;
      group.done = after === null || after === group.cursor || this.#objectCount >= maxObjects;
      group.cursor = after ?? undefined;
    } catch (error) {
      if (group.cursor !== undefined && group.restarts === 0 && isRefused(error)) {
        // The object that the cursor names may have been deleted meanwhile.
        group.restarts++;
        group.cursor = undefined;
        return;
      }
      // Whatever is wrong will be met, and told, by the single reads.
      group.done = true;
    }
  }
}

function isRefused(error: unknown): boolean {
  return isWorkosError(error) && (error.kind === "invalid" || error.kind === "not_found");
}
