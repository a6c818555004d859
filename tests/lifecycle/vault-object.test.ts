/** Values in the vault: by their version, without ever being read back. */
import { changed, failure, lifeOf, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { rows } from "../kinds";
import { startRun } from "./support/run";

const current = useWorld();
const { accepted } = rows.VaultObject;
const secret = "recognisable-value";

describe("a vault object", () => {
  it("that somebody else gave another value is drift, and is given the declared one again", async () => {
    const run = startRun(current());
    const life = run.life("VaultObject");
    const { id, outs } = await life.create(accepted);
    await current().api.vault.update({ id, value: "theirs" });
    const { props, inputs } = await refreshed(life, id, outs);
    expect(inputs).toEqual(accepted);
    expect(props.foreignVersionId).toEqual(expect.any(String));
    expect(life.diff(props, accepted)).toEqual({ ...noChange, changes: true });
    const state = await life.update(id, props, accepted);
    expect(life.diff(state, accepted)).toEqual(noChange);
    expect((await current().api.vault.get({ id })).value).toBe(accepted.value);
    expect(run.said).toEqual(['The vault object "db-password" has another value now.']);
    expect(await refreshed(life, id, state)).toEqual({ props: state, inputs: accepted });
  });

  it("is not overwritten where a change outside was not seen, and the error says how to", async () => {
    const life = lifeOf("VaultObject", current());
    const { id, outs } = await life.create(accepted);
    await current().api.vault.update({ id, value: "theirs" });
    const error = await failure(life.update(id, outs, changed(accepted, { value: "mine" })));
    expect(error.message).toContain("Somebody else has stored another value since the last run. `pulumi up --refresh`");
    expect((await current().api.vault.get({ id })).value).toBe("theirs");
  });

  it("whose new value was stored, and the answer lost, is not stored again", async () => {
    const life = lifeOf("VaultObject", current());
    const { id, outs } = await life.create(accepted);
    current().control.faults.add({ method: "PUT", cut: "connection", when: "after" });
    const wanted = changed(accepted, { value: "mine" });
    const state = await life.update(id, outs, wanted);
    expect(life.diff(state, wanted)).toEqual(noChange);
    expect(await refreshed(life, id, state)).toEqual({ props: state, inputs: wanted });
  });

  it("that is taken over gets the declared value, which is said", async () => {
    await rows.VaultObject.present?.(current());
    const run = startRun(current());
    const wanted = { ...accepted, value: "mine", adopt: "if-exists" };
    const { id, outs } = await run.life("VaultObject").create(wanted);
    expect((await current().api.vault.get({ id })).value).toBe("mine");
    expect(run.life("VaultObject").diff(outs, wanted)).toEqual(noChange);
    expect(run.said[0]).toBe(
      'The vault object "db-password" had another value, over which the declared one is stored.',
    );
    await run.life("VaultObject").remove(id, outs);
    expect(await lifeOf("VaultObject", current()).read(id, outs)).toMatchObject({ id });
  });

  it("with another key context cannot be taken over", async () => {
    await rows.VaultObject.present?.(current());
    const wanted = { ...accepted, keyContext: { tenant: "beta" }, adopt: "if-exists" };
    const error = await failure(lifeOf("VaultObject", current()).create(wanted));
    expect(error.message).toContain("has another key context, which cannot be changed");
  });

  it("has its value nowhere but in the one input that is secret", async () => {
    const { id, outs } = await lifeOf("VaultObject", current()).create({ ...accepted, value: secret });
    const { props } = await refreshed(lifeOf("VaultObject", current()), id, outs);
    const { value, ...rest } = props;
    expect(value).toBe(secret);
    expect(JSON.stringify(rest)).not.toContain(secret);
  });
});
