import { endpoints } from "../../../api/endpoints/index";
import { extras } from "../../../emulator/extra";
import { type RunOf } from "../answers/run-of";

const { auditLogSchemas, auditLogRetentions, organizations } = endpoints;
const { auditLogEvents: logs } = extras;

export function auditLogEventAnswers(run: RunOf): void {
  async function acme() {
    const { id } = await run().call(organizations.create, { name: "Acme" });
    await run().call(auditLogSchemas.create, {
      action_name: "document.shared",
      actor: { metadata: { type: "object", properties: { role: { type: "string" } } } },
      targets: [{ type: "document" }],
      metadata: { type: "object", properties: { pages: { type: "number" } } },
    });
    return id;
  }
  const shared = (fields: object = {}) => ({
    action: "document.shared",
    occurred_at: "2026-05-01T10:00:00.000Z",
    actor: { id: "user_1", type: "user", name: 'Ann, "the boss"', metadata: { role: "owner" } },
    targets: [{ id: "doc_1", type: "document" }],
    context: { location: "203.0.113.7", user_agent: "curl" },
    metadata: { pages: 3 },
    ...fields,
  });

  test("an event is taken, and an export has it as CSV at an address that works for a while", async () => {
    const organization_id = await acme();
    expect(await run().call(logs.create.endpoint, { organization_id, event: shared() })).toEqual({ success: true });
    const later = shared({ occurred_at: "2026-07-01T10:00:00.000Z" });
    await run().call(logs.create.endpoint, { organization_id, event: later });
    const range = { range_start: "2026-04-01T00:00:00.000Z", range_end: "2026-06-01T00:00:00.000Z" };
    const made = await run().call(logs.export.endpoint, { organization_id, ...range, actions: ["document.shared"] });
    const { url } = await run().call(logs.getExport.endpoint, { auditLogExportId: made.id });
    const answer = await fetch(url ?? "");
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const lines = (await answer.text()).trimEnd().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('user_1,user,"Ann, ""the boss""",');
    run().control.clock.advance(11 * 60_000);
    expect((await fetch(url ?? "")).status).toBe(404);
    const renewed = await run().call(logs.getExport.endpoint, { auditLogExportId: made.id });
    expect((await fetch(renewed.url ?? "")).status).toBe(200);
    const nobody = await run().call(logs.export.endpoint, { organization_id, ...range, actor_ids: ["user_2"] });
    expect((await (await fetch(nobody.url ?? "")).text()).trimEnd().split("\r\n")).toHaveLength(1);
  });

  test("the same idempotency key makes one event", async () => {
    const organization_id = await acme();
    const headers = { "Idempotency-Key": "once" };
    for (let times = 0; times < 2; times += 1) {
      await run().call(logs.create.endpoint, { organization_id, event: shared() }, undefined, { headers });
    }
    const range = { range_start: "2026-04-01T00:00:00.000Z", range_end: "2026-06-01T00:00:00.000Z" };
    const { url } = await run().call(logs.export.endpoint, { organization_id, ...range });
    expect((await (await fetch(url ?? "")).text()).trimEnd().split("\r\n")).toHaveLength(2);
  });

  test.each([
    ["an action without a schema", { action: "document.burnt" }, "/action"],
    ["a version that is not there", { version: 7 }, "/version"],
    ["a target of another type", { targets: [{ id: "x", type: "team" }] }, "/targets/0/type"],
    ["metadata of another type", { metadata: { pages: "three" } }, "/metadata/pages"],
    [
      "an actor's metadata of another type",
      { actor: { id: "u", type: "user", metadata: { role: 1 } } },
      "/actor/metadata/role",
    ],
  ])("%s is refused with the place", async (_what, fields, instancePath) => {
    const organization_id = await acme();
    const answer = await fetch(`${run().emulator.url}/audit_logs/events`, {
      method: "POST",
      headers: { Authorization: "Bearer sk_test_local" },
      body: JSON.stringify({ organization_id, event: shared(fields) }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: "invalid_audit_log", errors: [{ instancePath }] });
  });

  test("what is unknown or cannot be is refused", async () => {
    const organization_id = await acme();
    const unknown = { organization_id: "org_x", event: shared() };
    expect(await run().refused(logs.create.endpoint, unknown)).toMatchObject({ status: 404 });
    expect(await run().refused(logs.create.endpoint, { organization_id })).toMatchObject({ status: 422 });
    const backwards = { range_start: "2026-06-01T00:00:00.000Z", range_end: "2026-04-01T00:00:00.000Z" };
    expect(await run().refused(logs.export.endpoint, { organization_id, ...backwards })).toMatchObject({ status: 400 });
    const none = { auditLogExportId: "audit_log_export_x" };
    expect(await run().refused(logs.getExport.endpoint, none)).toMatchObject({ status: 404 });
    expect(await run().refused(logs.configuration.endpoint, { id: "org_x" })).toMatchObject({ status: 404 });
  });

  test("how an organization's log is kept", async () => {
    const id = await acme();
    expect(await run().call(logs.configuration.endpoint, { id })).toMatchObject({ state: "inactive" });
    await run().call(auditLogRetentions.set, { id, retention_period_in_days: 365 });
    const kept = { organization_id: id, retention_period_in_days: 365, state: "active" };
    expect(await run().call(logs.configuration.endpoint, { id })).toEqual(kept);
  });
}
