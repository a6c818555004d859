import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { anotherGroup, anotherMember, anotherOrganization, groupBeside } from "../lifecycle/support/groups";
import { type World } from "../support/world";
import { bodyOf } from "./body-of";
import { type Row, type Subject } from "./row";

const path = "/organizations/{organizationId}/groups/{groupId}/organization-memberships/{organizationMembershipId}";
const which = ({ inputs }: Pick<Subject, "inputs">) => ({
  organization_id: String(inputs.organizationId),
  group_id: String(inputs.groupId),
  organization_membership_id: String(inputs.organizationMembershipId),
});

async function inputs(world: World) {
  const { organizationId, groupId, of } = await groupBeside(world, "ann");
  return { organizationId, groupId, organizationMembershipId: of("ann") };
}

export const groupMembership: Row = {
  inputs,
  fields: {
    organizationId: { to: anotherOrganization, replaces: "create first" },
    groupId: { to: anotherGroup, replaces: "create first" },
    organizationMembershipId: { to: anotherMember, replaces: "create first" },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: (subject) => subject.world.api.groupMemberships.add(which(subject)),
  end: (subject) => subject.world.api.groupMemberships.remove(which(subject)),
  deletes: [{ method: "DELETE", path }],
  count: (world) => world.control.state().groupMemberships.length,
  accepted: { organizationId: "org_1", groupId: "group_1", organizationMembershipId: "om_1" },
  random: (ids) => ({
    organizationId: fc.constant(ids.organizations[0]),
    groupId: fc.constantFrom(...ids.groups),
    organizationMembershipId: fc.constantFrom(...ids.memberships),
  }),
  bodies: {
    create: bodyOf(endpoints.groupMemberships.add).extend({ organization_id: z.string(), group_id: z.string() }),
    updates: [],
  },
  present: async (world) => {
    const given = await inputs(world);
    await world.api.groupMemberships.add(which({ inputs: given }));
    return { id: `${given.groupId}/${given.organizationMembershipId}`, inputs: given };
  },
  everything: [
    {
      organizationId: "Organization0.id",
      groupId: "Group0.id",
      organizationMembershipId: "OrganizationMembership0.id",
      adopt: "if-exists",
      onDestroy: "delete",
    },
  ],
};
