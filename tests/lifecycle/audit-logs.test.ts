/** Schemas of audit logs, whose versions only grow, and how long their events are kept. */
import { complaints } from "../support/checking";
import { changed, lifeOf, noChange } from "../support/life";
import { useWorld } from "../support/world";
import { rows } from "../kinds";
import { organizationNamed } from "./support/people";
import { startRun, takeWrites } from "./support/run";

const current = useWorld();
const schema = { action: "invoice.paid", targets: [{ type: "invoice" }], onDestroy: "retain" };
const versions = async () => (await current().api.auditLogSchemas.list({ action_name: schema.action })).data.length;

describe("a schema", () => {
  it("that changes is the next version, and so says the run", async () => {
    const run = startRun(current());
    const life = run.life("AuditLogSchema");
    const { id, outs } = await life.create(schema);
    const state = await life.update(id, outs, { ...schema, targets: [{ type: "invoice" }, { type: "customer" }] });
    expect([outs.version, state.version]).toEqual([1, 2]);
    expect(run.said).toEqual(["The audit log schema of invoice.paid is version 2 now."]);
  });

  it("keeps in its next version what the program does not manage", async () => {
    const actor = { metadata: { type: "object" } };
    const { api } = current();
    await api.auditLogSchemas.create({ action_name: schema.action, targets: [{ type: "else" }], actor });
    const { outs } = await lifeOf("AuditLogSchema", current()).create({ ...schema, adopt: "if-exists" });
    expect(outs).toMatchObject({ version: 2, targets: [{ type: "invoice" }], actor });
  });

  it("whose next version was made, and the answer lost, is not made again", async () => {
    const life = lifeOf("AuditLogSchema", current());
    const { id, outs } = await life.create(schema);
    current().control.faults.add({ method: "POST", cut: "connection", when: "after" });
    const wanted = { ...schema, targets: [{ type: "customer" }] };
    const state = await life.update(id, outs, wanted);
    expect([state.version, await versions()]).toEqual([2, 2]);
    expect(life.diff(state, wanted)).toEqual(noChange);
  });

  it("that was made by a create whose answer was lost is taken", async () => {
    current().control.faults.add({ method: "POST", cut: "connection", when: "after" });
    // Of an action that no other create of this process was answered.
    const action = "invoice.voided";
    const { outs } = await lifeOf("AuditLogSchema", current()).create({ ...schema, action });
    expect(outs.version).toBe(1);
    expect((await current().api.auditLogSchemas.list({ action_name: action })).data).toHaveLength(1);
  });

  it("stays when it is removed, and the run says that it does", async () => {
    const run = startRun(current());
    const { id, outs } = await run.life("AuditLogSchema").create(schema);
    await run.life("AuditLogSchema").remove(id, outs);
    expect(run.said).toEqual(["The audit log schema of invoice.paid stays (version 1): WorkOS cannot delete one."]);
  });
});

describe("a retention", () => {
  it("that is there already as declared is not set again", async () => {
    const organizationId = await organizationNamed(current(), "Acme");
    await current().api.auditLogRetentions.set({ id: organizationId, retention_period_in_days: 30 });
    takeWrites(current());
    const { life, said } = startRun(current());
    await life("AuditLogRetention").create({ organizationId, retentionPeriodInDays: 30, onDestroy: "retain" });
    expect([takeWrites(current()), said]).toEqual([[], []]);
  });

  const made = async (before: number | null, retentionPeriodInDays: number) => {
    const organizationId = await organizationNamed(current(), "Acme");
    const { api } = current();
    if (before !== null) await api.auditLogRetentions.set({ id: organizationId, retention_period_in_days: before });
    const run = startRun(current());
    await run.life("AuditLogRetention").create({ organizationId, retentionPeriodInDays, onDestroy: "retain" });
    return { said: run.said, organizationId };
  };

  test.each([
    [null, 30, ""],
    [30, 30, ""],
    [30, 365, "keeps its events for 365 days now, not 30."],
    [365, 30, "keeps its events for 30 days now, not 365. Older ones are deleted for good."],
  ])("that was %s before and is set to %i says what that means", async (before, now, line) => {
    const { said, organizationId } = await made(before, now);
    expect(said).toEqual(line === "" ? [] : [`The audit log of ${organizationId} ${line}`]);
  });
});

test.each(["AuditLogSchema", "AuditLogRetention"] as const)("%s says at once that it cannot be deleted", (kind) => {
  const { accepted } = rows[kind];
  expect(complaints(kind, { onDestroy: undefined })).toEqual({
    onDestroy: expect.stringMatching(/^must be "retain": WorkOS has no operation that deletes this/) as unknown,
  });
  expect(complaints(kind, { onDestroy: "delete" })).toHaveProperty("onDestroy");
  expect(complaints(kind, changed(accepted, {}))).toEqual({});
});
