/** Lists: one page by `await`, every item by `for await`. */
import { fits } from "./about";
import { WorkosError } from "./errors";

/** Largest page the vendor allows; what iterating asks for, so that a list costs the fewest requests. */
export const MAX_PAGE_SIZE = 100;

/** What the vendor answers to a list request. */
export interface ListAnswer<T> {
  data: T[];
  list_metadata: { before: string | null; after: string | null };
}

/** One page of a list. */
export interface Page<T> extends ListAnswer<T> {
  /** True where there is another page after this one. */
  readonly hasMore: boolean;
  /** The next page, with the same filters; `undefined` at the end. */
  next(): PagePromise<T> | undefined;
}

type ListInput = Readonly<Record<string, unknown>>;
export type FetchPage<T> = (input: ListInput) => Promise<ListAnswer<T>>;

/**
 * A list that has not been asked for yet. `await` fetches one page; `for await` walks every item in pages of 100
 * (or of the `limit` that was given) to the end; `all()` collects them. Nothing is requested before that.
 */
export class PagePromise<T> implements Promise<Page<T>>, AsyncIterable<T> {
  readonly [Symbol.toStringTag] = "PagePromise";
  readonly #fetch: FetchPage<T>;
  readonly #input: ListInput;
  readonly #shown: { method: string; path: string };
  #page?: Promise<Page<T>>;

  constructor(fetch: FetchPage<T>, input: ListInput, shown: { method: string; path: string }) {
    this.#fetch = fetch;
    this.#input = input;
    this.#shown = shown;
  }

  then<A = Page<T>, B = never>(
    onFulfilled?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#first().then(onFulfilled, onRejected);
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<Page<T> | B> {
    return this.#first().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Page<T>> {
    return this.#first().finally(onFinally);
  }

  /** Every item of the list, from the first page on. */
  async all(): Promise<T[]> {
    const items: T[] = [];
    for await (const item of this) items.push(item);
    return items;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    const seen = new Set<string>();
    const ids = new Set<unknown>();
    let input: ListInput = { limit: MAX_PAGE_SIZE, ...withoutUndefined(this.#input) };
    for (;;) {
      const { data, list_metadata } = await this.#fetch(input);
      // What changes its place while a list is walked comes twice.
      const fresh = unseen(data, ids);
      yield* fresh.filter((item) => fits(this.#input, item));
      const cursor = list_metadata[direction(input)];
      if (cursor === null || cursor === "" || data.length === 0) return;
      // Some implementations answer an unknown cursor with the first page: without this, a list without end.
      if (seen.has(cursor) || fresh.length === 0) throw this.#notAdvancing();
      seen.add(cursor);
      input = nextInput(input, cursor);
    }
  }

  #first(): Promise<Page<T>> {
    this.#page ??= this.#fetch(this.#input).then((answer) => this.#toPage(answer));
    return this.#page;
  }

  #toPage(answer: ListAnswer<T>): Page<T> {
    const cursor = answer.list_metadata[direction(this.#input)];
    const hasMore = cursor !== null && cursor !== "" && cursor !== this.#input[direction(this.#input)];
    return {
      ...answer,
      data: unseen(answer.data, new Set()).filter((item) => fits(this.#input, item)),
      hasMore,
      next: () => (hasMore ? new PagePromise(this.#fetch, nextInput(this.#input, cursor), this.#shown) : undefined),
    };
  }

  #notAdvancing(): WorkosError {
    return new WorkosError(
      {
        kind: "bad_response",
        outcome: "refused",
        code: "cursor_not_advancing",
        message: "the list brings nothing new, and would never end",
        fields: [],
      },
      { ...this.#shown, attempts: 1, retryable: false, ambiguous: false },
    );
  }
}

/** What is not among these ids yet, each once; they are added. */
function unseen<T>(items: readonly T[], ids: Set<unknown>): T[] {
  return items.filter((item) => {
    const id = idOf(item) ?? item;
    const fresh = !ids.has(id);
    ids.add(id);
    return fresh;
  });
}

const idOf = (item: unknown): unknown =>
  typeof item === "object" && item !== null && "id" in item ? item.id : undefined;

/** A list asked for with `before` is walked backward; both cursors are never sent together. */
const direction = (input: ListInput) => (input.before === undefined ? "after" : "before");

const nextInput = (input: ListInput, cursor: string): ListInput => ({ ...input, [direction(input)]: cursor });

const withoutUndefined = (input: ListInput): ListInput =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

/** The first object of a list for which this holds; no page is asked for after it. */
export async function firstWhere<T>(list: AsyncIterable<T>, holds: (one: T) => boolean): Promise<T | undefined> {
  for await (const one of list) if (holds(one)) return one;
  return undefined;
}
