/**
 * What events an audit log takes, and how long it keeps them: `AuditLogValidatorsController`,
 * `AuditLogValidatorVersionsController` and `AuditLogsRetentionController` in the vendor's specification.
 */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { auditLogAction, auditLogRetention, auditLogSchema, jsonSchema, listOf, page } from "../schemas";

export const auditLogSchemas = {
  /** Every action of the environment, with its newest schema. */
  listActions: endpoint({
    operation: "AuditLogValidatorsController_list",
    method: "GET",
    path: "/audit_logs/actions",
    query: page,
    success: { 200: listOf(auditLogAction) },
    repeat: "safe",
    lane: "read",
  }),
  /** The schemas of one action, newest first. */
  list: endpoint({
    operation: "AuditLogValidatorVersionsController_schemas",
    method: "GET",
    path: "/audit_logs/actions/{action_name}/schemas",
    query: page,
    success: { 200: listOf(auditLogSchema) },
    repeat: "safe",
    lane: "read",
  }),
  /** The next version of an action's schema, or the first one, which makes the action. None is ever deleted. */
  create: endpoint({
    operation: "AuditLogValidatorVersionsController_create",
    method: "POST",
    path: "/audit_logs/actions/{action_name}/schemas",
    body: z.object({
      actor: z.object({ metadata: jsonSchema }).optional(),
      targets: z.array(z.object({ type: z.string(), metadata: jsonSchema.optional() })).min(1),
      metadata: jsonSchema.optional(),
    }),
    success: { 201: auditLogSchema },
    repeat: "unsafe",
    lane: "write",
  }),
} as const;

export const auditLogRetentions = {
  /** How many days an organization's events are kept; null where nobody has said so. */
  get: endpoint({
    operation: "AuditLogsRetentionController_auditLogsRetention",
    method: "GET",
    path: "/organizations/{id}/audit_logs_retention",
    success: { 200: auditLogRetention },
    repeat: "safe",
    lane: "read",
  }),
  /** Sets it: 30 or 365. */
  set: endpoint({
    operation: "AuditLogsRetentionController_updateAuditLogsRetention",
    method: "PUT",
    path: "/organizations/{id}/audit_logs_retention",
    body: auditLogRetention.extend({ retention_period_in_days: z.int() }),
    success: { 200: auditLogRetention },
    repeat: "safe",
    lane: "write",
  }),
} as const;
