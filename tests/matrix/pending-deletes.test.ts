import { Bench, type CleanRun } from "./support/bench";
import { stopAt } from "./support/faults";
import { hostOf, kill } from "./support/processes";
import { stepNamed } from "./support/programs";

const hourMs = 3_600_000;

describe("a deletion that the vendor has accepted and not carried out when the process dies", () => {
  let bench: Bench;
  let clean: CleanRun;
  beforeAll(async () => {
    bench = await Bench.open();
    const runs = await bench.cleanRuns("never", [stepNamed("create"), stepNamed("delete")]);
    const run = runs.get("delete");
    if (!run) throw new Error("no clean run");
    clean = run;
  });
  afterAll(() => bench.close());

  /** Kills the provider's process while it looks whether the first deleted user is gone. */
  async function dieWaiting(): Promise<void> {
    await bench.restore(clean.before);
    bench.emulator.control.asyncDeletes.set({ delayMs: hourMs });
    bench.write(clean.step.program("never"));
    const looks = 1 + clean.calls.findIndex(({ path, status }) => path.includes("/users/user_") && status === 404);
    expect(looks).toBeGreaterThan(0);
    const { held, finished } = await stopAt(bench, looks);
    kill(hostOf(bench).pid);
    await held.dropped;
    expect((await finished).code).not.toBe(0);
    expect(bench.emulator.control.state().pendingDeletions).toHaveLength(1);
  }

  it("is found done by the next run", async () => {
    await dieWaiting();
    bench.emulator.control.clock.advance(hourMs);
    bench.emulator.control.asyncDeletes.set(false);
    const { code, combined } = await bench.up();
    expect(combined).not.toContain("error");
    expect(code).toBe(0);
    expect(await bench.differences(clean)).toEqual([]);
  });

  it("is reported as pending while it lasts, and then found done", async () => {
    await dieWaiting();
    const impatient = await bench.up([], { WORKOS_DELETE_TIMEOUT: "1" });
    expect(impatient.code).not.toBe(0);
    expect(impatient.combined).toContain("the deletion is pending");
    bench.emulator.control.clock.advance(hourMs);
    bench.emulator.control.asyncDeletes.set(false);
    expect((await bench.up()).code).toBe(0);
    expect(await bench.differences(clean)).toEqual([]);
  });
});
