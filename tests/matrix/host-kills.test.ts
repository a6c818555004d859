import { kinds } from "../../provider/resources";
import { hostKills } from "./support/faults";
import { livesOf } from "./support/kills";
import { live } from "./support/lives";
import { Pool } from "./support/pool";
import { steps } from "./support/programs";
import { failuresIn } from "./support/report";

describe("a provider process that is killed before or after a call took effect", () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await Pool.open(2);
  });
  afterAll(() => pool.close());

  it("leaves nothing that is made twice, and what is left is named with its remedy, with adopt: never", async () => {
    const lives = await livesOf(pool.first, hostKills, "never");
    expect(lives.length).toBeGreaterThan(0);
    expect(failuresIn((await pool.each(lives, live)).flat())).toEqual([]);
  }, 900_000);

  it("leaves nothing that is made twice of any kind, and nothing that the next run does not repair", async () => {
    const after = hostKills.filter(({ effect }) => effect);
    const lives = await livesOf(pool.first, after, "never", ["create access", "create settings"]);
    expect(lives.map(({ clean }) => clean.step.name)).toEqual(["create access", "create settings"]);
    expect(failuresIn((await pool.each(lives, live)).flat())).toEqual([]);
  }, 900_000);

  it("names a step for every kind", () => {
    const programs = steps.map(({ program }) => program("never")).join();
    expect(kinds.filter((kind) => !programs.includes(`new workos.${kind}(`))).toEqual([]);
  });

  it("leaves nothing that the next run does not repair, with adopt: if-exists", async () => {
    const lives = await livesOf(pool.first, hostKills, "if-exists", ["create"]);
    expect(lives.length).toBeGreaterThan(0);
    expect(failuresIn((await pool.each(lives, live)).flat())).toEqual([]);
  }, 900_000);
});
