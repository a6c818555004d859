import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { radarLists: lists } = endpoints;

export function radarAnswers(run: RunOf): void {
  test("an entry is added once, found there after that, and taken off", async () => {
    const entry = { type: "country", action: "block", entry: "CH" };
    await run().call(lists.add, entry, 204);
    expect(await run().call(lists.add, entry, 200)).toMatchObject({ message: expect.any(String) as unknown });
    await run().call(lists.remove, entry);
    expect(await run().refused(lists.remove, entry)).toMatchObject({ status: 404 });
  });

  test.each([
    ["ip_address", "203.0.113.0/24", "203.0.113.0/33"],
    ["ip_address", "2001:db8::1", "203.0.113"],
    ["domain", "example.com", "ann@example.com"],
    ["email", "ann@example.com", "ann"],
    ["country", "ch", "Switzerland"],
    ["device", "anything at all", undefined],
    ["planets", undefined, "Mars"],
  ])("a list of the type %s takes %s and refuses %s", async (type, right, wrong) => {
    if (right !== undefined) await run().call(lists.add, { type, action: "allow", entry: right }, 204);
    for (const endpoint of [lists.add, lists.remove]) {
      if (wrong === undefined) continue;
      const refused = await run().refused(endpoint, { type, action: "allow", entry: wrong });
      expect(refused).toMatchObject({ status: 400 });
    }
  });
}
