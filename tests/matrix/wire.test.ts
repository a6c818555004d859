import { type Adopt, steps } from "./support/programs";
import { Pool } from "./support/pool";
import { isFull, failuresIn } from "./support/report";
import { playWire, wireFaults } from "./support/wire-faults";

describe("answers that are cut, late, refused or damaged", () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await Pool.open(2);
  });
  afterAll(() => pool.close());

  const modes: Adopt[] = isFull ? ["if-exists", "never"] : ["never"];
  it.each(modes)(
    "are survived in every call, and the stack ends as after a clean run, with adopt: %s",
    async (adopt) => {
      const wanted = isFull ? steps : steps.filter(({ name }) => name === "create");
      const faults = isFull && adopt === "never" ? Object.keys(wireFaults) : ["cut after", "500 after"];
      const clean = await pool.first.cleanRuns(adopt, wanted);
      const scenarios = [...clean.values()]
        .filter(({ step }) => adopt === "never" || !step.createsNothing)
        .flatMap((run) => faults.map((fault) => ({ clean: run, adopt, fault })));
      expect(failuresIn((await pool.each(scenarios, playWire)).flat())).toEqual([]);
    },
    15 * 60_000,
  );
});
