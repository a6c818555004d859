/** Processes on one machine that create the same thing, and what the notes of one say to the other. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Api, createApi } from "../../api";
import { type Emulator, startEmulator } from "../../emulator";
import { contextOf, create, journalIn } from "../../provider/lifecycle";
import { isRunning, ownProcess } from "../../provider/lifecycle/processes";
import { type Kind } from "../../provider/resources";
import { declarationOf } from "../support/life";
import { VirtualClock } from "../support/virtual-clock";

interface Answer {
  readonly id?: string;
  readonly value?: string;
  readonly error?: string;
}

let emulator: Emulator;
let api: Api;
let directory: string;
let organizationId: string;
const running = new Set<ChildProcess>();

beforeEach(async () => {
  emulator = await startEmulator();
  api = createApi({ apiKey: emulator.apiKey, baseUrl: emulator.url });
  directory = mkdtempSync(join(tmpdir(), "intents-"));
  organizationId = (await api.organizations.create({ name: "Acme" })).id;
});

afterEach(async () => {
  await Promise.all([...running].map(ended));
  await api.close();
  await emulator.close();
  rmSync(directory, { recursive: true });
});

/** A process that has created something, or was refused, and that has told no engine of it. */
async function creating(stack: string, kind: Kind, inputs: object): Promise<{ child: ChildProcess; answer: Answer }> {
  const script = join(__dirname, "support", "creating.cjs");
  const given = [emulator.url, emulator.apiKey, directory, stack, kind, JSON.stringify(inputs)];
  const child = spawn(process.execPath, [script, ...given], { stdio: ["pipe", "pipe", "inherit"] });
  running.add(child);
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, answer: JSON.parse(line) as Answer };
  }
  throw new Error("the process ended without a word");
}

