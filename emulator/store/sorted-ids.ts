import { byId, type Order } from "./places";

/** Ids in the order of creation. Adding a new one is an append. */
export class SortedIds {
  private readonly ids: string[] = [];

  constructor(readonly order: Order = byId) {}

  get size(): number {
    return this.ids.length;
  }

  at(index: number): string | undefined {
    return this.ids[index];
  }

  /** Index of the first id whose place is not before that of `id`. */
  indexOf(id: string): number {
    const place = this.order.of(id);
    let low = 0;
    let high = this.ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.order.of(this.ids[middle] ?? "") < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  add(id: string): void {
    const last = this.ids[this.ids.length - 1];
    if (last === undefined || this.order.of(last) < this.order.of(id)) {
      this.ids.push(id);
      return;
    }
    const index = this.indexOf(id);
    if (this.ids[index] !== id) this.ids.splice(index, 0, id);
  }

  remove(id: string): void {
    const index = this.indexOf(id);
    if (this.ids[index] === id) this.ids.splice(index, 1);
  }

  toArray(): string[] {
    return [...this.ids];
  }

  static of(ids: Iterable<string>, order: Order = byId): SortedIds {
    const sorted = new SortedIds(order);
    for (const id of ids) sorted.add(id);
    return sorted;
  }
}
