import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { role, distinct } from "./generators";
import { organizationNamed, userNamed } from "../lifecycle/support/people";
import { type World } from "../support/world";
import { type Row } from "./row";

const path = "/user_management/organization_memberships/{id}";

const anotherUser = async ({ api }: World) => (await api.users.create({ email: "ben@example.com" })).id;
const anotherOrganization = async ({ api }: World) => (await api.organizations.create({ name: "Other" })).id;

export const organizationMembership: Row = {
  inputs: async ({ api }) => ({
    userId: (await api.users.create({ email: "ann@example.com" })).id,
    organizationId: (await api.organizations.create({ name: "Acme" })).id,
    roleSlug: "member",
    status: "active",
  }),
  fields: {
    userId: { to: anotherUser, replaces: "create first" },
    organizationId: { to: anotherOrganization, replaces: "create first" },
    roleSlug: {
      to: "admin",
      sends: [{ method: "PUT", path, body: { role_slug: "admin" } }],
      removal: [],
      drift: {
        behind: ({ world, id }) => world.api.organizationMemberships.update({ id, role_slug: "admin" }),
        reported: { roleSlug: "admin" },
      },
    },
    roleSlugs: {
      given: { roleSlug: undefined, roleSlugs: ["member"] },
      to: ["member", "admin"],
      sends: [{ method: "PUT", path, body: { role_slugs: ["member", "admin"] } }],
      removal: [],
      drift: {
        behind: ({ world, id }) => world.api.organizationMemberships.update({ id, role_slugs: ["admin", "member"] }),
        reported: { roleSlugs: ["admin", "member"] },
      },
    },
    status: {
      to: "inactive",
      sends: [{ method: "PUT", path: `${path}/deactivate` }],
      removal: [],
      drift: {
        behind: ({ world, id }) => world.api.organizationMemberships.deactivate({ id }),
        reported: { status: "inactive" },
      },
    },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "deactivate", sends: [], removal: [] },
    allowDirectoryManaged: { given: { allowDirectoryManaged: true }, to: false, sends: [], removal: [] },
  },
  touch: async ({ world, id }) => {
    await world.api.organizationMemberships.deactivate({ id });
    await world.api.organizationMemberships.reactivate({ id });
  },
  end: ({ world, id }) => world.api.organizationMemberships.delete({ id }),
  deletes: [{ method: "DELETE", path }],
  count: (world) => world.control.state().organizationMemberships.length,
  accepted: { userId: "user_1", organizationId: "org_1" },
  random: (ids) => ({
    userId: fc.constantFrom(...ids.users),
    organizationId: fc.constantFrom(...ids.organizations),
    roleSlug: role,
    roleSlugs: distinct(role, 1),
    status: fc.constantFrom("active", "inactive"),
  }),
  bodies: {
    create: bodyOf(endpoints.organizationMemberships.create),
    // A suspension is a call without a body.
    updates: [bodyOf(endpoints.organizationMemberships.update), z.object({ status: z.string() }).partial()],
  },
  present: async (world) => {
    const userId = await userNamed(world, "ann");
    const organizationId = await organizationNamed(world, "Acme");
    const { id } = await world.api.organizationMemberships.create({ user_id: userId, organization_id: organizationId });
    return { id, inputs: { userId, organizationId } };
  },
  everything: [
    {
      userId: "User0.id",
      organizationId: "Organization0.id",
      roleSlugs: ["member", "admin"],
      status: "active",
      adopt: "if-exists",
      onDestroy: "deactivate",
      allowDirectoryManaged: true,
    },
    { userId: "User1.id", organizationId: "Organization0.id", roleSlug: "member" },
  ],
};
