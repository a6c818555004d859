import fc from "fast-check";
import { Budget, type Permit } from "../../api/pace/budget";
import { budgetShare, defaultBudget, type BudgetLimits } from "../../api/pace/limits";
import { type Lane } from "../../api/endpoint";
import { SlidingWindow, type WindowLimit } from "../../api/pace/window";
import { busiest } from "./support/simulated-vendor";
import { settled, VirtualClock } from "./support/virtual-clock";

interface Job {
  readonly lane: Lane;
  /** When it comes, after the one before it. */
  readonly gap: number;
  readonly latency: number;
  /** Where between sending and answer the vendor sees it, from 0 to 1. */
  readonly arrival: number;
}
interface Sent extends Job {
  readonly index: number;
  readonly sentAt: number;
  readonly arrivedAt: number;
  readonly answeredAt: number;
}

const lanesOf: Record<keyof BudgetLimits, readonly Lane[]> = {
  read: ["read"],
  write: ["write", "organization_delete"],
  organization_delete: ["organization_delete"],
  all: ["read", "write", "organization_delete"],
};

/** Sends all jobs through a budget, against a vendor of these latencies; gives them in the order they were sent. */
async function simulate(limits: BudgetLimits, jobs: readonly Job[], concurrency = 1_000): Promise<Sent[]> {
  const clock = new VirtualClock();
  const budget = new Budget({ clock, limits, concurrency: { limit: concurrency } });
  const start = clock.now();
  const sent: Sent[] = [];
  const send = async (job: Job, index: number) => {
    const permit = await budget.enter(job.lane, index);
    const sentAt = clock.now() - start;
    sent.push({
      ...job,
      index,
      sentAt,
      arrivedAt: sentAt + job.arrival * job.latency,
      answeredAt: sentAt + job.latency,
    });
    if (job.latency > 0) await clock.sleep(job.latency);
    permit.done("counted", true);
  };
  let at = 0;
  const running = jobs.map(async (job, index) => {
    at += job.gap;
    if (at > 0) await clock.sleep(at);
    await send(job, index);
  });
  await clock.run();
  await Promise.all(running);
  return sent;
}

const window = (most: number, longest: number): fc.Arbitrary<WindowLimit> =>
  fc.record({ requests: fc.integer({ min: 1, max: most }), perMs: fc.integer({ min: 1, max: longest }) });