/** Killed, as by a crash. */
async function ended(child: ChildProcess): Promise<void> {
  running.delete(child);
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

/** A later run of a stack, in this process. */
const laterRun = (stack: string | undefined, kind: Kind, inputs: object, through = api) => {
  const journal = journalIn(directory, "test", { project: "acme", stack: () => Promise.resolve(stack) });
  return create(declarationOf(kind), { ...inputs }, contextOf({ api: through, journal, clock: new VirtualClock() }));
};

const key = () => ({ organizationId, name: "CI" });
const ann = { email: "ann@example.com" };
const isValid = async (value = "") => (await api.apiKeys.validate({ value })).api_key !== null;

describe.each([
  ["of another stack", "urn:pulumi:prod"],
  ["of the same stack, which still runs", "urn:pulumi:dev"],
])("an unfinished create %s", (_what, other) => {
  it("leaves each process its own key, and both work", async () => {
    const { answer } = await creating("urn:pulumi:dev", "OrganizationApiKey", key());
    const { id, outs } = await laterRun(other, "OrganizationApiKey", key());
    expect(answer.id).toMatch(/^api_key_/);
    expect(id).not.toBe(answer.id);
    expect([await isValid(answer.value), await isValid(String(outs.value))]).toEqual([true, true]);
  });

  it("leaves a user to the process that made them", async () => {
    const { answer } = await creating("urn:pulumi:dev", "User", ann);
    expect(answer.id).toMatch(/^user_/);
    await expect(laterRun(other, "User", ann)).rejects.toThrow('set adopt: "if-exists"');
  });
});

describe("a process that was killed before its engine knew", () => {
  it("has its create taken up by the next run of its stack, and by no other", async () => {
    const { child, answer } = await creating("urn:pulumi:dev", "User", ann);
    await ended(child);
    await expect(laterRun("urn:pulumi:prod", "User", ann)).rejects.toThrow('set adopt: "if-exists"');
    await expect(laterRun(undefined, "User", ann)).rejects.toThrow('set adopt: "if-exists"');
    expect((await laterRun("urn:pulumi:dev", "User", ann)).id).toBe(answer.id);
  });

  it.each([
    ["deleted by the next run of its stack", "urn:pulumi:dev", false],
    ["left alone by another stack", "urn:pulumi:prod", true],
  ])("has its lost key %s", async (_what, stack, stays) => {
    const { child, answer } = await creating("urn:pulumi:dev", "OrganizationApiKey", key());
    await ended(child);
    await laterRun(stack, "OrganizationApiKey", key());
    expect(await isValid(answer.value)).toBe(stays);
  });

  it("is not taken for a later process that was given its number", async () => {
    const { child, answer } = await creating("urn:pulumi:dev", "User", ann);
    await ended(child);
    const [note = ""] = readdirSync(directory);
    const written = JSON.parse(readFileSync(join(directory, note), "utf8")) as { by: object };
    const reused = { ...written, by: { ...written.by, pid: process.ppid } };
    writeFileSync(join(directory, note), JSON.stringify(reused));
    expect((await laterRun("urn:pulumi:dev", "User", ann)).id).toBe(answer.id);
  });
});

describe("a create that was killed before it was sent", () => {
  /** A note of a process that has ended, and nothing that it has made. */
  const killedBefore = async (kind: Kind, inputs: object) => {
    const { child, answer } = await creating("urn:pulumi:dev", kind, inputs);
    await ended(child);
    await (kind === "User"
      ? api.users.delete({ id: String(answer.id) })
      : api.apiKeys.delete({ id: String(answer.id) }));
  };

  it("leaves alone the key that another stack has made since", async () => {
    await killedBefore("OrganizationApiKey", key());
    const other = await laterRun("urn:pulumi:prod", "OrganizationApiKey", key());
    const { id, outs } = await laterRun("urn:pulumi:dev", "OrganizationApiKey", key());
    expect(id).not.toBe(other.id);
    expect([await isValid(String(other.outs.value)), await isValid(String(outs.value))]).toEqual([true, true]);
  });

  it("leaves alone the key that another stack makes while this one looks", async () => {
    await killedBefore("OrganizationApiKey", key());
    const [note = ""] = readdirSync(directory);
    const { made: _made, ...untold } = JSON.parse(readFileSync(join(directory, note), "utf8")) as { made: string };
    writeFileSync(join(directory, note), JSON.stringify(untold));
    let other: Awaited<ReturnType<typeof laterRun>> | undefined;
    const { listForOrganization: list } = api.apiKeys;
    const looking: typeof list = (...given) =>
      Object.assign(list(...given), {
        all: async () => {
          other ??= await laterRun("urn:pulumi:prod", "OrganizationApiKey", key());
          return list(...given).all();
        },
      });
    const meanwhile = { ...api, apiKeys: { ...api.apiKeys, listForOrganization: looking } };
    const { id, outs } = await laterRun("urn:pulumi:dev", "OrganizationApiKey", key(), meanwhile);
    expect(other?.id).toMatch(/^api_key_/);
    expect(id).not.toBe(other?.id);
    expect([await isValid(String(other?.outs.value)), await isValid(String(outs.value))]).toEqual([true, true]);
  });

  it("leaves a user to the stack that has made them since", async () => {
    await killedBefore("User", ann);
    await laterRun("urn:pulumi:prod", "User", ann);
    await expect(laterRun("urn:pulumi:dev", "User", ann)).rejects.toThrow('set adopt: "if-exists"');
  });

  it("leaves alone the key that somebody has made long after", async () => {
    await killedBefore("OrganizationApiKey", key());
    const [note = ""] = readdirSync(directory);
    const written = JSON.parse(readFileSync(join(directory, note), "utf8")) as { at: number };
    writeFileSync(join(directory, note), JSON.stringify({ ...written, at: written.at - 3_600_000 }));
    const byHand = await api.apiKeys.createForOrganization({ organization_id: organizationId, name: "CI" });
    await laterRun("urn:pulumi:dev", "OrganizationApiKey", key());
    expect(await isValid(byHand.value)).toBe(true);
  });
});

it("a create whose answer is lost leaves a user to the stack that has made them meanwhile", async () => {
  const { faults } = emulator.control;
  const rule = faults.add({ method: "POST", path: "/user_management/users", delayMs: 1_000, status: 502, body: "<p>" });
  const lost = laterRun("urn:pulumi:prod", "User", ann);
  const refused = expect(lost).rejects.toThrow('set adopt: "if-exists"');
  while (faults.list().find(({ id }) => id === rule)?.hit !== 1) await new Promise((done) => setTimeout(done, 10));
  await laterRun("urn:pulumi:dev", "User", ann);
  await refused;
});

it("a note of the first release, which does not say whose it is, is read", async () => {
  const { child, answer } = await creating("urn:pulumi:dev", "User", ann);
  await ended(child);
  const [note = ""] = readdirSync(directory);
  const { at, before } = JSON.parse(readFileSync(join(directory, note), "utf8")) as { at: number; before: string[] };
  writeFileSync(join(directory, note), JSON.stringify({ at, before }));
  renameSync(join(directory, note), join(directory, `${note.split(".")[0]}.json`));
  expect((await laterRun("urn:pulumi:prod", "User", ann)).id).toBe(answer.id);
});

it("nobody's note is closed by another stack's state", async () => {
  const { child, answer } = await creating("urn:pulumi:dev", "User", ann);
  await ended(child);
  const other = journalIn(directory, "test", { project: "beta", stack: () => Promise.resolve("urn:pulumi:prod") });
  other.close(declarationOf("User"), { ...ann, createdAt: new Date().toISOString() }, answer.id);
  expect((await laterRun("urn:pulumi:dev", "User", ann)).id).toBe(answer.id);
});

it("a process runs until it has ended, and no longer", async () => {
  const { child } = await creating("urn:pulumi:dev", "User", ann);
  const [note = ""] = readdirSync(directory);
  const { by } = JSON.parse(readFileSync(join(directory, note), "utf8")) as { by: ReturnType<typeof ownProcess> };
  expect([isRunning(by, Date.now()), isRunning(ownProcess(), 0)]).toEqual([true, true]);
  await ended(child);
  expect(isRunning(by, Date.now())).toBe(false);
});
