import { chmod, lstat, mkdir, mkdtemp, readFile, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type PartialFailure } from "../../provider/lifecycle";
import { deliverValue, masked } from "../../provider/lifecycle/deliver";
import { type Inputs, type State } from "../../provider/declare/resource";
import { onPosix } from "../support/posix";
import { changed, failure, noChange, refreshed } from "../support/life";
import { day } from "../support/virtual-clock";
import { useWorld } from "../support/world";
import { organizationNamed } from "./support/people";
import { type Run, startRun, takeCalls, takeWrites } from "./support/run";

const current = useWorld();
const keys = (run: Run = startRun(current())) => run.life("OrganizationApiKey");
const remote = () => current().control.state().apiKeys;

/** Whose key the vendor takes a value for. */
const keyOf = async (value: unknown) =>
  (await current().api.apiKeys.validate({ value: String(value) })).api_key?.id ?? "nobody's";

async function made(more: object = {}) {
  const organizationId = await organizationNamed(current(), "Acme");
  const inputs: Inputs = { organizationId, name: "CI", ...more };
  const { id, outs } = await keys().create(inputs);
  current().wire.clear();
  return { id, inputs, outs };
}

/** A replacement as the engine carries it out: the new key first, then the end of the old one. */
async function rotated(old: { id: string; outs: State }, wanted: Inputs, run = startRun(current())) {
  run.context.replacing.set(old.id, wanted);
  const { id, outs } = await keys(run).create(wanted);
  await keys(run).remove(old.id, old.outs);
  return { id, outs };
}

describe("a rotation", () => {
  it.each([
    [{ keepers: { generation: "2" } }, "keepers"],
    [{ name: "CI 2" }, "name"],
    [{ permissions: ["users:read"] }, "permissions"],
  ])("by %j makes the new key first", async (change, property) => {
    const { inputs, outs } = await made({ keepers: { generation: "1" } });
    expect(keys().diff(outs, { ...inputs, ...change })).toEqual({
      changes: true,
      replaces: [property],
      deleteBeforeReplace: false,
    });
  });

  it("ends the old key at once without an overlap", async () => {
    const old = await made();
    const { id, outs } = await rotated(old, { ...old.inputs, keepers: { generation: "2" } });
    expect(await keyOf(old.outs.value)).toBe("nobody's");
    expect(await keyOf(outs.value)).toBe(id);
  });

  it.each([
    ["declared before", { overlap: "24h" }],
    ["introduced by the same change", {}],
  ])("lets both keys work for the overlap %s, and no longer", async (_when, before) => {
    const old = await made(before);
    const run = startRun(current());
    const { id, outs } = await rotated(old, { ...old.inputs, overlap: "24h", keepers: { generation: "2" } }, run);
    expect([await keyOf(old.outs.value), await keyOf(outs.value)]).toEqual([old.id, id]);
    expect(run.said).toEqual([
      `The old API key "CI" (${String(old.outs.obfuscatedValue)}) works until 2026-06-02T12:00:00.000Z.`,
    ]);
    current().clock.advance(day + 1);
    expect([await keyOf(old.outs.value), await keyOf(outs.value)]).toEqual(["nobody's", id]);
  });

  it("takes the new overlap, and none where the same change takes it away", async () => {
    const old = await made({ overlap: "24h" });
    await rotated(old, { ...old.inputs, overlap: "30m", keepers: { generation: "2" } });
    expect(remote().find(({ id }) => id === old.id)?.expires_at).toBe("2026-06-01T12:30:00.000Z");
    const next = await made2(old.inputs);
    await rotated(next, changed(next.inputs, { overlap: undefined, keepers: { generation: "3" } }));
    expect(await keyOf(next.outs.value)).toBe("nobody's");
  });

  async function made2(inputs: Inputs) {
    const { id, outs } = await keys().create(inputs);
    return { id, inputs, outs };
  }

  it("never gives the old key a longer life than it had", async () => {
    const old = await made({ overlap: "7d", expiresAt: "2026-06-03T12:00:00Z" });
    current().wire.clear();
    const run = startRun(current());
    run.context.replacing.set(old.id, old.inputs);
    await keys(run).remove(old.id, old.outs);
    expect(takeWrites(current())).toEqual([]);
    expect(run.said[0]).toMatch(/works until 2026-06-03T12:00:00/);
  });

  it("is content when the old key has expired or is gone", async () => {
    const old = await made({ overlap: "24h", expiresAt: "2026-06-01T13:00:00Z" });
    current().clock.advance(day);
    await rotated(old, { ...old.inputs, expiresAt: undefined, keepers: { generation: "2" } });
    const next = await made2(changed(old.inputs, { expiresAt: undefined }));
    await current().api.apiKeys.delete({ id: next.id });
    await rotated(next, { ...next.inputs, keepers: { generation: "3" } });
  });
});

