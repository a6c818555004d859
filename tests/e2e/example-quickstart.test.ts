/** The first example, on the real engine: what its readme shows is what it prints. */
import { exampleStack, masked, shownOutputs } from "./support/examples";
import { ok } from "./support/stack";

const stack = exampleStack("quickstart");

test("prints what the readme shows", async () => {
  const ran = await ok(stack().project.up());
  expect(masked(ran.stdout)).toEqual(masked(shownOutputs("quickstart")[0] ?? ""));
});

test("changes nothing the second time, and all of it can be destroyed", async () => {
  const { code } = await stack().project.preview({ args: ["--refresh", "--expect-no-changes"] });
  expect(code).toBe(0);
  await ok(stack().project.destroy());
  const { organizations, users, apiKeys } = stack().emulator.control.state();
  expect([organizations, users.map(({ email }) => email), apiKeys]).toEqual([[], ["cleo@partner.example"], []]);
});
