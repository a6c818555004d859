/** A failing history is reduced to what makes it fail, and a seed always means the same history. */
import { type History, historyOf, type RunStep } from "./support/history";
import { Life } from "./support/life";
import { shortest } from "./support/shrink";

const runs = ({ steps }: History) => steps.filter((step): step is RunStep => step.do === "run");

it("is reduced to the one step that fails", async () => {
  const meets401 = (history: History) => runs(history).some(({ faults }) => faults.some(({ what }) => what === "401"));
  const seed = Array.from({ length: 1_000 }, (_, index) => index).find((one) => meets401(historyOf(one)));
  const least = await shortest(historyOf(seed ?? 0), (history) => Promise.resolve(meets401(history)));
  expect(least.steps).toEqual([expect.objectContaining({ do: "run", parallel: 1, refresh: false })]);
  expect(runs(least)[0]?.faults).toEqual([expect.objectContaining({ what: "401" })]);
});

it("takes the same course each time, ids aside", async () => {
  const course = async () =>
    (await Life.of(historyOf(4))).log.map((line) => line.replace(/[0-9A-Z]{26}|sk_\.\.\.[\w-]+/g, "…"));
  expect(await course()).toEqual(await course());
});
