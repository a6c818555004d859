import { limits } from "../../api/schemas/limits";
import { type Context } from "../context";
import { invalidParameters, notFound } from "../errors";
import { page } from "../pages";
import { type StoredAuditLogSchema, type StoredOrganization } from "../store/entities";
import { type Family } from "./handler";
import { presentAuditLogAction, presentAuditLogSchema } from "./present";

export const auditLogSchemas: Family<"auditLogSchemas"> = {
  listActions: (query, { store }) => {
    const found = page(store.auditLogActions.ids(), "audit_log_action", query, (id) => store.auditLogActions.get(id));
    return { ...found, data: found.data.map((action) => presentAuditLogAction(action, newestOf(action.id, store))) };
  },

  list: (query, { store }) => {
    const [action] = store.auditLogActions.by("name", query.action_name);
    if (action === undefined) throw notFound("Audit Log action", query.action_name);
    const ids = store.auditLogSchemas.idsBy("action", action.id);
    const found = page(ids, "audit_log_schema", query, (id) => store.auditLogSchemas.get(id));
    return { ...found, data: found.data.map(presentAuditLogSchema) };
  },

  create: ({ action_name: name, ...schema }, { store, ids, clock }) => {
    const now = clock.iso();
    const [there] = store.auditLogActions.by("name", name);
    const action = { ...(there ?? { id: ids.make("audit_log_action"), name, created_at: now }), updated_at: now };
    const made: StoredAuditLogSchema = {
      id: ids.make("audit_log_schema"),
      action_id: action.id,
      version: (there === undefined ? 0 : newestOf(there.id, store).version) + 1,
      actor: schema.actor ?? null,
      targets: schema.targets,
      metadata: schema.metadata ?? null,
      created_at: now,
    };
    store.write(() => {
      store.auditLogActions.put(action);
      store.auditLogSchemas.put(made);
    });
    return presentAuditLogSchema(made);
  },
};

export const auditLogRetentions: Family<"auditLogRetentions"> = {
  get: ({ id }, context) => ({ retention_period_in_days: organization(id, context).audit_log_retention_days }),

  set: ({ id, retention_period_in_days: days }, context) => {
    const { store } = context;
    const found = organization(id, context);
    if (!limits.auditLogRetentionDays.some((one) => one === days)) {
      const message = `retention_period_in_days: must be one of ${limits.auditLogRetentionDays.join(", ")}.`;
      throw invalidParameters([{ field: "retention_period_in_days", code: "invalid_value", message }]);
    }
    store.write(() => store.organizations.put({ ...found, audit_log_retention_days: days }));
    return { retention_period_in_days: days };
  },
};

/** There is no action without a schema. */
function newestOf(actionId: string, store: Context["store"]): StoredAuditLogSchema {
  const ids = store.auditLogSchemas.idsBy("action", actionId);
  const newest = store.auditLogSchemas.get(ids.at(ids.size - 1) ?? "");
  if (newest === undefined) throw new Error(`the action ${actionId} has no schema`);
  return newest;
}

function organization(id: string, { store }: Context): StoredOrganization {
  const found = store.organizations.get(id);
  if (found === undefined) throw notFound("Organization", id);
  return found;
}