it("removing a key that has an overlap revokes it at once", async () => {
  const { id, outs } = await made({ overlap: "24h" });
  await keys().remove(id, outs);
  expect(takeCalls(current())).toEqual(["DELETE /api_keys/{id}"]);
  expect(await keyOf(outs.value)).toBe("nobody's");
});

it("an end that somebody moved is found and put back in place", async () => {
  const { id, inputs, outs } = await made({ expiresAt: "2027-01-31T00:00:00Z" });
  await current().api.apiKeys.expire({ id, expires_at: "2026-12-24T00:00:00Z" });
  const { props } = await refreshed(keys(), id, outs);
  expect(keys().diff(props, inputs)).toEqual({ ...noChange, changes: true });
  current().wire.clear();
  const state = await keys().update(id, props, inputs);
  expect(takeWrites(current())).toEqual([["POST", { expires_at: "2027-01-31T00:00:00Z" }]]);
  expect(state.value).toBe(outs.value);
});

it("a key that was deleted outside is gone, and the one made in its place has another value", async () => {
  const { id, inputs, outs } = await made();
  await current().api.apiKeys.delete({ id });
  expect(await keys().read(id, outs)).toEqual({ id: "" });
  expect((await keys().create(inputs)).outs.value).not.toBe(outs.value);
});

describe("the key that the provider itself works with", () => {
  it.each(["delete", "give an end to"])("is refused to %s", async (what) => {
    const { id, inputs, outs } = await made({ overlap: what === "delete" ? undefined : "24h" });
    const run = startRun(current(), { apiKey: String(outs.value) });
    if (what !== "delete") run.context.replacing.set(id, inputs);
    const error = await failure(keys(run).remove(id, outs));
    expect(error.message).toContain(
      `(${id}) is the one this provider itself works with. Give the provider another key`,
    );
    expect(error.message).not.toContain(String(outs.value));
    expect(await keyOf(outs.value)).toBe(id);
  });

  it("is not taken for another key, and other keys cost no further call", async () => {
    const { id, outs } = await made();
    const run = startRun(current(), { apiKey: current().emulator.apiKey });
    await keys(run).remove(id, outs);
    expect(takeCalls(current())).toEqual(["DELETE /api_keys/{id}"]);
  });
});

