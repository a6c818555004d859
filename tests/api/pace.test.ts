/** How fast a budget is used, and what happens when it is not ours alone: in virtual time, against a simulated vendor. */
import fc from "fast-check";
import { fixedConcurrency } from "../../api/pace/concurrency";
import { busiest, run, type Run, type VendorOptions } from "./support/simulated-vendor";

const writes = { requests: 500, perMs: 10_000 };
const generous = fixedConcurrency(10_000);

/** A way of so many milliseconds there and back, each of which varies by this part up and down. */
function way(ms: number, jitter = 0, seed = 1): Pick<VendorOptions, "up" | "down"> {
  const random = randomFrom(seed);
  const leg = () => (ms / 2) * (1 - jitter + 2 * jitter * random());
  return { up: leg, down: leg };
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The part of the budget that is used in whole windows after the first `skipped` requests, while work is waiting. */
function utilisation({ sentAt }: Run, { requests, perMs }: typeof writes, skipped: number): number {
  const windows = Math.floor((sentAt.length - skipped - 1) / requests);
  const from = sentAt[skipped] ?? 0;
  const to = sentAt[skipped + windows * requests] ?? 0;
  return (windows * perMs) / (to - from);
}

describe("the pace of writes", () => {
  it.each<[latency: string, ms: number, jitter: number, least: number]>([
    ["5 ms", 5, 0.5, 0.99],
    ["60 ms", 60, 0, 0.99],
    ["60 ms, varying by half", 60, 0.5, 0.99],
    ["300 ms", 300, 0.1, 0.97],
    ["1 s", 1_000, 0.1, 0.95],
    ["2 s", 2_000, 0, 0.95],
    ["2 s, varying by a tenth", 2_000, 0.1, 0.95],
  ])("is within 5 percent of the budget at a latency of %s, and never over", async (_name, ms, jitter, least) => {
    const paced = await run(3_000, writes, way(ms, jitter));
    expect(busiest(paced.arrivedAt, writes.perMs)).toBe(writes.requests);
    expect(busiest(paced.sentAt, writes.perMs)).toBeLessThanOrEqual(writes.requests);
    // The first window goes into learning how slow the server is.
    expect(utilisation(paced, writes, 700)).toBeGreaterThanOrEqual(least);
    expect(utilisation(paced, writes, 700)).toBeLessThanOrEqual(1);
  });

  it("keeps to any budget at any latency, in what is sent and in what arrives", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ requests: fc.integer({ min: 1, max: 120 }), perMs: fc.integer({ min: 100, max: 10_000 }) }),
        fc.double({ min: 0, max: 0.4, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer(),
        async (own, part, jitter, seed) => {
          const paced = await run(own.requests * 6, own, way(part * own.perMs, jitter, seed), generous);
          expect(busiest(paced.sentAt, own.perMs)).toBeLessThanOrEqual(own.requests);
          expect(busiest(paced.arrivedAt, own.perMs)).toBeLessThanOrEqual(own.requests);
        },
      ),
      // The same cases every time: of what arrives it is certain only up to a luck that none of these has.
      { numRuns: 150, seed: 1 },
    );
  });

  it("stakes nothing any more once that went wrong", async () => {
    // After a while the way becomes faster from one request to the next, so that the next come too early.
    let asked = 0;
    const own = { requests: 100, perMs: 1_000 };
    const up = () => (asked++ < 450 ? 300 : 10);
    const surprised = await run(1_500, own, { limit: own, up, down: () => 10 });
    expect(busiest(surprised.sentAt, own.perMs)).toBeLessThanOrEqual(own.requests);
    expect(surprised.refusedAt.length).toBeGreaterThan(0);
    expect(surprised.answeredAt).toHaveLength(1_500);
    const last = Math.max(...surprised.refusedAt);
    expect(last).toBeLessThan((Math.max(...surprised.answeredAt) * 3) / 4);
  });
});

describe("a budget that somebody else uses too", () => {
  const cases = [60, 2_000].flatMap((ms) =>
    [100, 250, 450].flatMap((others) => [true, false].map((headers) => [ms, others, headers] as const)),
  );
  it.each(cases)(
    "at %i ms, of which they use %i, headers %s: all is done, with few refusals",
    async (ms, perWindow, headers) => {
      const count = 1_000;
      const others = { perWindow, untilMs: 100_000 };
      const shared = await run(count, writes, { limit: writes, headers, others, ...way(ms, 0.1) });
      expect(shared.answeredAt).toHaveLength(count);
      const windows = Math.max(...shared.answeredAt) / writes.perMs;
      // What is under way when the first refusal comes is refused with it; from then on a few in each window are.
      expect(shared.refusedAt.length).toBeLessThan(2 * shared.most + 8 * windows);
      // Of what they leave, most is used.
      expect(windows).toBeLessThan(1.5 * (count / (writes.requests - perWindow)) + 2);
    },
  );

  it("is ours again when they are done", async () => {
    const others = { perWindow: 450, untilMs: 30_000 };
    const shared = await run(3_000, writes, { limit: writes, others, ...way(60) });
    const later = shared.arrivedAt.filter((at) => at >= 60_000);
    expect(later.length).toBeGreaterThan(1_000);
    expect(utilisation({ ...shared, sentAt: later }, writes, 0)).toBeGreaterThan(0.95);
  });

  it("costs nothing where the vendor's count only says what we know", async () => {
    const alone = await run(3_000, writes, { limit: writes, headers: true, ...way(60, 0.5) });
    expect(alone.refusedAt).toEqual([]);
    expect(utilisation(alone, writes, 700)).toBeGreaterThan(0.98);
  });

  it("may be smaller than ours: the vendor's own count is obeyed", async () => {
    const smaller = { requests: 50, perMs: 10_000 };
    const told = await run(300, writes, { limit: smaller, headers: true, ...way(60) });
    expect(told.answeredAt).toHaveLength(300);
    expect(told.refusedAt.length).toBeLessThan(60);
  });
});

describe("how many are under way", () => {
  it("follows the latency: few for a fast server, as many as the budget needs for a slow one", async () => {
    const most = async (ms: number) => (await run(2_000, writes, way(ms))).most;
    expect([await most(2), await most(60), await most(300), await most(10_000)]).toEqual([8, 30, 150, 256]);
  });

  it.each([
    [4, 100],
    [2, 500],
    [20, 500],
    [1, 60],
  ])("a server that works on %i at a time, %i ms each, has no long line before it", async (count, ms) => {
    const crowded = await run(600, writes, { up: () => 30, down: () => 30, workers: { count, ms } });
    expect(crowded.most).toBeLessThanOrEqual(Math.max(20, 7 * count));
    // And is kept busy all the same.
    const least = (600 / count) * ms;
    expect(Math.max(...crowded.answeredAt)).toBeLessThan(Math.max(1.1 * least + 1_000, 2 * writes.perMs));
  });

  it("finds its way back when the server becomes slower by itself", async () => {
    let asked = 0;
    const slower = await run(3_000, writes, { up: () => (asked++ < 700 ? 30 : 1_000), down: () => 30 });
    expect(utilisation(slower, writes, 1_500)).toBeGreaterThan(0.85);
  });
});
