/**
 * Works through items, so many at a time, in their order.
 * @template T
 * @param {readonly T[]} items
 * @param {number} width
 * @param {(item: T, index: number) => Promise<void>} work
 */
export async function each(items, width, work) {
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) await work(item, index);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
