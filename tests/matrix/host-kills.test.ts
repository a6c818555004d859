import { hostKills } from "./support/faults";
import { killsOf, makesUser } from "./support/kills";
import { Pool } from "./support/pool";
import { failuresIn } from "./support/report";
import { play } from "./support/scenario";

describe("a provider process that is killed before or after a call took effect", () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await Pool.open(2);
  });
  afterAll(() => pool.close());

  it("leaves nothing that the next run does not repair, with adopt: if-exists", async () => {
    const scenarios = await killsOf(pool.first, hostKills, "if-exists");
    expect(scenarios.length).toBeGreaterThan(0);
    expect(failuresIn(await pool.each(scenarios, play))).toEqual([]);
  }, 900_000);

  it("leaves nothing that is made twice, and what is left is named with its remedy, with adopt: never", async () => {
    const scenarios = await killsOf(pool.first, hostKills, "never", makesUser);
    expect(scenarios.length).toBeGreaterThan(0);
    expect(failuresIn(await pool.each(scenarios, play))).toEqual([]);
  }, 900_000);
});
