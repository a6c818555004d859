/** A run that died between the vendor's answer and the engine's record of it, seen by the next one. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { type Api, createApi } from "../../api";
import { contextOf, create, journalIn, lifecycleOf, read, remove, update } from "../../provider/lifecycle";
import { declarationOf } from "../support/life";

let emulator: Emulator;
let api: Api;
let directory: string;
let organizationId: string;
let userId: string;

beforeEach(async () => {
  emulator = await startEmulator();
  api = createApi({ apiKey: emulator.apiKey, baseUrl: emulator.url });
  directory = mkdtempSync(join(tmpdir(), "intents-"));
  organizationId = (await api.organizations.create({ name: "Acme" })).id;
  userId = (await api.users.create({ email: "ann@example.com" })).id;
});

afterEach(async () => {
  await api.close();
  await emulator.close();
  rmSync(directory, { recursive: true });
});

/** What one process has: nothing but the disk outlives it. */
const processOf = () => contextOf({ api, journal: journalIn(directory, "test") });

const lives = {
  User: () => ({ email: "ben@example.com", locale: "de", password: "correct-horse-battery" }),
  Organization: () => ({ name: "Beta", externalId: "beta" }),
  OrganizationMembership: () => ({ userId, organizationId, roleSlug: "admin", status: "inactive" }),
  Invitation: () => ({ email: "cleo@example.com", organizationId, roleSlug: "member" }),
} as const;

describe.each(Object.keys(lives) as (keyof typeof lives)[])("%s", (kind) => {
  const declaration = declarationOf(kind);

  it("is taken up again as our own, and is not made twice", async () => {
    const inputs = lives[kind]();
    const lost = await create(declaration, inputs, processOf());
    const { id, outs } = await create(declaration, inputs, processOf());
    expect(id).toBe(lost.id);
    expect(outs).toEqual({ ...lost.outs, updatedAt: outs.updatedAt });
    expect(outs.adopted).toBe(false);
    expect(emulator.control.mailbox.list().length).toBe(kind === "Invitation" ? 1 : 0);
  });

  it("is somebody else's once it was recorded", async () => {
    const inputs = lives[kind]();
    const made = await create(declaration, inputs, processOf());
    processOf().journal.close(declaration, made.outs, made.id);
    expect(readdirSync(directory)).toEqual([]);
    await expect(create(declaration, inputs, processOf())).rejects.toThrow('set adopt: "if-exists"');
  });

  it("is known as our own although the one that it replaces is still recorded", async () => {
    const inputs = lives[kind]();
    const lost = await create(declaration, inputs, processOf());
    const earlier = new Date(Date.now() - 60_000).toISOString();
    processOf().journal.close(declaration, { ...lost.outs, createdAt: earlier }, "the-old-one");
    expect((await create(declaration, inputs, processOf())).id).toBe(lost.id);
  });

  it("is somebody else's once the engine was told of it, unless the engine is gone right after", async () => {
    const inputs = lives[kind]();
    const first = processOf();
    const made = await create(declaration, inputs, first);
    first.journal.handedOver(declaration, inputs);
    await expect(create(declaration, inputs, processOf())).rejects.toThrow('set adopt: "if-exists"');
    first.journal.engineLost();
    expect((await create(declaration, inputs, processOf())).id).toBe(made.id);
  });

  it("is somebody else's where the program meant something else", async () => {
    const inputs = lives[kind]();
    await create(declaration, inputs, processOf());
    const other =
      kind === "Organization" ? { name: "Gamma" } : kind === "User" ? { firstName: "X" } : { roleSlug: "x" };
    await expect(create(declaration, { ...inputs, ...other }, processOf())).rejects.toThrow();
  });

  it("is taken over where the program meant something else, and takes over what exists", async () => {
    const inputs = lives[kind]();
    const lost = await create(declaration, inputs, processOf());
    const other =
      kind === "Organization" ? { name: "Gamma" } : kind === "User" ? { firstName: "X" } : { roleSlug: "admin" };
    const declared = { ...inputs, ...other, adopt: "if-exists", adoptCredentials: kind === "User" ? true : undefined };
    const { id, outs } = await create(declaration, declared, processOf());
    // An invitation has its role for good.
    expect([id === lost.id, outs]).toEqual([kind !== "Invitation", expect.objectContaining(other)]);
  });
});

