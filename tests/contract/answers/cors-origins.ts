import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { corsOrigins } = endpoints;
const origin = "https://app.example.com";

export function corsOriginAnswers(run: RunOf): void {
  test("origins are added once each, and listed by pages", async () => {
    const made = await run().call(corsOrigins.create, { origin });
    const other = await run().call(corsOrigins.create, { origin: "http://localhost:3000" });
    expect((await run().call(corsOrigins.list, { limit: 1, order: "asc" })).data).toEqual([made]);
    expect((await run().call(corsOrigins.list, { order: "asc", after: made.id })).data).toEqual([other]);
    const again = { status: 409, code: "duplicate_cors_origin" };
    expect(await run().refused(corsOrigins.create, { origin })).toMatchObject(again);
  });

  test.each([`${origin}/`, `${origin}/path`, "app.example.com", "https://ann@app.example.com", "null", "*", 1])(
    "what is no origin is refused as documented: %s",
    async (refused) => {
      expect(await run().refused(corsOrigins.create, { origin: refused })).toMatchObject({ status: 422 });
    },
  );

  test("a page that cannot be is 422", async () => {
    expect(await run().refused(corsOrigins.list, { limit: "many" })).toMatchObject({ status: 422 });
  });

  test("one that was removed in the dashboard can be added again", async () => {
    const { id } = await run().call(corsOrigins.create, { origin });
    run().control.removeCorsOrigin(id);
    expect(() => run().control.removeCorsOrigin(id)).toThrow("not found");
    expect((await run().call(corsOrigins.create, { origin })).id).not.toBe(id);
  });
}
