/** What happened in a customer's organization: events, exports of them as CSV, and how they are kept. */
import { z } from "zod";
import { endpoint } from "../../api/endpoint";
import { timestamp } from "../../api/schemas";
import { newToken } from "../auth/secrets";
import { type Context } from "../context";
import { ApiError, notFound } from "../errors";
import { isExpired } from "../handlers/present";
import { type StoredAuditLogEvent, type StoredAuditLogExport, type StoredAuditLogSchema } from "../store/entities";
import { maybe, serve, text } from "./operation";

const metadata = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional();
const party = z.object({ id: text, type: text, name: maybe, metadata });
const event = z.object({
  action: text,
  occurred_at: timestamp,
  actor: party,
  targets: z.array(party),
  context: z.object({ location: text, user_agent: maybe }),
  metadata,
  version: z.int().optional(),
});
const texts = z.array(z.string()).optional();
const auditLogExport = z.object({
  object: z.literal("audit_log_export"),
  id: text,
  state: z.enum(["pending", "ready", "error", "expired"]),
  url: z.string().nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});

export const auditLogEvents = {
  create: serve(
    endpoint({
      operation: "AuditLogEventsController_create",
      method: "POST",
      path: "/audit_logs/events",
      body: z.object({ organization_id: text, event }),
      success: { 200: z.object({ success: z.boolean() }) },
      repeat: "unsafe",
      lane: "write",
    }),
    ({ organization_id, event: given }, context) => {
      const { store, ids, clock } = context;
      requireOrganization(organization_id, context);
      const schema = schemaOf(given.action, given.version, context);
      const problems = problemsOf(given, schema);
      if (problems.length > 0) throw refused(problems);
      const { version: _version, metadata: about = {}, ...rest } = given;
      const made: StoredAuditLogEvent = {
        ...rest,
        id: ids.make("audit_log_event"),
        organization_id,
        version: schema.version,
        metadata: about,
        created_at: clock.iso(),
      };
      store.write(() => {
        store.auditLogEvents.put(made);
        const oldest = store.auditLogEvents.size > mostEvents ? store.auditLogEvents.ids().at(0) : undefined;
        if (oldest !== undefined) store.auditLogEvents.delete(oldest);
      });
      return { success: true };
    },
    { idempotent: true },
  ),

  export: serve(
    endpoint({
      operation: "AuditLogExportsController_exports",
      method: "POST",
      path: "/audit_logs/exports",
      body: z.object({
        organization_id: text,
        range_start: timestamp,
        range_end: timestamp,
        actions: texts,
        /** The older word for `actor_names`. */
        actors: texts,
        actor_names: texts,
        actor_ids: texts,
        targets: texts,
      }),
      success: { 201: auditLogExport },
      repeat: "unsafe",
      lane: "write",
    }),
    (given, context) => {
      const { store, ids, clock } = context;
      requireOrganization(given.organization_id, context);
      if (Date.parse(given.range_start) > Date.parse(given.range_end)) {
        throw new ApiError(400, { message: "range_start is after range_end." });
      }
      const now = clock.iso();
      const made: StoredAuditLogExport = {
        id: ids.make("audit_log_export"),
        organization_id: given.organization_id,
        range_start: given.range_start,
        range_end: given.range_end,
        actions: given.actions ?? null,
        actor_names: given.actor_names ?? given.actors ?? null,
        actor_ids: given.actor_ids ?? null,
        targets: given.targets ?? null,
        ...freshToken(context),
        created_at: now,
        updated_at: now,
      };
      store.write(() => store.auditLogExports.put(made));
      return presentExport(made, context);
    },
  ),

  getExport: serve(
    endpoint({
      operation: "AuditLogExportsController_export",
      method: "GET",
      path: "/audit_logs/exports/{auditLogExportId}",
      success: { 200: auditLogExport },
      repeat: "safe",
      lane: "read",
    }),
    ({ auditLogExportId: id }, context) => {
      const { store, clock } = context;
      const found = store.auditLogExports.get(id);
      if (found === undefined) throw notFound("Audit Log Export", id);
      if (!isExpired(found.token_expires_at, clock.now())) return presentExport(found, context);
      const renewed = { ...found, ...freshToken(context) };
      store.write(() => store.auditLogExports.put(renewed));
      return presentExport(renewed, context);
    },
  ),

  configuration: serve(
    endpoint({
      operation: "OrganizationsController_getAuditLogConfiguration",
      method: "GET",
      path: "/organizations/{id}/audit_log_configuration",
      success: {
        200: z.object({
          organization_id: text,
          retention_period_in_days: z.int(),
          state: z.enum(["active", "inactive", "disabled"]),
        }),
      },
      repeat: "safe",
      lane: "read",
    }),
    ({ id }, context) => {
      const { audit_log_retention_days: days } = requireOrganization(id, context);
      const active = days !== null || context.store.auditLogEvents.idsBy("organization", id).size > 0;
      return {
        organization_id: id,
        retention_period_in_days: days ?? shortestRetention,
        state: active ? ("active" as const) : ("inactive" as const),
      };
    },
  ),
} as const;

