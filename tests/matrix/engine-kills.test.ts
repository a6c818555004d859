import { engineKills } from "./support/faults";
import { livesOf } from "./support/kills";
import { live } from "./support/lives";
import { Pool } from "./support/pool";
import { type Adopt } from "./support/programs";
import { failuresIn } from "./support/report";

describe("an engine that is killed before or after a call took effect", () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await Pool.open(2);
  });
  afterAll(() => pool.close());

  it.each<Adopt>(["never", "if-exists"])(
    "takes its provider process with it, which sends nothing more, and the next runs repair it, with adopt: %s",
    async (adopt) => {
      const lives = await livesOf(pool.first, engineKills, adopt, ["create roots"]);
      expect(lives.length).toBeGreaterThan(0);
      expect(failuresIn((await pool.each(lives, live)).flat())).toEqual([]);
    },
    900_000,
  );
});
