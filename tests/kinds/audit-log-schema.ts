import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { word } from "./generators";
import { type Row, type Subject } from "./row";

const path = "/audit_logs/actions/{id}/schemas";
const schemaOf = (...names: readonly string[]) => ({
  type: "object",
  properties: Object.fromEntries(names.map((one) => [one, { type: "string" }])),
});
const targets = [{ type: "invoice", metadata: schemaOf("cost") }, { type: "customer" }];
const whole = { targets, actor: { metadata: schemaOf("role") }, metadata: schemaOf("transactionId") };
/** It is looked first whether a version says the same already. */
const post = (body: object) => [
  { method: "GET", path: `${path}?limit=1&order=desc` },
  { method: "POST", path, body },
];
const change =
  (more: object) =>
  ({ world, id }: Subject) =>
    world.api.auditLogSchemas.create({ action_name: id, ...whole, ...more });
const schema = fc.constantFrom(schemaOf("a"), schemaOf("a", "b"), {});
const target = fc.record(
  { type: fc.constantFrom("invoice", "customer"), metadata: schema },
  { requiredKeys: ["type"], noNullPrototype: true },
);

export const auditLogSchema: Row = {
  inputs: () => Promise.resolve({ action: "invoice.paid", ...whole, adopt: "if-exists", onDestroy: "retain" }),
  needs: ["adopt"],
  lasts: true,
  stays: true,
  fields: {
    action: { to: "invoice.voided", replaces: "create first" },
    targets: {
      to: [{ type: "invoice" }],
      sends: post({ ...whole, targets: [{ type: "invoice" }] }),
      drift: { behind: change({ targets: [{ type: "else" }] }), reported: { targets: [{ type: "else" }] } },
    },
    actor: {
      to: { metadata: schemaOf("team") },
      sends: post({ ...whole, actor: { metadata: schemaOf("team") } }),
      removal: post({ targets, metadata: whole.metadata }),
      drift: {
        behind: change({ actor: { metadata: schemaOf("else") } }),
        reported: { actor: { metadata: schemaOf("else") } },
      },
    },
    metadata: {
      to: schemaOf("amount"),
      sends: post({ ...whole, metadata: schemaOf("amount") }),
      removal: post({ targets, actor: whole.actor }),
      drift: { behind: change({ metadata: schemaOf("else") }), reported: { metadata: schemaOf("else") } },
    },
    adopt: { to: "require", sends: [], removal: [] },
    // What check would not let through, so that there is another value.
    onDestroy: { to: "delete", sends: [], removal: [] },
  },
  touch: () => Promise.resolve(),
  end: () => Promise.reject(new Error("no operation ends a schema")),
  deletes: [],
  count: (world) => world.control.state().auditLogActions.length,
  accepted: { action: "invoice.paid", targets: [{ type: "invoice" }], onDestroy: "retain" },
  random: () => ({
    action: word,
    targets: fc.array(target, { minLength: 1, maxLength: 3 }),
    actor: fc.record({ metadata: schema }, { noNullPrototype: true }),
    metadata: schema,
    adopt: fc.constant("if-exists"),
  }),
  bodies: {
    create: bodyOf(endpoints.auditLogSchemas.create).extend({ action: z.string() }),
    // What is cleared is left out of the next version.
    updates: [bodyOf(endpoints.auditLogSchemas.create).partial().extend({ actor: z.unknown(), metadata: z.unknown() })],
  },
  present: async ({ api }) => {
    await api.auditLogSchemas.create({ action_name: "invoice.paid", targets: [{ type: "invoice" }] });
    return { id: "invoice.paid", inputs: { action: "invoice.paid", targets: [{ type: "invoice" }] } };
  },
  everything: [{ action: "invoice.paid", ...whole, adopt: "if-exists", onDestroy: "retain" }],
};
