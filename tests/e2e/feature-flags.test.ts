/** Feature flags, on the real engine: the example, and what becomes of the flag afterwards. */
import { exampleStack } from "./support/examples";
import { ok } from "./support/stack";

const stack = exampleStack("feature-flags", {
  emulator: { seed: { feature_flags: [{ slug: "advanced-analytics", enabled: false }] } },
});
const state = () => stack().emulator.control.state();

test("a flag is enabled and on for one organization, and nothing is left to do", async () => {
  await ok(stack().project.up());
  expect(state()).toMatchObject({
    featureFlags: [{ enabled: true }],
    featureFlagTargets: [{ slug: "advanced-analytics" }],
  });
  await ok(stack().project.up({ args: ["--refresh", "--expect-no-changes"] }));
});

test("what is switched outside is put right, and the end puts back what was there", async () => {
  await stack().api.featureFlags.disable({ slug: "advanced-analytics" });
  await ok(stack().project.up({ args: ["--refresh"] }));
  expect(state().featureFlags).toMatchObject([{ enabled: true }]);
  await ok(stack().project.destroy());
  expect(state()).toMatchObject({ featureFlags: [{ enabled: false }], featureFlagTargets: [] });
});
