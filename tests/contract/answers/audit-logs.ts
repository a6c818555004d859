import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { auditLogRetentions: retentions, auditLogSchemas: schemas, organizations } = endpoints;

export function auditLogAnswers(run: RunOf): void {
  test("each schema of an action is its next version, and the newest is the action's", async () => {
    const first = { targets: [{ type: "invoice", metadata: { type: "object" } }] };
    const action_name = "invoice.paid";
    expect(await run().call(schemas.create, { action_name, ...first })).toMatchObject({ version: 1, ...first });
    const second = { targets: [{ type: "invoice" }], actor: { metadata: {} }, metadata: { type: "object" } };
    const newest = await run().call(schemas.create, { action_name, ...second });
    expect(newest).toMatchObject({ version: 2, ...second });
    const { data } = await run().call(schemas.list, { action_name });
    expect(data.map(({ version }) => version)).toEqual([2, 1]);
    await run().call(schemas.create, { action_name: "invoice.voided", ...first });
    const actions = (await run().call(schemas.listActions, { order: "asc" })).data;
    expect(actions.map(({ name }) => name)).toEqual(["invoice.paid", "invoice.voided"]);
    expect(actions[0]?.schema).toEqual(newest);
  });

  test("an unknown action is 404, and what does not fit is 422", async () => {
    expect(await run().refused(schemas.list, { action_name: "none" })).toMatchObject({ status: 404 });
    expect(await run().refused(schemas.list, { action_name: "none", limit: "many" })).toMatchObject({ status: 422 });
    expect(await run().refused(schemas.listActions, { limit: 0 })).toMatchObject({ status: 422 });
    expect(await run().refused(schemas.create, { action_name: "a", targets: [] })).toMatchObject({ status: 422 });
  });

  test("a retention is none until it is set, to 30 or 365 days", async () => {
    const { id } = await run().call(organizations.create, { name: "Acme" });
    expect(await run().call(retentions.get, { id })).toEqual({ retention_period_in_days: null });
    for (const retention_period_in_days of [30, 365]) {
      await run().call(retentions.set, { id, retention_period_in_days });
      expect(await run().call(retentions.get, { id })).toEqual({ retention_period_in_days });
    }
    expect(await run().refused(retentions.set, { id, retention_period_in_days: 31 })).toMatchObject({ status: 422 });
    for (const endpoint of [retentions.get, retentions.set]) {
      const unknown = { id: "org_x", retention_period_in_days: 30 };
      expect(await run().refused(endpoint, unknown)).toMatchObject({ status: 404 });
    }
  });
}
