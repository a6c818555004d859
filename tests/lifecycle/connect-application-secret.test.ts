/** What is a client secret's own; what it shares with keys is tried on those. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PartialFailure } from "../../provider/lifecycle";
import { type Inputs, type State } from "../../provider/declare/resource";
import { complaints } from "../support/checking";
import { failure, noChange } from "../support/life";
import { useWorld } from "../support/world";
import { organizationNamed } from "./support/people";
import { proved } from "./support/prove";
import { type Run, startRun } from "./support/run";

const current = useWorld();
const secrets = (run: Run = startRun(current())) => run.life("ConnectApplicationSecret");
const remote = () => current().control.state().clientSecrets;

async function application() {
  const organization_id = await organizationNamed(current(), "Acme");
  return current().api.connectApplications.create({ name: "CI", application_type: "m2m", organization_id });
}

async function made(more: Inputs = {}) {
  const { id: applicationId, client_id: clientId } = await application();
  const inputs: Inputs = { applicationId, ...more };
  const { id, outs } = await secrets().create(inputs);
  return { id, inputs, outs, clientId };
}

/** A replacement as the engine carries it out: the new one first, then the end of the old one. */
async function rotated(old: { id: string; outs: State }, wanted: Inputs, run: Run) {
  run.context.replacing.set(old.id, wanted);
  const next = await secrets(run).create(wanted);
  await secrets(run).remove(old.id, old.outs);
  return next;
}

it("is told by the create, and proves that the application is the one", async () => {
  const { outs, clientId } = await made();
  expect(String(outs.secret).endsWith(String(outs.secretHint))).toBe(true);
  expect(await proved(current(), clientId, outs.secret)).toBe("invalid_grant");
  expect(await proved(current(), clientId, `${String(outs.secret)}x`)).toBe("invalid_client");
});

it.each([
  ["61m", { overlap: expect.stringMatching(/^must be at most 60m/) as unknown }],
  ["24h", { overlap: expect.stringMatching(/declare two secrets and remove the old one later$/) as unknown }],
  ["60m", {}],
  ["1h", {}],
])("an overlap of %s: the run waits for it", (overlap, expected) => {
  expect(complaints("ConnectApplicationSecret", { overlap })).toEqual(expected);
});

it("ends at once in a replacement, and the application that loses it is named", async () => {
  const old = await made({ keepers: { rotation: "1" } });
  const run = startRun(current());
  const wanted = { ...old.inputs, keepers: { rotation: "2" } };
  expect(secrets().diff(old.outs, wanted)).toEqual({ ...noChange, changes: true, replaces: ["keepers"] });
  const next = await rotated(old, wanted, run);
  expect(remote().map(({ id }) => id)).toEqual([next.id]);
  expect(current().clock.sleeps).toEqual([]);
  expect(run.said).toEqual([
    `The old client secret …${String(old.outs.secretHint)} of the application "CI" (${old.clientId}) no longer works.`,
  ]);
});

it("lives on for the overlap of a replacement, for which the run waits", async () => {
  const old = await made();
  await rotated(old, { ...old.inputs, overlap: "5m", keepers: { rotation: "2" } }, startRun(current()));
  expect(current().clock.sleeps).toEqual([300_000]);
  expect(remote()).toHaveLength(1);
});

it("ends at once where it is removed, whatever its overlap, and is the last to be told of", async () => {
  const { id, outs, clientId } = await made({ overlap: "5m" });
  const run = startRun(current());
  await secrets(run).remove(id, outs);
  await secrets(run).remove(id, outs);
  expect(current().clock.sleeps).toEqual([]);
  const which = `The client secret …${String(outs.secretHint)} of the application "CI" (${clientId})`;
  expect(run.said).toEqual([`${which} no longer works, and it has no other.`, `${which} was deleted already.`]);
});

it("is gone with its application", async () => {
  const { id, inputs, outs } = await made();
  await current().api.connectApplications.delete({ id: String(inputs.applicationId) });
  const run = startRun(current());
  expect(await secrets(run).read(id, outs)).toEqual({ id: "" });
  await secrets(run).remove(id, outs);
  expect(run.said).toEqual([
    `The client secret …${String(outs.secretHint)} of the application ${String(inputs.applicationId)} was deleted already.`,
  ]);
});

describe("delivery", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-workos-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("hands the secret over and keeps it out of the state", async () => {
    const file = join(folder, "secret");
    const { inputs, outs } = await made({ deliver: { file } });
    const secret = await readFile(file, "utf8");
    expect(secret.endsWith(String(outs.secretHint))).toBe(true);
    expect(JSON.stringify(outs)).not.toContain(secret);
    expect(secrets().diff(outs, inputs)).toEqual(noChange);
    expect(secrets().diff(outs, { ...inputs, deliver: { file: `${file}2` } }).replaces).toEqual(["deliver"]);
  });

  it("that fails keeps the secret, and says of what it speaks", async () => {
    const { id: applicationId } = await application();
    const deliver = { file: join(folder, "absent", "secret") };
    const error = await failure(secrets().create({ applicationId, deliver }));
    if (!(error instanceof PartialFailure)) throw error;
    expect(error.message).toMatch(/^The client secret was made, but could not be written to/);
    expect(error.properties.secret).toEqual(expect.any(String));
    const state = await secrets().update(error.id, error.properties, {
      applicationId,
      deliver: { file: join(folder, "secret") },
    });
    expect(state.secret).toBeUndefined();
    expect(await readFile(join(folder, "secret"), "utf8")).toBe(error.properties.secret);
  });
});

describe("when the answer to the create is lost", () => {
  const lose = () => current().control.faults.add({ method: "POST", when: "after", cut: "connection" });

  it("the secret that nobody was told is deleted, and another one is made", async () => {
    const { id: applicationId } = await application();
    lose();
    const { id, outs } = await secrets().create({ applicationId });
    expect(remote()).toMatchObject([{ id, secret_hint: outs.secretHint }]);
  });

  it("one that was there before is left alone", async () => {
    const { id, inputs } = await made();
    lose();
    const next = await secrets().create(inputs);
    expect(
      remote()
        .map((one) => one.id)
        .sort(),
    ).toEqual([id, next.id].sort());
  });
});
