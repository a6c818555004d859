import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { organizationNamed } from "../lifecycle/support/people";
import { type World } from "../support/world";
import { bodyOf } from "./body-of";
import { name } from "./generators";
import { type Row, type Subject } from "./row";

const anotherOrganization = async ({ api }: World) => (await api.organizations.create({ name: "Other" })).id;
const which = ({ world, id }: Subject) => ({
  organization_id: String(world.control.state().groups.find((one) => one.id === id)?.organization_id),
  group_id: id,
});
const change = (fields: { name?: string; description?: string }) => (subject: Subject) =>
  subject.world.api.groups.update({ ...which(subject), ...fields });
const path = "/organizations/{organizationId}/groups/{id}";
const patch = (body: object) => [{ method: "PATCH", path, body }];

export const group: Row = {
  inputs: async ({ api }) => ({
    organizationId: (await api.organizations.create({ name: "Acme" })).id,
    name: "Engineering",
    description: "Builds it",
  }),
  fields: {
    organizationId: { to: anotherOrganization, replaces: "create first" },
    name: {
      to: "Platform",
      sends: patch({ name: "Platform" }),
      drift: { behind: change({ name: "Else" }), reported: { name: "Else" } },
    },
    description: {
      to: "Runs it",
      sends: patch({ description: "Runs it" }),
      removal: patch({ description: null }),
      drift: { behind: change({ description: "Else" }), reported: { description: "Else" } },
    },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: async (subject) => {
    await change({ name: "Else" })(subject);
    await change({ name: "Engineering" })(subject);
  },
  end: (subject) => subject.world.api.groups.delete(which(subject)),
  deletes: [{ method: "DELETE", path }],
  count: (world) => world.control.state().groups.length,
  accepted: { organizationId: "org_1", name: "Engineering" },
  random: (ids) => ({ organizationId: fc.constantFrom(...ids.organizations), name, description: name }),
  bodies: {
    create: bodyOf(endpoints.groups.create).extend({ organization_id: z.string() }),
    updates: [bodyOf(endpoints.groups.update)],
  },
  present: async (world) => {
    const organizationId = await organizationNamed(world, "Acme");
    const { id } = await world.api.groups.create({ organization_id: organizationId, name: "Engineering" });
    return { id, inputs: { organizationId, name: "Engineering" } };
  },
  everything: [
    {
      organizationId: "Organization0.id",
      name: "Engineering",
      description: "Builds it",
      adopt: "if-exists",
      onDestroy: "delete",
    },
    { organizationId: "Organization0.id", name: "Support" },
  ],
};