describe("a mail that was sent again", () => {
  const invitation = declarationOf("Invitation");
  const mails = () => emulator.control.mailbox.list().length;
  const declared = (resend: string) => ({ ...lives.Invitation(), resend });

  /** Mailed for `"2"` by a process that died before it had told the engine. */
  async function mailed() {
    const { id, outs } = await create(invitation, declared("1"), processOf());
    const dying = processOf();
    await update(invitation, id, outs, declared("2"), {
      ...dying,
      mails: { ...dying.mails, settled: () => undefined },
    });
    expect(mails()).toBe(2);
    return { id, outs };
  }

  it("is not sent once more, although a refresh has recorded what it changed", async () => {
    const { id, outs } = await mailed();
    const { props = {} } = await read(invitation, id, outs, processOf());
    const updated = await update(invitation, id, props, declared("2"), processOf());
    expect(mails()).toBe(2);
    await update(invitation, id, updated, declared("3"), processOf());
    expect(mails()).toBe(3);
  });

  it("is sent where somebody else had it mailed before", async () => {
    const { id, outs } = await create(invitation, declared("1"), processOf());
    await api.invitations.resend({ id });
    const { props = {} } = await read(invitation, id, outs, processOf());
    await update(invitation, id, props, declared("2"), processOf());
    expect(mails()).toBe(3);
  });

  it("leaves no note once the engine is told, and no token in one", async () => {
    const { outs } = await mailed();
    const kept = readdirSync(directory).map((file) => readFileSync(join(directory, file), "utf8"));
    expect(kept.join()).not.toContain(outs.token);
    const { id, outs: known } = await create(invitation, { ...declared("1"), email: "dan@example.com" }, processOf());
    const before = readdirSync(directory).length;
    await update(invitation, id, known, { ...declared("2"), email: "dan@example.com" }, processOf());
    expect(readdirSync(directory)).toHaveLength(before);
  });
});

describe("an API key", () => {
  const key = declarationOf("OrganizationApiKey");

  it("whose value was lost is deleted and made anew, so that there is one", async () => {
    const inputs = { organizationId, name: "CI" };
    const foreign = await api.apiKeys.createForOrganization({ organization_id: organizationId, name: "CI" });
    const lost = await create(key, inputs, processOf());
    const { id, outs } = await create(key, inputs, processOf());
    expect(id).not.toBe(lost.id);
    expect((await api.apiKeys.validate({ value: String(outs.value) })).api_key?.id).toBe(id);
    const { data } = await api.apiKeys.listForOrganization({ organization_id: organizationId });
    expect(data.map((found) => found.id).sort()).toEqual([foreign.id, id].sort());
  });
});

describe("two secrets of one application that were made at once", () => {
  const secret = declarationOf("ConnectApplicationSecret");
  const ofOne = (rotation?: string) => ({ applicationId, ...(rotation && { keepers: { rotation } }) });
  const alive = async () => (await api.connectApplications.listSecrets({ id: applicationId })).map(({ id }) => id);
  let applicationId: string;
  beforeEach(async () => {
    const given = { name: "CI", application_type: "m2m" as const, organization_id: organizationId };
    applicationId = (await api.connectApplications.create(given)).id;
  });

  it("are both ended by the next run, in which either is made anew, and somebody else's is not", async () => {
    const { id: foreign } = await api.connectApplications.createSecret({ id: applicationId });
    const dying = processOf();
    await Promise.all(["1", "2"].map((one) => create(secret, ofOne(one), dying)));
    const next = processOf();
    const made = [await create(secret, ofOne("1"), next), await create(secret, ofOne("2"), next)];
    expect((await alive()).sort()).toEqual([foreign, ...made.map(({ id }) => id)].sort());
  });

  it.each([
    ["before it had made the other", false],
    ["after it had made the other", true],
  ])("leave alone the one that was handed over, in a process that died %s", async (_when, effect) => {
    const dying = processOf();
    const { id, outs } = await create(secret, ofOne(), dying);
    dying.journal.handedOver(secret, ofOne(), id);
    const other = await create(secret, ofOne(), dying);
    if (!effect) await api.connectApplications.deleteSecret({ id: other.id });
    const next = processOf();
    next.journal.close(secret, outs, id);
    const anew = await create(secret, ofOne(), next);
    expect((await alive()).sort()).toEqual([id, anew.id].sort());
  });

  it("leave alone the one that its engine may have recorded, until it is asked for itself", async () => {
    const dying = processOf();
    const told = await create(secret, ofOne(), dying);
    dying.journal.handedOver(secret, ofOne(), told.id);
    await create(secret, ofOne(), dying);
    dying.journal.engineLost();
    const next = processOf();
    const other = await create(secret, ofOne(), next);
    next.journal.handedOver(secret, ofOne(), other.id);
    expect((await alive()).sort()).toEqual([told.id, other.id].sort());
    const anew = await create(secret, ofOne(), next);
    expect((await alive()).sort()).toEqual([anew.id, other.id].sort());
  });

  it("do not take each other's note along, where one is handed over and the other is under way", async () => {
    const dying = processOf();
    const [one, other] = await Promise.all([create(secret, ofOne(), dying), create(secret, ofOne(), dying)]);
    dying.journal.handedOver(secret, ofOne(), one.id);
    const next = processOf();
    const anew = await create(secret, ofOne(), next);
    expect((await alive()).sort()).toEqual([one.id, anew.id].sort());
    expect(anew.id).not.toBe(other.id);
  });
});

