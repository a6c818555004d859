import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { type World } from "../support/world";
import { bodyOf } from "./body-of";
import { type Row } from "./row";

const anotherOrganization = async ({ api }: World) => (await api.organizations.create({ name: "Other" })).id;
const put = (days: number) => [
  { method: "PUT", path: "/organizations/{id}/audit_logs_retention", body: { retention_period_in_days: days } },
];

export const auditLogRetention: Row = {
  inputs: async ({ api }) => ({
    organizationId: (await api.organizations.create({ name: "Acme" })).id,
    retentionPeriodInDays: 30,
    onDestroy: "retain",
  }),
  needs: ["onDestroy"],
  lasts: true,
  stays: true,
  fields: {
    organizationId: { to: anotherOrganization, replaces: "create first" },
    retentionPeriodInDays: {
      to: 365,
      sends: put(365),
      drift: {
        behind: ({ world, id }) => world.api.auditLogRetentions.set({ id, retention_period_in_days: 365 }),
        reported: { retentionPeriodInDays: 365 },
      },
    },
    // What check would not let through, so that there is another value.
    onDestroy: { to: "delete", sends: [], removal: [] },
  },
  touch: () => Promise.resolve(),
  end: ({ world, id }) => world.api.organizations.delete({ id }),
  deletes: [],
  count: (world) => world.control.state().auditLogRetentions.length,
  accepted: { organizationId: "org_1", retentionPeriodInDays: 30, onDestroy: "retain" },
  random: (ids) => ({
    organizationId: fc.constantFrom(...ids.organizations),
    retentionPeriodInDays: fc.constantFrom(30, 365),
    onDestroy: fc.constant("retain"),
  }),
  bodies: {
    create: bodyOf(endpoints.auditLogRetentions.set).extend({ organization_id: z.string() }),
    updates: [bodyOf(endpoints.auditLogRetentions.set)],
  },
  everything: [{ organizationId: "Organization0.id", retentionPeriodInDays: 30, onDestroy: "retain" }],
};
