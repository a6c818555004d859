import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });

// Events of this action that do not fit are refused. A change here is the next version, for events from then on.
const paid = new workos.AuditLogSchema("invoice-paid", {
  action: "invoice.paid",
  targets: [{ type: "invoice", metadata: { type: "object", properties: { cost: { type: "number" } } } }],
  metadata: { type: "object", properties: { transactionId: { type: "string" } } },
  onDestroy: "retain",
});

new workos.AuditLogRetention("acme", {
  organizationId: acme.id,
  retentionPeriodInDays: 365,
  onDestroy: "retain",
});

export const version = paid.version;
