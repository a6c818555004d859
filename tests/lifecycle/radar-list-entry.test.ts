/** Entries of Radar's lists, which nothing reads. */
import { complaints } from "../support/checking";
import { lifeOf, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { rows } from "../kinds";
import { startRun } from "./support/run";

const current = useWorld();
const { accepted } = rows.RadarListEntry;

describe("a Radar list entry", () => {
  it("says who is on which list, and who is off it", async () => {
    const run = startRun(current());
    const { id, outs } = await run.life("RadarListEntry").create(accepted);
    await run.life("RadarListEntry").remove(id, outs);
    expect(run.said).toEqual([
      "The ip address 203.0.113.7 is on the block list now.",
      "The ip address 203.0.113.7 is off the block list.",
    ]);
  });

  it("that was there already is said, and is taken off all the same", async () => {
    await lifeOf("RadarListEntry", current()).create(accepted);
    const run = startRun(current());
    const { id, outs } = await run.life("RadarListEntry").create(accepted);
    expect(run.said[0]).toMatch(/^The ip address 203\.0\.113\.7 was on the block list already\. /);
    await startRun(current()).life("RadarListEntry").remove(id, outs);
    expect(current().control.state().radarEntries).toEqual([]);
  });

  it.each(["before", "after"] as const)(
    "of which an answer was lost %s the effect is not said to have been there already",
    async (when) => {
      const run = startRun(current());
      current().control.faults.add({ method: "POST", cut: "connection", when });
      await run.life("RadarListEntry").create(accepted);
      expect(run.said).toEqual([
        expect.stringMatching(when === "before" ? /is on the block list now\.$/ : /is on the block list, and may have/),
      ]);
    },
  );

  it("that has another name in the program by now stays on the list, though its former name is removed", async () => {
    const { id, outs } = await lifeOf("RadarListEntry", startRun(current())).create(accepted);
    const run = startRun(current());
    await run.life("RadarListEntry").create(accepted);
    await run.life("RadarListEntry").remove(id, outs);
    expect(current().control.state().radarEntries).toHaveLength(1);
    expect(run.said[1]).toMatch(/^Kept the Radar list entry ip_address 203\.0\.113\.7 \(block\)/);
  });

  it("is taken for there at a refresh, whatever somebody else did, without a request", async () => {
    const life = lifeOf("RadarListEntry", current());
    const { id, outs } = await life.create(accepted);
    await rows.RadarListEntry.end({ world: current(), id, inputs: accepted, state: outs });
    current().wire.clear();
    expect(await refreshed(life, id, outs)).toEqual({ props: outs, inputs: accepted });
    expect(current().wire.all()).toEqual([]);
  });

  test.each([
    ["ip_address", "203.0.113", "is not an IP address"],
    ["email", "ann", "is not an email address"],
    ["domain", "https://example.com", "is not a domain"],
    ["country", "Mars", "is not a country's code"],
  ])("of the type %s is not %s", (type, entry, problem) => {
    expect(complaints("RadarListEntry", { type, entry }).entry).toContain(`"${entry}" ${problem}`);
  });
});
