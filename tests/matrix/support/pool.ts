/** Benches that work through scenarios side by side. */
import { Bench } from "./bench";
import { dynamicEntry } from "./entries";

export class Pool {
  private constructor(readonly benches: readonly Bench[]) {}

  static async open(size: number, entry = dynamicEntry): Promise<Pool> {
    const benches: Bench[] = [];
    try {
      for (let count = 0; count < size; count++) benches.push(await Bench.open(entry));
    } catch (error) {
      await Promise.all(benches.map((bench) => bench.close()));
      throw error;
    }
    return new Pool(benches);
  }

  get first(): Bench {
    const [bench] = this.benches;
    if (!bench) throw new Error("the pool is empty");
    return bench;
  }

  /** Does every task once, each on a bench of its own meanwhile, and answers their results in order. */
  async each<Task, Result>(
    tasks: readonly Task[],
    work: (bench: Bench, task: Task) => Promise<Result>,
  ): Promise<Result[]> {
    const results: Result[] = [];
    const queue = [...tasks.entries()];
    await Promise.all(
      this.benches.map(async (bench) => {
        for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(bench, next[1]);
      }),
    );
    return results;
  }

  async close(): Promise<void> {
    await Promise.all(this.benches.map((bench) => bench.close()));
  }
}
