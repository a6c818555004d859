/** What every resource has to do in its life, whatever it is. A new one needs a row in `tests/kinds/` and nothing here. */
import { type Kind, kinds } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";
import { requiredOf } from "../support/arbitraries";
import { each } from "../support/each";
import { changed, declarationOf, type Life, lifeOf, noChange, refreshed } from "../support/life";
import { type SentRequest } from "../support/wire-log";
import { useWorld, type World } from "../support/world";
import { rows } from "../kinds";
import { type FieldRow, type Given, type Row, type Subject, type Value } from "../kinds/row";
import { startRun } from "./support/run";

const current = useWorld();

interface Living extends Subject {
  readonly life: Life;
}

async function live(kind: Kind, row: Row, overrides: Given = {}, more: Inputs = {}): Promise<Living> {
  const world = current();
  const before = await row.inputs(world);
  const given = overrides instanceof Function ? await overrides(world, before) : overrides;
  const inputs = changed(before, { ...given, ...more });
  const life = lifeOf(kind, world);
  const { id, outs } = await life.create(inputs);
  world.wire.clear();
  return { world, life, id, inputs, state: outs };
}

const valueOf = async (value: Value, world: World): Promise<unknown> =>
  value instanceof Function ? value(world) : value;

const addressed = (requests: readonly SentRequest[], { id, inputs }: Pick<Subject, "id" | "inputs">) => {
  const values: Inputs = { ...inputs, id };
  const pathOf = (path: string) => path.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  return requests.map((request) => ({ ...request, path: pathOf(request.path) }));
};

const fieldsWhere = <T>(row: Row, pick: (field: FieldRow) => T | undefined) =>
  Object.entries(row.fields).flatMap(([name, field]) => {
    const picked = pick(field);
    return picked === undefined ? [] : [{ name, field, picked }];
  });

const nothing = (value: unknown) =>
  value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);

describe("the table", () => {
  it("has a row for every resource, and no other", () => {
    expect(Object.keys(rows).sort()).toEqual([...kinds].sort());
  });
});

