/** Audit logs: which events they take, and how long they keep them. */
import { z } from "zod";
import { timestamp } from "./shapes";

/** A JSON Schema, which nothing here looks into. */
export const jsonSchema = z.record(z.string(), z.unknown());

export const auditLogSchema = z.object({
  object: z.literal("audit_log_schema"),
  version: z.int(),
  actor: z.object({ metadata: jsonSchema }).optional(),
  targets: z.array(z.object({ type: z.string(), metadata: jsonSchema.optional() })),
  metadata: jsonSchema.optional(),
  created_at: timestamp,
});
export type AuditLogSchemaObject = z.output<typeof auditLogSchema>;

export const auditLogAction = z.object({
  object: z.literal("audit_log_action"),
  name: z.string(),
  schema: auditLogSchema,
  created_at: timestamp,
  updated_at: timestamp,
});
export type AuditLogActionObject = z.output<typeof auditLogAction>;

/** Null where nobody has said so. It must be there all the same: nothing else tells the answer from another service's. */
export const auditLogRetention = z.object({ retention_period_in_days: z.int().nullable() });
