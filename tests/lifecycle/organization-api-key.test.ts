import { changed, failure, type Life, lifeOf, noChange, refreshed } from "../support/life";
import { day } from "../support/virtual-clock";
import { useWorld } from "../support/world";
import { startRun } from "./support/run";

const current = useWorld();
const keys = (): Life => lifeOf("OrganizationApiKey", current());

async function made(more: object = {}) {
  const organizationId = (await current().api.organizations.create({ name: "Acme" })).id;
  const inputs = { organizationId, name: "ci", ...more };
  const { id, outs } = await keys().create(inputs);
  current().wire.clear();
  return { inputs, id, outs };
}

const works = async (value: unknown) =>
  (await current().api.apiKeys.validate({ value: String(value) })).api_key?.id ?? "no";

describe("the value", () => {
  it("is told by the create and kept from the state ever after", async () => {
    const { inputs, id, outs } = await made({ expiresAt: "2027-01-31T00:00:00Z" });
    expect(await works(outs.value)).toBe(id);
    await current().api.apiKeys.expire({ id, expires_at: "2026-12-24T00:00:00Z" });
    const found = await refreshed(keys(), id, outs);
    expect(found.props.value).toBe(outs.value);
    const updated = await keys().update(id, found.props, inputs);
    expect(updated.value).toBe(outs.value);
    expect((await keys().update(id, updated, changed(inputs, { expiresAt: undefined }))).value).toBe(outs.value);
  });
});

describe("the end of a key", () => {
  it("is the same moment in any spelling", async () => {
    const { inputs, id, outs } = await made({ expiresAt: "2027-01-31T00:00:00Z" });
    for (const expiresAt of ["2027-01-31T00:00:00.000Z", "2027-01-31T01:00:00+01:00", "2027-01-30T19:00:00.0-05:00"]) {
      expect(keys().diff(outs, { ...inputs, expiresAt })).toEqual(noChange);
    }
    expect((await refreshed(keys(), id, outs)).inputs).toEqual(inputs);
  });

  it("can be set, moved and cleared in place", async () => {
    const { inputs, id, outs } = await made();
    let state = outs;
    for (const expiresAt of ["2027-01-31T00:00:00Z", "2026-07-31T00:00:00Z", undefined]) {
      const wanted = changed(inputs, { expiresAt });
      expect(keys().diff(state, wanted)).toEqual({ ...noChange, changes: true });
      state = await keys().update(id, state, wanted);
      expect(keys().diff(state, wanted)).toEqual(noChange);
      const [key] = current().control.state().apiKeys;
      expect(key?.expires_at ?? undefined).toBe(expiresAt && new Date(expiresAt).toISOString());
    }
    expect(await works(state.value)).toBe(id);
  });

  it("cannot be taken back once it has come, and the message says what helps", async () => {
    const { inputs, id, outs } = await made({ expiresAt: "2026-06-02T12:00:00Z" });
    current().clock.advance(2 * day);
    const error = await failure(keys().update(id, outs, { ...inputs, expiresAt: "2027-01-31T00:00:00Z" }));
    expect(error.message).toBe(
      `The API key ${id} has expired and no date can bring it back. Change one of its keepers to make a new key in its place.`,
    );
  });
});

describe("permissions", () => {
  it("are the same in any order, and none is the same as an empty list", async () => {
    const { inputs, outs } = await made({ permissions: ["posts:read", "posts:write"] });
    expect(keys().diff(outs, { ...inputs, permissions: ["posts:write", "posts:read"] })).toEqual(noChange);
    await current().reset();
    const none = await made();
    expect(keys().diff(none.outs, { ...none.inputs, permissions: [] })).toEqual(noChange);
  });
});

describe("looking a key up, for which there is only a list", () => {
  it("finds it behind more than a hundred others, and misses it when it is deleted", async () => {
    const { id, outs } = await made();
    const organization_id = String(outs.organizationId);
    await Promise.all(
      Array.from({ length: 205 }, (_, index) =>
        current().api.apiKeys.createForOrganization({ organization_id, name: `other ${index}` }),
      ),
    );
    current().wire.clear();
    expect((await refreshed(keys(), id, outs)).props).toBe(outs);
    // The oldest come first, and the walk ends where the key is found.
    expect(current().wire.all()).toHaveLength(1);
    await current().api.apiKeys.delete({ id });
    current().wire.clear();
    expect(await keys().read(id, outs)).toEqual({ id: "" });
    expect(current().wire.all()).toHaveLength(3);
  });

  it("takes it for gone together with its organization", async () => {
    const { id, outs } = await made();
    await current().api.organizations.delete({ id: String(outs.organizationId) });
    expect(await keys().read(id, outs)).toEqual({ id: "" });
    await keys().remove(id, outs);
  });
});

it("is replaced by a new key that works beside the old one until that is deleted", async () => {
  const { inputs, id, outs } = await made({ keepers: { rotation: "1" } });
  const wanted = { ...inputs, keepers: { rotation: "2" } };
  expect(keys().diff(outs, wanted)).toEqual({ changes: true, replaces: ["keepers"], deleteBeforeReplace: false });
  const next = await keys().create(wanted);
  expect([await works(outs.value), await works(next.outs.value)]).toEqual([id, next.id]);
  await keys().remove(id, outs);
  expect([await works(outs.value), await works(next.outs.value)]).toEqual(["no", next.id]);
});

describe("a key that nobody manages any more, as after an older state was restored", () => {
  /** The state of the first key, which a second one has replaced. */
  async function restored() {
    const { inputs, id, outs } = await made();
    const second = await keys().create(inputs);
    await current().api.apiKeys.delete({ id });
    return { inputs, id, outs, second: second.id };
  }

  it("is named when the key is made anew", async () => {
    const { inputs, id, outs, second } = await restored();
    expect((await keys().read(id, outs)).id).toBe("");
    const run = startRun(current());
    await run.life("OrganizationApiKey").create(inputs);
    expect(run.said).toEqual([
      expect.stringMatching(new RegExp(`^The API key "ci" is made. 1 other API key of that name is alive: ${second} `)),
    ]);
  });

  it.each([{}, { overlap: "24h" }])("is named when the older one is removed or replaced (%j)", async (more) => {
    const { inputs, id, outs, second } = await restored();
    const run = startRun(current(), { replacing: new Map([[id, { ...inputs, ...more }]]) });
    await run.life("OrganizationApiKey").remove(id, outs);
    expect(run.said).toEqual([expect.stringContaining(`(${id}) was deleted already. 1 other API key of that name`)]);
    expect(run.said[0]).toContain(second);
  });

  it("is none that this run has made, replaces or compares, or that has ended", async () => {
    const { inputs, id } = await made();
    await keys().create({ ...inputs, expiresAt: "2026-06-02T12:00:00Z" });
    current().clock.advance(2 * day);
    const run = startRun(current(), { replacing: new Map([[id, inputs]]) });
    await run.life("OrganizationApiKey").create(inputs);
    await run.life("OrganizationApiKey").create(inputs);
    expect(run.said).toEqual([]);
  });
});
