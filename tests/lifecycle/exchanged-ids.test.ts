/** Two objects that exchange their external ids in one run: whoever comes first is told who holds what. */
import { type Kind } from "../../provider/resources";
import { failure, lifeOf } from "../support/life";
import { useWorld } from "../support/world";

const current = useWorld();

test.each<[Kind, object, object, RegExp]>([
  ["User", { email: "ann@example.com" }, { email: "ben@example.com" }, /ben@example\.com \(user_\w+\)/],
  ["Organization", { name: "Acme" }, { name: "Beta" }, /the organization Beta \(org_\w+\)/],
])("%s: the refusal names the holder, and the two runs that it takes", async (kind, one, other, holder) => {
  const life = lifeOf(kind, current());
  const first = await life.create({ ...one, externalId: "e-1" });
  const second = await life.create({ ...other, externalId: "e-2" });
  const error = await failure(life.update(first.id, first.outs, { ...one, externalId: "e-2" }));
  expect(error.message).toMatch(new RegExp(`The external id "e-2" belongs to ${holder.source}\\. `));
  expect(error.message).toContain("(by a removal, or by exchanging two of them), do it in two runs");
  // The other half of the exchange is told the same, and neither has changed.
  const back = await failure(life.update(second.id, second.outs, { ...other, externalId: "e-1" }));
  expect(back.message).toMatch(/The external id "e-1" belongs to /);
  for (const { id, outs } of [first, second])
    expect((await life.read(id, outs)).props?.externalId).toBe(outs.externalId);
});
