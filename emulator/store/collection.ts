import { type Entity } from "./entities";
import { type Order, Places } from "./places";
import { SortedIds } from "./sorted-ids";

/** Told of every change, so that it can be undone and written to the journal; `place` is what the object had before. */
export type OnChange = (id: string, before: unknown, after: unknown, place: string) => void;

/** What an index lists instead of the objects' own ids, and in which order. */
export interface Listed<T> {
  entry(object: T): string;
  readonly order: Order;
}

/** How many places of objects that are gone are remembered. */
const mostRemembered = 10_000;

const none = new SortedIds();

/** Objects of one kind by id, in order, and by the keys that requests look them up with. */
export class Collection<T extends Entity, Index extends string> {
  private readonly objects = new Map<string, T>();
  /** The order of creation, also for lists of these ids elsewhere. */
  readonly places = new Places();
  private readonly order = new SortedIds(this.places);
  private readonly indexes = new Map<Index, Map<string, SortedIds>>();

  private readonly indexNames: readonly Index[];

  /**
   * @param keys What each index finds an object by.
   * @param listed What an index lists instead of the object's own id: one object a value within a key, and never
   * another value while the key stays.
   * @param weightOf What an object adds to the weight of all; the same for the same object.
   */
  constructor(
    private readonly keys: Readonly<Record<Index, (object: T) => string | null>>,
    private readonly onChange: OnChange,
    private readonly listed?: Readonly<Partial<Record<Index, Listed<T>>>>,
    private readonly weightOf: (object: T) => number = () => 0,
  ) {
    this.indexNames = Object.keys(keys) as Index[];
    for (const index of this.indexNames) this.indexes.set(index, new Map());
  }

  private total = 0;

  get size(): number {
    return this.objects.size;
  }

  /** Of all objects together. */
  get weight(): number {
    return this.total;
  }

  get(id: string): T | undefined {
    return this.objects.get(id);
  }

  ids(): SortedIds {
    return this.order;
  }

  all(): T[] {
    return this.resolve(this.order);
  }

  /** What `index` lists under `key`, in order: the ids of the objects, oldest first, unless it lists something else. */
  idsBy(index: Index, key: string): SortedIds {
    return this.indexes.get(index)?.get(key) ?? none;
  }

  by(index: Index, key: string): T[] {
    return this.resolve(this.idsBy(index, key));
  }

  put(object: T): void {
    const before = this.objects.get(object.id);
    this.onChange(object.id, before, object, this.places.of(object.id));
    this.replace(object.id, before, object);
  }

  /** @throws where an object that came from elsewhere could neither be put nor be taken out again. */
  check(object: T): void {
    for (const index of this.indexNames) {
      this.keys[index](object);
      this.entry(index, object);
    }
    this.weightOf(object);
  }

  delete(id: string): void {
    const before = this.objects.get(id);
    if (before === undefined) return;
    this.onChange(id, before, undefined, this.places.of(id));
    this.replace(id, before, undefined);
  }

  /**
   * Sets the state of one id without telling anyone: undoing and reading the journal. The value is one that this
   * collection handed to `onChange` earlier, possibly through a file that only this program writes.
   * @param place Where the object was; without it, a new one comes last.
   */
  restore(id: string, value: unknown, place?: string): void {
    this.replace(id, this.objects.get(id), (value ?? undefined) as T | undefined, place);
  }

  private replace(id: string, before: T | undefined, after: T | undefined, place?: string): void {
    this.total += (after === undefined ? 0 : this.weightOf(after)) - (before === undefined ? 0 : this.weightOf(before));
    if (after === undefined) {
      this.objects.delete(id);
      this.order.remove(id);
    } else {
      this.objects.set(id, after);
      if (before === undefined) this.append(id, place);
    }
    for (const index of this.indexNames) {
      const from = before === undefined ? null : this.keys[index](before);
      const to = after === undefined ? null : this.keys[index](after);
      if (from === to) continue;
      if (before !== undefined && from !== null) this.unlist(index, from, this.entry(index, before));
      if (after !== undefined && to !== null) this.list(index, to, this.entry(index, after));
    }
  }

  private append(id: string, place: string | undefined): void {
    if (place === undefined) this.places.append(id, this.order.at(this.order.size - 1));
    else this.places.putBack(id, place);
    this.order.add(id);
    if (this.places.size > this.objects.size + mostRemembered) this.places.forget((one) => !this.objects.has(one));
  }

  private entry(index: Index, object: T): string {
    return this.listed?.[index]?.entry(object) ?? object.id;
  }

  private list(index: Index, key: string, id: string): void {
    const keyed = this.indexes.get(index);
    const ids = keyed?.get(key) ?? new SortedIds(this.listed?.[index]?.order ?? this.places);
    ids.add(id);
    keyed?.set(key, ids);
  }

  private unlist(index: Index, key: string, id: string): void {
    const keyed = this.indexes.get(index);
    const ids = keyed?.get(key);
    ids?.remove(id);
    if (ids?.size === 0) keyed?.delete(key);
  }

  private resolve(ids: SortedIds): T[] {
    return ids.toArray().flatMap((id) => this.objects.get(id) ?? []);
  }
}