const limits = fc.record({
  read: window(8, 100),
  write: window(5, 100),
  organization_delete: window(3, 300),
  all: window(12, 300),
});
const job: fc.Arbitrary<Job> = fc.record({
  lane: fc.constantFrom<Lane>("read", "write", "organization_delete"),
  gap: fc.oneof(fc.constant(0), fc.nat(40)),
  latency: fc.nat(150),
  arrival: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe("the rate budget", () => {
  it("never lets the vendor see more than a limit in any window, whatever the network does", async () => {
    await fc.assert(
      fc.asyncProperty(limits, fc.array(job, { maxLength: 60 }), async (budget, jobs) => {
        const sent = await simulate(budget, jobs);
        expect(sent).toHaveLength(jobs.length);
        for (const name of ["read", "write", "organization_delete", "all"] as const) {
          const counted = sent.filter(({ lane }) => lanesOf[name].includes(lane));
          const { requests, perMs } = budget[name];
          expect(
            busiest(
              counted.map((one) => one.arrivedAt),
              perMs,
            ),
          ).toBeLessThanOrEqual(requests);
          expect(
            busiest(
              counted.map((one) => one.sentAt),
              perMs,
            ),
          ).toBeLessThanOrEqual(requests);
          expect(
            busiest(
              counted.map((one) => one.answeredAt),
              perMs,
            ),
          ).toBeLessThanOrEqual(requests);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("the check itself finds one request too many", () => {
    expect(busiest([0, 5, 9, 10, 11], 10)).toBe(4);
    expect(busiest([0, 5, 9, 10, 15], 10)).toBe(3);
  });

  it("sends each lane's requests in the order they came", async () => {
    await fc.assert(
      fc.asyncProperty(
        limits,
        fc.array(job, { maxLength: 50 }),
        fc.integer({ min: 1, max: 5 }),
        async (budget, jobs, parallel) => {
          const sent = await simulate(budget, jobs, parallel);
          for (const lane of ["read", "write", "organization_delete"] as const) {
            const order = sent.filter((one) => one.lane === lane).map((one) => one.index);
            expect(order).toEqual([...order].sort((a, b) => a - b));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it("is used nearly in full while work is waiting", async () => {
    await fc.assert(
      fc.asyncProperty(
        window(10, 1_000),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 6 }),
        async (limit, latency, rounds) => {
          const jobs = Array.from({ length: limit.requests * rounds }, () => ({
            lane: "read" as const,
            gap: 0,
            latency,
            arrival: 0.5,
          }));
          const sent = await simulate({ ...defaultBudget, read: limit }, jobs);
          // One latency and one tick of the clock per window is all that certainty costs.
          expect(sent.at(-1)?.sentAt).toBe((rounds - 1) * (limit.perMs + 1 + latency));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("holds the vendor's real limits over a minute of writes", async () => {
    const jobs = Array.from({ length: 2_600 }, () => ({ lane: "write" as const, gap: 0, latency: 60, arrival: 1 }));
    const sent = await simulate(defaultBudget, jobs, 64);
    expect(
      busiest(
        sent.map(({ arrivedAt }) => arrivedAt),
        10_000,
      ),
    ).toBe(500);
    // Six windows' worth less one: five full waits.
    expect(sent.at(-1)?.sentAt).toBeLessThan(5 * 10_000 * 1.06);
  });

  it("counts deleting an organization as a write too", async () => {
    const jobs = Array.from({ length: 4 }, () => ({
      lane: "organization_delete" as const,
      gap: 0,
      latency: 1,
      arrival: 0,
    }));
    const sent = await simulate({ ...defaultBudget, write: { requests: 2, perMs: 100 } }, jobs);
    expect(sent.map(({ sentAt }) => sentAt)).toEqual([0, 0, 102, 102]);
  });

  it("a lane that is at its limit does not hold up another", async () => {
    const lanes: Lane[] = ["write", "write", "read", "read"];
    const sent = await simulate(
      { ...defaultBudget, write: { requests: 1, perMs: 1_000 } },
      lanes.map((lane) => ({ lane, gap: 0, latency: 1, arrival: 0 })),
    );
    expect(sent.map(({ index, sentAt }) => [index, sentAt])).toEqual([
      [0, 0],
      [2, 0],
      [3, 0],
      [1, 1_002],
    ]);
  });

  it("never has more under way than the concurrency allows, and follows it when it changes", async () => {
    const clock = new VirtualClock();
    const concurrency = { limit: 2 };
    const budget = new Budget({ clock, limits: false, concurrency });
    const permits: Permit[] = [];
    for (let ticket = 0; ticket < 6; ticket++) void budget.enter("read", ticket).then((permit) => permits.push(permit));
    await settled();
    expect(permits).toHaveLength(2);
    concurrency.limit = 4;
    permits[0]?.done("counted", true);
    await settled();
    expect(permits).toHaveLength(5);
  });

  it("tells the concurrency how long exchanges took", async () => {
    const clock = new VirtualClock();
    const seen: [number, boolean][] = [];
    const budget = new Budget({
      clock,
      limits: false,
      concurrency: { limit: 1, observe: ({ latencyMs, healthy }) => seen.push([latencyMs, healthy]) },
    });
    const permit = await budget.enter("read", 0);
    clock.jump(70);
    permit.done("counted", false);
    (await budget.enter("read", 1)).done("unsent", false);
    expect(seen).toEqual([[70, false]]);
  });

  it("gives back at once what was never sent", async () => {
    const budget = new Budget({
      clock: new VirtualClock(),
      limits: { ...defaultBudget, read: { requests: 1, perMs: 1_000 } },
      concurrency: { limit: 9 },
    });
    for (let ticket = 0; ticket < 3; ticket++) (await budget.enter("read", ticket)).done("unsent", false);
  });

  it("a repeated request goes before those that came after it", async () => {
    const clock = new VirtualClock();
    const budget = new Budget({ clock, limits: false, concurrency: { limit: 1 } });
    const order: number[] = [];
    const enter = (ticket: number) => budget.enter("write", ticket).then((permit) => (order.push(ticket), permit));
    const first = await enter(3);
    const rest = [5, 7, 1, 6, 2, 9].map(enter);
    first.done("counted", true);
    for (const ticket of [1, 2, 5, 6, 7, 9]) {
      await settled();
      expect(order.at(-1)).toBe(ticket);
      const permit = await rest[[5, 7, 1, 6, 2, 9].indexOf(ticket)];
      permit?.done("counted", true);
    }
  });

  it("those who gave up are skipped, and what they waited for goes to the next", async () => {
    const clock = new VirtualClock();
    const budget = new Budget({
      clock,
      limits: { ...defaultBudget, read: { requests: 1, perMs: 50 } },
      concurrency: { limit: 9 },
    });
    (await budget.enter("read", 0)).done("counted", true);
    const controller = new AbortController();
    const givenUp = budget.enter("read", 1, controller.signal);
    const next = budget.enter("read", 2);
    controller.abort(new Error("enough"));
    await expect(givenUp).rejects.toThrow("enough");
    await clock.run();
    (await next).done("counted", true);
  });

  it("survives a computer clock that is set back", async () => {
    const clock = new VirtualClock();
    const budget = new Budget({
      clock,
      limits: { ...defaultBudget, read: { requests: 1, perMs: 1_000 } },
      concurrency: { limit: 9 },
    });
    (await budget.enter("read", 0)).done("counted", true);
    clock.jump(-3_600_000);
    const before = clock.now();
    const next = budget.enter("read", 1);
    await clock.run();
    (await next).done("counted", true);
    expect(clock.now() - before).toBe(1_001);
  });

  it("tells of a wait once per stretch, not once per request", async () => {
    const clock = new VirtualClock();
    const told: object[] = [];
    const budget = new Budget({
      clock,
      limits: { ...defaultBudget, write: { requests: 1, perMs: 2_999 } },
      concurrency: { limit: 9 },
      onWait: (wait) => told.push(wait),
    });
    const all = Array.from({ length: 9 }, (_, ticket) =>
      budget.enter("write", ticket).then((permit) => permit.done("counted", true)),
    );
    await clock.run();
    await Promise.all(all);
    // Nine requests wait for 24 seconds in all, and a wait is told of every ten.
    expect(told).toHaveLength(2);
    expect(told[0]).toEqual({ reason: "budget", lane: "write", ms: 3_000 });
  });

  it("refuses all that wait, and all that come, once it is stopped", async () => {
    const budget = new Budget({ clock: new VirtualClock(), limits: false, concurrency: { limit: 1 } });
    const permit = await budget.enter("read", 0);
    const waiting = budget.enter("write", 1);
    budget.stop(new Error("over"));
    await expect(waiting).rejects.toThrow("over");
    await expect(budget.enter("read", 2)).rejects.toThrow("over");
    permit.done("counted", true);
  });

  it.each([
    { requests: 0, perMs: 1 },
    { requests: 1.5, perMs: 1 },
    { requests: 1, perMs: 0 },
    { requests: 1, perMs: NaN },
  ])("refuses the limit %j", (limit) => {
    expect(() => new SlidingWindow(limit)).toThrow(RangeError);
  });

  it("is divided among processes with everything in it", () => {
    expect(budgetShare(1_000, 500)).toEqual(defaultBudget);
    // A quarter of the reads and a tenth of the writes: the larger part of what is counted together.
    expect(budgetShare(250, 50)).toEqual({
      read: { requests: 250, perMs: 10_000 },
      write: { requests: 50, perMs: 10_000 },
      organization_delete: { requests: 5, perMs: 60_000 },
      all: { requests: 1_500, perMs: 60_000 },
    });
    expect(budgetShare(5_000, 1)).toMatchObject({ organization_delete: { requests: 1 }, all: defaultBudget.all });
  });
});
