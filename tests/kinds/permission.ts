import fc from "fast-check";
import { endpoints } from "../../api/endpoints";
import { type World } from "../support/world";
import { bodyOf } from "./body-of";
import { name } from "./generators";
import { type Row, type Subject } from "./row";

const slugOf = ({ inputs }: Pick<Subject, "inputs">) => ({ slug: String(inputs.slug) });
const change = (fields: { name?: string; description?: string }) => (subject: Subject) =>
  subject.world.api.permissions.update({ ...slugOf(subject), ...fields });
const path = "/authorization/permissions/{slug}";
const patch = (body: object) => [{ method: "PATCH", path, body }];
const pay = { slug: "bills-pay", name: "Pay bills" };

export const permission: Row = {
  inputs: () => Promise.resolve({ ...pay, description: "Pays open bills", resourceTypeSlug: "organization" }),
  fields: {
    slug: { to: "bills-read", replaces: "create first" },
    name: {
      to: "Pay all bills",
      sends: patch({ name: "Pay all bills" }),
      drift: { behind: change({ name: "Else" }), reported: { name: "Else" } },
    },
    description: {
      to: "Pays all bills",
      sends: patch({ description: "Pays all bills" }),
      removal: patch({ description: null }),
      drift: { behind: change({ description: "Else" }), reported: { description: "Else" } },
    },
    resourceTypeSlug: { to: "invoice", replaces: "delete first" },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: async (subject) => {
    await change({ name: "Else" })(subject);
    await change({ name: pay.name })(subject);
  },
  end: (subject) => subject.world.api.permissions.delete(slugOf(subject)),
  deletes: [{ method: "DELETE", path }],
  count: ({ control }: World) => control.state().permissions.length,
  accepted: pay,
  random: () => ({
    slug: fc.constantFrom("bills:pay", "bills.*", "*", "a_b-1"),
    name,
    description: name,
    resourceTypeSlug: fc.constantFrom("organization", "project"),
  }),
  bodies: {
    create: bodyOf(endpoints.permissions.create),
    updates: [bodyOf(endpoints.permissions.update)],
  },
  present: async ({ api }) => {
    const { id } = await api.permissions.create(pay);
    return { id, inputs: pay };
  },
  everything: [
    {
      ...pay,
      description: "Pays open bills",
      resourceTypeSlug: "organization",
      adopt: "if-exists",
      onDestroy: "delete",
    },
  ],
};