describe("delivery", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-workos-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A command that writes its standard input to a file. */
  const intoFile = (file: string) => [
    process.execPath,
    "-e",
    'const { openSync, writeSync, readFileSync } = require("node:fs"); writeSync(openSync(process.argv[1], "w"), readFileSync(0))',
    file,
  ];

  it.each(["file", "command"])("to a %s hands the value over whole and keeps it out of the state", async (way) => {
    const file = join(folder, "key");
    const { id, inputs, outs } = await made({ deliver: way === "file" ? { file } : { command: intoFile(file) } });
    const value = await readFile(file, "utf8");
    expect(await keyOf(value)).toBe(id);
    expect(JSON.stringify(outs)).not.toContain(value);
    expect(outs).toMatchObject({ obfuscatedValue: expect.any(String) as unknown });
    expect(keys().diff(outs, inputs)).toEqual(noChange);
    expect(keys().diff((await refreshed(keys(), id, outs)).props, inputs)).toEqual(noChange);
  });

  onPosix("writes a file that only its owner may read, also in place of one that others may", async () => {
    const file = join(folder, "key");
    await made({ deliver: { command: intoFile(file) } });
    await chmod(file, 0o644);
    const organizationId = await organizationNamed(current(), "Beta");
    await keys().create({ organizationId, name: "CI", deliver: { file } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("happens before the old key is touched", async () => {
    const old = await made();
    const deliver = { file: join(folder, "absent", "key") };
    const wanted = { ...old.inputs, deliver, keepers: { generation: "2" } };
    await failure(rotated(old, wanted));
    expect(await keyOf(old.outs.value)).toBe(old.id);
  });

  it.each(["file", "command"])("that fails by a %s keeps the value, and the next update delivers it", async (way) => {
    const place = join(folder, "later");
    const file = join(place, "key");
    const deliver = way === "file" ? { file } : { command: intoFile(file) };
    const organizationId = await organizationNamed(current(), "Acme");
    const inputs = { organizationId, name: "CI", deliver };
    const error = (await failure(keys().create(inputs))) as PartialFailure;
    const state: State = error.properties;
    expect(await keyOf(state.value)).toBe(error.id);
    expect(error.message).toContain("It is kept in the state, encrypted");
    expect(error.message).not.toContain(String(state.value));
    expect(keys().diff(state, inputs)).toEqual({ ...noChange, changes: true });
    const { props } = await refreshed(keys(), error.id, state);
    await mkdir(place);
    const delivered = await keys().update(error.id, props, inputs);
    expect(await readFile(file, "utf8")).toBe(state.value);
    expect(delivered.value).toBeUndefined();
    expect(remote()).toHaveLength(1);
  });

  it("never repeats the value that a failing command printed", async () => {
    const organizationId = await organizationNamed(current(), "Acme");
    const command = [
      process.execPath,
      "-e",
      'process.stderr.write("no: " + require("node:fs").readFileSync(0)); process.exit(3)',
    ];
    const error = (await failure(
      keys().create({ organizationId, name: "CI", deliver: { command } }),
    )) as PartialFailure;
    expect(error.message).toContain("it ended with exit code 3: no: [redacted]");
    expect(error.message).not.toContain(String(error.properties.value));
  });

  it("masks a value that ends where the command's words are cut", () => {
    const value = "key-abcdefghijklmnopqrstuvwxyz";
    for (let before = 440; before < 560; before++) {
      const said = masked(`${"x".repeat(before)}${value}${"y".repeat(200)}`, value);
      for (let length = 4; length <= value.length; length++) expect(said).not.toContain(value.slice(0, length));
    }
  });

  onPosix("ends a command that takes too long, and says so", async () => {
    const late = await failure(deliverValue({ command: ["sleep", "30"] }, "the-value", { limitMs: 50 }));
    expect(late.message).toContain("it took longer than 0.05 seconds and was ended");
  });

  onPosix("does not wait for what a command has left running", async () => {
    const organizationId = await organizationNamed(current(), "Acme");
    const left = 'sleep 20 & echo "no place" >&2; exit 3';
    const failed = await failure(
      keys().create({ organizationId, name: "CI", deliver: { command: ["sh", "-c", left] } }),
    );
    expect(failed.message).toContain("it ended with exit code 3: no place");
    const taken = await keys().create({ organizationId, name: "CD", deliver: { command: ["sh", "-c", "sleep 20 &"] } });
    expect(taken.outs.value).toBeUndefined();
  });

  onPosix("to a link keeps the link, and writes where it leads", async () => {
    const organizationId = await organizationNamed(current(), "Acme");
    const folder = await mkdtemp(join(tmpdir(), "deliver-"));
    const [link, real] = [join(folder, "link"), join(folder, "real")];
    await symlink("real", link);
    await keys().create({ organizationId, name: "CI", deliver: { file: link } });
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    const first = await readFile(real, "utf8");
    await keys().create({ organizationId, name: "CD", deliver: { file: link } });
    expect(await readFile(real, "utf8")).not.toBe(first);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await stat(real)).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });

  it("introduced later takes the value out of the state without a new key", async () => {
    const { id, inputs, outs } = await made();
    const file = join(folder, "key");
    const wanted = { ...inputs, deliver: { file } };
    expect(keys().diff(outs, wanted)).toEqual({ ...noChange, changes: true });
    const state = await keys().update(id, outs, wanted);
    expect(state.value).toBeUndefined();
    expect(await readFile(file, "utf8")).toBe(outs.value);
    expect(takeWrites(current())).toEqual([]);
  });

  it("to another target replaces the key, since nobody has the value any more", async () => {
    const { inputs, outs } = await made({ deliver: { file: join(folder, "key") } });
    const wanted = { ...inputs, deliver: { file: join(folder, "other") } };
    expect(keys().diff(outs, wanted).replaces).toEqual(["deliver"]);
  });
});