describe("what is taken over and put back later", () => {
  const template = declarationOf("JwtTemplate");
  const state = declarationOf("FeatureFlagState");
  const [before, ours, later] = ['{ "a": 1 }', '{ "b": 2 }', '{ "c": 3 }'];

  it.each([
    ["the same", ours],
    ["something else", later],
  ])(
    "is what was there before, where a run has died after its write and the next declares %s",
    async (_what, content) => {
      await api.jwtTemplate.update({ content: before });
      await create(template, { content: ours }, processOf());
      const { outs } = await create(template, { content }, processOf());
      expect(outs).toMatchObject({ content, adopted: true, previousContent: before });
    },
  );

  it("is nothing, where there was none", async () => {
    await create(template, { content: ours }, processOf());
    const { outs } = await create(template, { content: later }, processOf());
    expect([outs.adopted, outs.previousContent, outs.content]).toEqual([false, undefined, later]);
  });

  it("is what somebody else has put there since", async () => {
    await api.jwtTemplate.update({ content: before });
    await create(template, { content: ours }, processOf());
    await api.jwtTemplate.update({ content: later });
    const { outs } = await create(template, { content: ours }, processOf());
    expect(outs.previousContent).toBe(later);
  });

  it("is a flag's state before the run that died, or whose answers were lost", async () => {
    emulator.control.addFeatureFlag({ slug: "beta", enabled: false });
    await create(state, { slug: "beta", enabled: true }, processOf());
    const { id, outs } = await create(state, { slug: "beta", enabled: true }, processOf());
    expect(outs).toMatchObject({ enabled: true, enabledBefore: false });
    await remove(state, id, outs, processOf());
    expect(emulator.control.state().featureFlags[0]?.enabled).toBe(false);
  });

  it("leaves no note once it is recorded, and none of an earlier life counts then", async () => {
    await api.jwtTemplate.update({ content: before });
    const { id, outs } = await create(template, { content: ours }, processOf());
    lifecycleOf(template).stateSeen?.(id, outs, processOf());
    expect(readdirSync(directory)).toEqual([]);
    const again = await create(template, { content: ours }, processOf());
    lifecycleOf(template).createHandedOver?.(again.id, { content: ours }, processOf());
    expect(readdirSync(directory)).toEqual([]);
    expect(again.outs.previousContent).toBe(ours);
  });
});

it("keeps no secret on the disk", async () => {
  await create(declarationOf("User"), lives.User(), processOf());
  const kept = readdirSync(directory).map((file) => file + readFileSync(join(directory, file), "utf8"));
  expect(kept).toHaveLength(1);
  expect(kept.join()).not.toMatch(/correct-horse|ben@/);
});

it("does without where the disk cannot be written to", async () => {
  const context = contextOf({ api, journal: journalIn("/dev/null/nowhere", "test") });
  await expect(create(declarationOf("User"), lives.User(), context)).resolves.toHaveProperty("id");
});
