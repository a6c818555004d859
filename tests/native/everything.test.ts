/** Every input of every kind by the native entry, first while none of them is known, then for good. */
import { dashboardSeed, programOfEverything } from "../e2e/support/everything";
import { asked, ok, previewRead, sharedStack } from "../e2e/support/stack";

const stack = sharedStack({ entry: "native", program: programOfEverything(), emulator: { seed: dashboardSeed } });

test("is previewed without a request but whether it can be carried out, made, and then unchanged", async () => {
  const { project } = stack();
  await ok(project.preview());
  expect(asked(stack()).filter((operation) => operation !== previewRead)).toEqual([]);
  await ok(project.up());
  await ok(project.preview({ args: ["--expect-no-changes"] }));
});
