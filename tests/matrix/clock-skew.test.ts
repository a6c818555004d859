import { Bench } from "./support/bench";
import { stepNamed } from "./support/programs";
import { failuresIn } from "./support/report";
import { playWire } from "./support/wire-faults";

const hourMs = 3_600_000;

describe("a vendor whose clock is not ours", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.close());

  it.each([
    ["an hour ahead", hourMs],
    ["an hour behind", -hourMs],
  ])("and is %s: an object whose create was not answered is known as ours all the same", async (_where, skewMs) => {
    const step = stepNamed("create");
    const clean = (await bench.cleanRuns("never", [step])).get("create");
    if (!clean) throw new Error("no clean run");
    expect(failuresIn(await playWire(bench, { clean, adopt: "never", fault: "cut after", skewMs }))).toEqual([]);
  });
});
