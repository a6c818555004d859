/** What WorkOS cannot delete stays, and a run says so. */
import { useWorld } from "../support/world";
import { startRun, takeCalls } from "./support/run";

const current = useWorld();
const origin = "https://app.example.com";

it("stays when it is removed from the program, which asks nothing of WorkOS and is said", async () => {
  const { life, said } = startRun(current());
  const { id, outs } = await life("CorsOrigin").create({ origin, onDestroy: "retain" });
  takeCalls(current());
  await life("CorsOrigin").remove(id, outs);
  expect(takeCalls(current())).toEqual([]);
  expect(said).toEqual([
    `The CORS origin ${origin} stays as it is: WorkOS has no operation that deletes it. Its pages may call WorkOS as before.`,
  ]);
});

it("that was left there is taken up again by adopt, and a conflict without it", async () => {
  const { id } = await startRun(current()).life("CorsOrigin").create({ origin, onDestroy: "retain" });
  const { life } = startRun(current());
  await expect(life("CorsOrigin").create({ origin, onDestroy: "retain" })).rejects.toThrow(`exists already: ${id}`);
  expect((await life("CorsOrigin").create({ origin, adopt: "if-exists" })).id).toBe(id);
});

it("that was added again in the dashboard is still the one that is declared", async () => {
  const { life } = startRun(current());
  const { id, outs } = await life("CorsOrigin").create({ origin, onDestroy: "retain" });
  current().control.removeCorsOrigin(id);
  const again = await current().api.corsOrigins.create({ origin });
  expect((await life("CorsOrigin").read(id, outs)).id).toBe(again.id);
});