describe.each(kinds)("%s", (kind) => {
  const row = rows[kind];
  const declaration = declarationOf(kind);
  const replacing = fieldsWhere(row, (field) => ("replaces" in field ? field.replaces : undefined));
  const sending = fieldsWhere(row, (field) => ("sends" in field ? field.sends : undefined));
  const removable = fieldsWhere(row, (field) => ("sends" in field ? field.removal : undefined));
  const drifting = fieldsWhere(row, (field) => ("sends" in field ? field.drift : undefined));

  it("is tried with every input that it declares", () => {
    expect(Object.keys(row.fields).sort()).toEqual(Object.keys(declaration.inputs).sort());
    for (const [name, { traits, required, readable }] of Object.entries(declaration.inputs)) {
      const field = row.fields[name];
      if (!field || "replaces" in field) continue;
      expect([name, field.removal === undefined]).toEqual([name, required]);
      expect([name, field.drift !== undefined]).toEqual([name, readable && traits.inert !== true]);
    }
  });

  it("is made once, and then nothing is left to do", async () => {
    const { world, life, id, inputs, state } = await live(kind, row);
    expect(row.count(world)).toBe(1);
    expect(life.diff(state, inputs)).toEqual(noChange);
    const found = await refreshed(life, id, state);
    expect(found.props).toEqual(state);
    expect(found.inputs).toEqual(inputs);
    expect(life.diff(found.props, inputs)).toEqual(noChange);
    expect(world.wire.writes()).toEqual([]);
  });

  it("is made from its required inputs alone", async () => {
    const needed = requiredOf(kind);
    const optional = Object.keys(declaration.inputs).filter((name) => !needed.includes(name));
    const without = Object.fromEntries(optional.map((name) => [name, undefined]));
    const { life, id, inputs, state } = await live(kind, row, without);
    expect(life.diff(state, inputs)).toEqual(noChange);
    expect(await refreshed(life, id, state)).toEqual({ props: state, inputs });
  });

  each(sending)("sends exactly what a change of $name calls for", async ({ name, field, picked: sends }) => {
    const { world, life, id, inputs, state } = await live(kind, row, field.given);
    const to = await valueOf(field.to, world);
    const wanted = changed(inputs, { [name]: to });
    world.wire.clear();
    expect(life.diff(state, wanted)).toEqual({ ...noChange, changes: true });
    const updated = await life.update(id, state, wanted);
    const requests = sends instanceof Function ? sends({ to, state }) : sends;
    expect(world.wire.all()).toEqual(addressed(requests, { id, inputs }));
    expect(life.diff(updated, wanted)).toEqual(noChange);
    expect(await refreshed(life, id, updated)).toEqual({ props: updated, inputs: wanted });
  });

  each(replacing)("is replaced, $picked, when $name changes", async ({ name, field, picked }) => {
    const { world, life, inputs, state } = await live(kind, row, field.given);
    const value = await valueOf(field.to, world);
    expect(life.diff(state, changed(inputs, { [name]: value }))).toEqual({
      changes: true,
      replaces: [name],
      deleteBeforeReplace: picked === "delete first",
    });
  });

  each(removable)("lets go of $name when it is removed", async ({ name, field, picked: removal }) => {
    const { world, life, id, inputs, state } = await live(kind, row, field.given);
    const gone = ["sends" in field ? (field.together ?? []) : [], name].flat();
    const wanted = changed(inputs, Object.fromEntries(gone.map((property) => [property, undefined])));
    expect(life.diff(state, wanted)).toEqual({ ...noChange, changes: true });
    const updated = await life.update(id, state, wanted);
    expect(world.wire.all()).toEqual(addressed(removal, { id, inputs }));
    expect(life.diff(updated, wanted)).toEqual(noChange);
    const found = await refreshed(life, id, updated);
    expect(found.inputs).toEqual(wanted);
    if (declaration.inputs[name]?.traits.clear !== undefined) expect(nothing(found.props[name])).toBe(true);
  });

  each(drifting)("reports a foreign change of $name and takes it back", async ({ field, picked: drift }) => {
    const subject = await live(kind, row, field.given, drift.given);
    const { world, life, id, inputs, state } = subject;
    await drift.behind(subject);
    const found = await refreshed(life, id, state);
    const { reported } = drift;
    expect(found.inputs).toEqual({ ...inputs, ...(reported instanceof Function ? reported(subject) : reported) });
    expect(life.diff(found.props, inputs).changes).toBe(true);
    world.wire.clear();
    const restored = await life.update(id, found.props, inputs);
    expect(world.wire.writes()).toHaveLength(1);
    expect(life.diff(restored, inputs)).toEqual(noChange);
    expect((await refreshed(life, id, restored)).inputs).toEqual(inputs);
  });

  each(drifting)("does not mind a foreign change of $name where it is not managed", async ({ name, field, picked }) => {
    if (requiredOf(kind).includes(name)) return;
    const together = "sends" in field ? (field.together ?? []) : [];
    const unset = {
      ...Object.fromEntries([name, ...together].map((one) => [one, undefined])),
      ...(name === "roleSlugs" ? { roleSlug: undefined } : {}),
    };
    const subject = await live(kind, row, unset);
    const { life, id, inputs, state } = subject;
    await picked.behind(subject);
    const found = await refreshed(life, id, state);
    expect(found.inputs).toEqual(inputs);
    expect(life.diff(found.props, inputs)).toEqual(noChange);
  });

  it("takes what changes by itself for no change", async () => {
    const subject = await live(kind, row);
    subject.world.clock.advance(60_000);
    await row.touch(subject);
    const { life, id, state, inputs } = subject;
    expect(await refreshed(life, id, state)).toEqual({ props: state, inputs });
  });

  if (row.unread) {
    it("is deleted, deleting it again is fine, and it is taken for there until then", async () => {
      const { world, life, id, inputs, state } = await live(kind, row);
      expect(await refreshed(life, id, state)).toEqual({ props: state, inputs });
      await life.remove(id, state);
      expect(world.wire.all()).toEqual(addressed(row.deletes, { id, inputs }));
      expect(row.count(world)).toBe(0);
      await life.remove(id, state);
    });
    return;
  }

  it.each([401, 403, 500])("is not taken for gone when a read is answered %i", async (status) => {
    const { world, life, id, state } = await live(kind, row);
    world.control.faults.add({ method: "GET", status, times: null });
    await expect(life.read(id, state)).rejects.toThrow(String(status));
  });

  if (row.lasts) {
    it("stays when it is removed, without a request", async () => {
      const { world, life, id, state } = await live(kind, row);
      await life.remove(id, state);
      expect(world.wire.writes()).toEqual([]);
      expect(row.count(world)).toBe(1);
    });
    return;
  }

  it("is gone when somebody else has ended it", async () => {
    const subject = await live(kind, row);
    await row.end(subject);
    expect(await subject.life.read(subject.id, subject.state)).toEqual({ id: "" });
  });

  it(`is ${row.stays ? "let go of" : "deleted"}, and doing that again is fine`, async () => {
    const left = row.stays ? (row.left ?? 1) : 0;
    const { world, id, inputs, state } = await live(kind, row);
    // Another run: what a run has taken over it does not let go of.
    const life = startRun(world).life(kind);
    await life.remove(id, state);
    expect(world.wire.writes()).toEqual(addressed(row.deletes, { id, inputs }));
    expect(row.count(world)).toBe(left);
    if (!row.isList) expect((await life.read(id, state)).id).toBe(row.stays ? id : "");
    await life.remove(id, state);
    expect(row.count(world)).toBe(left);
  });
});