const shortestRetention = 30;
/** The oldest go: a server that runs for weeks must not grow. */
const mostEvents = 50_000;
const downloadMs = 10 * 60_000;

const freshToken = ({ clock }: Context) => ({
  token: newToken(),
  token_expires_at: new Date(clock.now() + downloadMs).toISOString(),
});

function requireOrganization(id: string, { store }: Context) {
  const found = store.organizations.get(id);
  if (found === undefined) throw notFound("Organization", id);
  return found;
}

interface Problem {
  readonly instancePath: string;
  readonly message: string;
}

const refused = (errors: readonly Problem[]) =>
  new ApiError(400, {
    code: "invalid_audit_log",
    message: "The event does not fit the schema of its action.",
    errors: errors.map((one) => ({ ...one })),
  });

/** The version that the event names, or the newest. */
function schemaOf(action: string, version: number | undefined, { store }: Context): StoredAuditLogSchema {
  const [known] = store.auditLogActions.by("name", action);
  const schemas = known === undefined ? [] : store.auditLogSchemas.by("action", known.id);
  const found = version === undefined ? schemas[schemas.length - 1] : schemas.find((one) => one.version === version);
  if (found !== undefined) return found;
  const which = version === undefined ? "" : ` of version ${version}`;
  throw refused([
    { instancePath: version === undefined ? "/action" : "/version", message: `${action} has no schema${which}` },
  ]);
}

function problemsOf(given: z.output<typeof event>, schema: StoredAuditLogSchema): Problem[] {
  const targets = given.targets.flatMap((target, index) => {
    const known = schema.targets.find(({ type }) => type === target.type);
    const path = `/targets/${index}`;
    if (known === undefined) {
      return [
        { instancePath: `${path}/type`, message: `is not one of ${schema.targets.map(({ type }) => type).join(", ")}` },
      ];
    }
    return fitting(target.metadata, known.metadata, `${path}/metadata`);
  });
  return [
    ...fitting(given.actor.metadata, schema.actor?.metadata, "/actor/metadata"),
    ...targets,
    ...fitting(given.metadata, schema.metadata ?? undefined, "/metadata"),
  ];
}

function fitting(
  value: Readonly<Record<string, unknown>> | undefined,
  schema: Readonly<Record<string, unknown>> | undefined,
  path: string,
): Problem[] {
  if (schema === undefined || Object.keys(schema).length === 0) return [];
  const parsed = z.fromJSONSchema(schema).safeParse(value ?? {});
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({
    instancePath: [path, ...issue.path.map(String)].join("/"),
    message: issue.message,
  }));
}

export const exportPath = "/audit_logs/exports/:id/file";

function presentExport(one: StoredAuditLogExport, { url }: Context): z.output<typeof auditLogExport> {
  const { id, token, created_at, updated_at } = one;
  const file = new URL(exportPath.replace(":id", id), url);
  file.searchParams.set("token", token);
  return { object: "audit_log_export", id, state: "ready", url: file.href, created_at, updated_at };
}

/** The file behind the link of an export; nothing where the link is wrong or over. */
export function exportFile(id: string, token: string, { store, clock }: Context): string | undefined {
  const found = store.auditLogExports.get(id);
  if (found?.token !== token || isExpired(found.token_expires_at, clock.now())) return undefined;
  const events = store.auditLogEvents.by("organization", found.organization_id).filter((one) => isIn(one, found));
  return [columns, ...events.map(rowOf)].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function isIn(one: StoredAuditLogEvent, wanted: StoredAuditLogExport): boolean {
  const at = Date.parse(one.occurred_at);
  const among = (values: readonly string[] | null, value: string | undefined) =>
    values === null || (value !== undefined && values.includes(value));
  return (
    at >= Date.parse(wanted.range_start) &&
    at <= Date.parse(wanted.range_end) &&
    among(wanted.actions, one.action) &&
    among(wanted.actor_names, one.actor.name) &&
    among(wanted.actor_ids, one.actor.id) &&
    (wanted.targets === null || one.targets.some(({ type }) => wanted.targets?.includes(type)))
  );
}

const columns = [
  ...["id", "action", "occurred_at", "version", "actor_id", "actor_type", "actor_name", "actor_metadata"],
  ...["targets", "location", "user_agent", "metadata"],
];

const rowOf = (one: StoredAuditLogEvent): string[] => [
  ...[one.id, one.action, one.occurred_at, String(one.version)],
  ...[one.actor.id, one.actor.type, one.actor.name ?? "", JSON.stringify(one.actor.metadata ?? {})],
  ...[JSON.stringify(one.targets), one.context.location, one.context.user_agent ?? "", JSON.stringify(one.metadata)],
];

/** RFC 4180; text that a spreadsheet would take for a formula is kept from it. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
