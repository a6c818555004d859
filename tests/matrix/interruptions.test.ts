import { Bench, type CleanRun } from "./support/bench";
import { interrupt, stopAt } from "./support/faults";
import { ended, hostOf } from "./support/processes";
import { stepNamed } from "./support/programs";

describe("a run that is interrupted", () => {
  let bench: Bench;
  let clean: CleanRun;
  beforeAll(async () => {
    bench = await Bench.open();
    const run = (await bench.cleanRuns("if-exists", [stepNamed("create")])).get("create");
    if (!run) throw new Error("no clean run");
    clean = run;
  });
  beforeEach(async () => {
    await bench.restore(clean.before);
    bench.write(clean.step.program("if-exists"));
  });
  afterAll(() => bench.close());

  /** The first user's create, which a second call of the same create follows. */
  const userCreate = () => 1 + clean.calls.findIndex(({ operation }) => operation === "UserlandUsersController_create");

  it("ends after the call in flight at the first Ctrl-C, and the next run continues from there", async () => {
    const { held, child, finished } = await stopAt(bench, userCreate());
    await interrupt(child);
    await held.carryOut();
    held.answer();
    const { code, combined } = await finished;
    expect(code).not.toBe(0);
    expect(bench.emulator.control.state().users.map(({ email }) => email)).toEqual(["ann@acme.example"]);
    expect(combined).not.toContain("ben");

    const again = await bench.up();
    expect(again.combined).not.toContain("Adopted");
    expect(again.code).toBe(0);
    expect(await bench.differences(clean)).toEqual([]);
  });

  it("ends at once at the second Ctrl-C, and the next run repairs what the call in flight has left", async () => {
    const { held, child, finished } = await stopAt(bench, userCreate());
    const host = hostOf(bench);
    await interrupt(child);
    child.kill("SIGINT");
    // The call is still held: nothing but the interruption can end this.
    expect((await finished).code).not.toBe(0);
    await held.carryOut();
    held.answer();
    await ended(host.pid);
    expect(bench.emulator.control.state().users).toHaveLength(1);

    await bench.unlock();
    expect((await bench.up()).code).toBe(0);
    expect(await bench.differences(clean)).toEqual([]);
  });
});
