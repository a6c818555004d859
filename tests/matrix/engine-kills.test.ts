import { engineKills } from "./support/faults";
import { killsOf, makesUser } from "./support/kills";
import { Pool } from "./support/pool";
import { type Adopt } from "./support/programs";
import { failuresIn } from "./support/report";
import { play } from "./support/scenario";

describe("an engine that is killed before or after a call took effect", () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await Pool.open(2);
  });
  afterAll(() => pool.close());

  it.each<Adopt>(["if-exists", "never"])(
    "takes its provider process with it, which sends nothing more, and the next runs repair it, with adopt: %s",
    async (adopt) => {
      const scenarios = await killsOf(pool.first, engineKills, adopt, makesUser);
      expect(scenarios.length).toBeGreaterThan(0);
      expect(failuresIn(await pool.each(scenarios, play))).toEqual([]);
    },
    900_000,
  );
});
