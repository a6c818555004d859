/** Feature flags, which are made elsewhere: for whom they are on, and whether at all. */
import { type Inputs } from "../../provider/declare/resource";
import { complaints } from "../support/checking";
import { failure, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { organizationNamed, userNamed } from "./support/people";
import { startRun, takeCalls, takeWrites } from "./support/run";

const current = useWorld();
const flag = (more: object = {}) => current().control.addFeatureFlag({ slug: "beta", enabled: true, ...more });
const remote = () => current().control.state();

async function target(more: Inputs = {}) {
  const inputs: Inputs = { slug: "beta", resourceId: await organizationNamed(current(), "Acme"), ...more };
  const run = startRun(current());
  const { id, outs } = await run.life("FeatureFlagTarget").create(inputs);
  return { id, inputs, outs, run, life: run.life("FeatureFlagTarget") };
}

describe("a target", () => {
  beforeEach(() => flag());

  it("is a user or an organization, and nothing else", () => {
    expect(complaints("FeatureFlagTarget", { resourceId: "user_1" })).toEqual({});
    expect(complaints("FeatureFlagTarget", { resourceId: "om_1" })).toEqual({
      resourceId:
        '"om_1" is not an id that starts with "user_" or "org_"; pass the id of the resource meant, not its name or another id',
    });
  });

  it("that is there already is left as it is, and what its removal means is said", async () => {
    const resource_id = await organizationNamed(current(), "Acme");
    await current().api.featureFlags.addTarget({ slug: "beta", resource_id });
    const run = startRun(current());
    takeWrites(current());
    await run.life("FeatureFlagTarget").create({ slug: "beta", resourceId: resource_id });
    expect(takeWrites(current())).toEqual([]);
    expect(remote().featureFlagTargets).toEqual([{ slug: "beta", resourceId: resource_id }]);
    expect(run.said).toEqual([
      `The feature flag beta was on for ${resource_id} already. Removing the target from the program takes it off all the same, unless onDestroy is "retain".`,
    ]);
  });

  it("is made where the flag is on for another reason: by default, or by the organization", async () => {
    const { api } = current();
    const [organization_id, user_id] = [await organizationNamed(current(), "Acme"), await userNamed(current(), "ann")];
    await api.organizationMemberships.create({ user_id, organization_id });
    await api.featureFlags.addTarget({ slug: "beta", resource_id: organization_id });
    flag({ slug: "for-all", defaultValue: true });
    const run = startRun(current());
    await run.life("FeatureFlagTarget").create({ slug: "beta", resourceId: user_id });
    await run.life("FeatureFlagTarget").create({ slug: "for-all", resourceId: user_id });
    expect(remote().featureFlagTargets).toEqual(
      expect.arrayContaining([
        { slug: "beta", resourceId: user_id },
        { slug: "for-all", resourceId: user_id },
      ]),
    );
    await api.featureFlags.removeTarget({ slug: "beta", resource_id: organization_id });
    takeWrites(current());
    await run.life("FeatureFlagTarget").create({ slug: "beta", resourceId: user_id });
    expect(takeWrites(current())).toEqual([]);
  });

  it("says for whom the flag is on, and for whom no longer", async () => {
    const { id, inputs, outs, run, life } = await target();
    await life.remove(id, outs);
    expect(remote().featureFlagTargets).toEqual([]);
    expect(run.said).toEqual([
      `The feature flag beta is on for ${String(inputs.resourceId)}, as soon as it is enabled at all.`,
      `The feature flag beta is no longer on for ${String(inputs.resourceId)}, unless it is by default or by an organization.`,
    ]);
  });

  it("stays where it is retained", async () => {
    const { id, outs, life } = await target({ onDestroy: "retain" });
    await life.remove(id, outs);
    expect(remote().featureFlagTargets).toHaveLength(1);
  });

  it("of a flag that is off is not taken for gone, and of a flag or an organization that is gone is", async () => {
    const { id, inputs, outs, life } = await target();
    await current().api.featureFlags.disable({ slug: "beta" });
    expect(await refreshed(life, id, outs)).toEqual({ props: outs, inputs });
    await current().api.organizations.delete({ id: String(inputs.resourceId) });
    expect(await life.read(id, outs)).toEqual({ id: "" });
    await life.remove(id, outs);
    const other = await target({ resourceId: await userNamed(current(), "ann") });
    current().control.removeFeatureFlag("beta");
    expect(await other.life.read(other.id, other.outs)).toEqual({ id: "" });
  });

  it.each([
    [{ slug: "none" }, "There is no feature flag none in this environment: make it in the WorkOS dashboard"],
    [{ resourceId: "org_none" }, "There is no org_none in this environment."],
  ])("of what is not there names it: %j", async (more, reason) => {
    expect((await failure(target(more))).message).toContain(reason);
  });

  it("is read with all others of the same organization", async () => {
    const resourceId = await organizationNamed(current(), "Many");
    const slugs = Array.from({ length: 30 }, (_, at) => `flag-${at}`);
    for (const slug of slugs) flag({ slug });
    const { life } = startRun(current());
    const made = [];
    for (const slug of slugs) made.push(await life("FeatureFlagTarget").create({ slug, resourceId }));
    current().wire.clear();
    const refresh = startRun(current()).life("FeatureFlagTarget");
    for (const { id, outs } of made) expect((await refresh.read(id, outs)).id).toBe(id);
    expect(takeCalls(current()).length).toBeLessThan(10);
  });
});

describe("the state of a flag", () => {
  const states = () => startRun(current());

  it.each([
    [
      false,
      true,
      ["The feature flag beta is enabled now.", "The feature flag beta is disabled again, as it was before."],
    ],
    [
      true,
      false,
      ["The feature flag beta is disabled now.", "The feature flag beta is enabled again, as it was before."],
    ],
    [true, true, ["The feature flag beta stays enabled, and is no longer managed."]],
  ])("that was %s and is declared as %s is put back when it is removed", async (before, enabled, said) => {
    flag({ enabled: before });
    const run = states();
    const life = run.life("FeatureFlagState");
    const inputs = { slug: "beta", enabled };
    const { id, outs } = await life.create(inputs);
    expect(remote().featureFlags[0]?.enabled).toBe(enabled);
    expect(outs).toMatchObject({ enabled, enabledBefore: before });
    expect(life.diff(outs, inputs)).toEqual(noChange);
    const last = states();
    await last.life("FeatureFlagState").remove(id, outs);
    expect(remote().featureFlags[0]?.enabled).toBe(before);
    expect([...run.said, ...last.said]).toEqual(said);
  });

  it("remembers over changes and refreshes what was there before", async () => {
    flag({ enabled: false });
    const life = states().life("FeatureFlagState");
    const { id, outs } = await life.create({ slug: "beta", enabled: true });
    await current().api.featureFlags.disable({ slug: "beta" });
    const { props } = await refreshed(life, id, outs);
    const state = await life.update(id, props, { slug: "beta", enabled: true });
    expect(state).toMatchObject({ enabled: true, enabledBefore: false });
  });

  it("stays as it is where it is retained", async () => {
    flag({ enabled: false });
    const life = states().life("FeatureFlagState");
    const { id, outs } = await life.create({ slug: "beta", enabled: true, onDestroy: "retain" });
    await life.remove(id, outs);
    expect(remote().featureFlags[0]?.enabled).toBe(true);
  });

  it("of a flag that is not there says where flags are made", async () => {
    const { message } = await failure(states().life("FeatureFlagState").create({ slug: "none", enabled: true }));
    expect(message).toContain("There is no feature flag none in this environment: make it in the WorkOS dashboard");
  });

  it("is gone with its flag", async () => {
    flag({ enabled: false });
    const life = states().life("FeatureFlagState");
    const { id, outs } = await life.create({ slug: "beta", enabled: true });
    current().control.removeFeatureFlag("beta");
    expect(await life.read(id, outs)).toEqual({ id: "" });
    await life.remove(id, outs);
  });
});
