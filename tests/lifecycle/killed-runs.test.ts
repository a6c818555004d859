/** A run that died between the vendor's answer and the engine's record of it, seen by the next one. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { type Api, createApi } from "../../api";
import { contextOf, create, journalIn, read, update } from "../../provider/lifecycle";
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
