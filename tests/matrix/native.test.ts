/** The native plugin under the faults of the matrix: killed itself, left by its engine, and told to stop. */
import { nativeEntry } from "./support/entries";
import { engineKills, hostKills, interrupt, stopAt } from "./support/faults";
import { livesOf } from "./support/kills";
import { live } from "./support/lives";
import { Pool } from "./support/pool";
import { type Adopt, stepNamed } from "./support/programs";
import { failuresIn, isFull } from "./support/report";

let pool: Pool;
beforeAll(async () => {
  pool = await Pool.open(2, nativeEntry);
});
afterAll(() => pool.close());

it.each<Adopt>(isFull ? ["never", "if-exists"] : ["if-exists"])(
  "killed before or after a call took effect, it leaves nothing that is made twice, and the next run repairs the rest, with adopt: %s",
  async (adopt) => {
    const lives = await livesOf(pool.first, hostKills, adopt, ["create"]);
    expect(lives.length).toBeGreaterThan(0);
    expect(failuresIn((await pool.each(lives, live)).flat())).toEqual([]);
  },
  900_000,
);

it.each<Adopt>(isFull ? ["never", "if-exists"] : ["if-exists"])(
  "ends with an engine that is killed, sends nothing more, and the next runs repair it, with adopt: %s",
  async (adopt) => {
    const lives = await livesOf(pool.first, engineKills, adopt, ["create roots"]);
    expect(lives.length).toBeGreaterThan(0);
    expect(failuresIn((await pool.each(lives, live)).flat())).toEqual([]);
  },
  900_000,
);

it("told to stop, it ends after the call in flight, and the next run continues from there", async () => {
  const bench = pool.first;
  const clean = (await bench.cleanRuns("if-exists", [stepNamed("create")])).get("create");
  if (!clean) throw new Error("no clean run");
  await bench.restore(clean.before);
  bench.write(clean.step.program("if-exists"));
  const nth = 1 + clean.calls.findIndex(({ operation }) => operation === "UserlandUsersController_create");
  const { held, child, finished } = await stopAt(bench, nth);
  await interrupt(child);
  await held.carryOut();
  held.answer();
  const { code } = await finished;
  expect(code).not.toBe(0);
  expect(bench.emulator.control.state().users.map(({ email }) => email)).toEqual(["ann@acme.example"]);

  const again = await bench.up();
  expect(again.combined).not.toContain("Adopted");
  expect(again.code).toBe(0);
  expect(await bench.differences(clean)).toEqual([]);
});
