/** Ids in ascending order, which is the order of creation. Adding a new one is an append. */
export class SortedIds {
  private readonly ids: string[] = [];

  get size(): number {
    return this.ids.length;
  }

  at(index: number): string | undefined {
    return this.ids[index];
  }

  /** Index of the first id that is not less than `id`. */
  indexOf(id: string): number {
    let low = 0;
    let high = this.ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.ids[middle] ?? "") < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  add(id: string): void {
    const last = this.ids[this.ids.length - 1];
    if (last === undefined || last < id) {
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

  static of(ids: Iterable<string>): SortedIds {
    const sorted = new SortedIds();
    for (const id of [...new Set(ids)].sort()) sorted.add(id);
    return sorted;
  }
}
