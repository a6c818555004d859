import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { organizationNamed } from "../lifecycle/support/people";
import { type World } from "../support/world";
import { bodyOf } from "./body-of";
import { distinct, name, permission } from "./generators";
import { type Row, type Subject } from "./row";

const anotherOrganization = async ({ api }: World) => (await api.organizations.create({ name: "Other" })).id;
const which = ({ inputs }: Pick<Subject, "inputs">) => ({
  organization_id: String(inputs.organizationId),
  slug: String(inputs.slug),
});
const change = (fields: { name?: string; description?: string }) => (subject: Subject) =>
  subject.world.api.organizationRoles.update({ ...which(subject), ...fields });
const path = "/authorization/organizations/{organizationId}/roles/{slug}";
const patch = (body: object) => [{ method: "PATCH", path, body }];
const put = (permissions: readonly string[]) => [{ method: "PUT", path: `${path}/permissions`, body: { permissions } }];

export const organizationRole: Row = {
  inputs: async ({ api }) => ({
    organizationId: (await api.organizations.create({ name: "Acme" })).id,
    slug: "org-billing",
    name: "Billing",
    description: "Pays the bills",
    permissions: ["bills:read", "bills:pay"],
    resourceTypeSlug: "organization",
  }),
  fields: {
    organizationId: { to: anotherOrganization, replaces: "create first" },
    slug: { to: "org-accounting", replaces: "create first" },
    name: {
      to: "Accounting",
      sends: patch({ name: "Accounting" }),
      drift: { behind: change({ name: "Else" }), reported: { name: "Else" } },
    },
    description: {
      to: "Pays all bills",
      sends: patch({ description: "Pays all bills" }),
      removal: patch({ description: null }),
      drift: { behind: change({ description: "Else" }), reported: { description: "Else" } },
    },
    permissions: {
      to: ["bills:read"],
      sends: put(["bills:read"]),
      removal: put([]),
      drift: {
        behind: (subject) =>
          subject.world.api.organizationRoles.setPermissions({ ...which(subject), permissions: ["users:delete"] }),
        reported: { permissions: ["users:delete"] },
      },
    },
    resourceTypeSlug: { to: "project", replaces: "delete first" },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: async (subject) => {
    await change({ name: "Else" })(subject);
    await change({ name: "Billing" })(subject);
  },
  end: (subject) => subject.world.api.organizationRoles.delete(which(subject)),
  deletes: [{ method: "DELETE", path }],
  count: (world) => world.control.state().roles.filter(({ type }) => type === "OrganizationRole").length,
  accepted: { organizationId: "org_1", slug: "org-billing", name: "Billing" },
  random: (ids) => ({
    organizationId: fc.constantFrom(...ids.organizations),
    slug: fc.constantFrom("org-billing", "org-ops", "org-a_b-1"),
    name,
    description: name,
    permissions: distinct(permission, 0),
    resourceTypeSlug: fc.constantFrom("organization", "project"),
  }),
  bodies: {
    create: bodyOf(endpoints.organizationRoles.create).extend({ organization_id: z.string() }),
    updates: [bodyOf(endpoints.organizationRoles.update), bodyOf(endpoints.organizationRoles.setPermissions)],
  },
  present: async (world) => {
    const organizationId = await organizationNamed(world, "Acme");
    const role = { organization_id: organizationId, slug: "org-billing", name: "Billing" };
    const { id } = await world.api.organizationRoles.create(role);
    return { id, inputs: { organizationId, slug: "org-billing", name: "Billing" } };
  },
  everything: [
    {
      organizationId: "Organization0.id",
      slug: "org-billing",
      name: "Billing",
      description: "Pays the bills",
      permissions: ["bills:pay"],
      resourceTypeSlug: "organization",
      adopt: "if-exists",
      onDestroy: "delete",
    },
    { organizationId: "Organization0.id", slug: "org-editor", name: "Editor", resourceTypeSlug: "project" },
  ],
};
