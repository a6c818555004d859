import fc from "fast-check";
import { z } from "zod";
import { anotherGroup, anotherOrganization, groupBeside } from "../lifecycle/support/groups";
import { type World } from "../support/world";
import { type Row, type Subject } from "./row";

const group = "/organizations/{organizationId}/groups/{groupId}";
/** There is one member in these inputs. */
const remove = { method: "DELETE", path: `${group}/organization-memberships/{organizationMembershipIds}` };
/** What is looked up for the line about them. */
const looks = [
  "/user_management/organization_memberships/{organizationMembershipIds}",
  group,
  "/authorization/groups/{groupId}/role_assignments?limit=100",
].map((path) => ({ method: "GET", path }));

const which = ({ inputs }: Subject) => ({
  organization_id: String(inputs.organizationId),
  group_id: String(inputs.groupId),
});
const member = (subject: Subject) => ({
  ...which(subject),
  organization_membership_id: String(subject.inputs.organizationMembershipIds),
});

async function inputs(world: World) {
  const { organizationId, groupId, of } = await groupBeside(world, "ann");
  return { organizationId, groupId, organizationMembershipIds: [of("ann")] };
}

export const groupMembers: Row = {
  inputs,
  fields: {
    mode: { given: { mode: "additive" }, to: "authoritative", sends: [], removal: [] },
    organizationId: { to: anotherOrganization, replaces: "create first" },
    groupId: { to: anotherGroup, replaces: "create first" },
    organizationMembershipIds: {
      to: [],
      sends: [remove, ...looks],
      drift: {
        behind: (subject) => subject.world.api.groupMemberships.remove(member(subject)),
        reported: { organizationMembershipIds: [] },
      },
    },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: (subject) => subject.world.api.groupMemberships.add(member(subject)),
  end: (subject) => subject.world.api.groups.delete(which(subject)),
  deletes: [remove],
  isList: true,
  count: (world) => world.control.state().groupMemberships.length,
  accepted: { organizationId: "org_1", groupId: "group_1", organizationMembershipIds: ["om_1"] },
  random: (ids) => ({
    organizationId: fc.constant(ids.organizations[0]),
    groupId: fc.constantFrom(...ids.groups),
    organizationMembershipIds: fc.uniqueArray(fc.constantFrom(...ids.memberships)),
  }),
  bodies: {
    create: z.object({ organization_id: z.string(), group_id: z.string() }),
    // Each of them is a request of its own.
    updates: [z.object({ mode: z.string(), organization_membership_ids: z.array(z.string()) }).partial()],
  },
  everything: [
    {
      mode: "authoritative",
      organizationId: "Organization0.id",
      groupId: "Group1.id",
      organizationMembershipIds: ["OrganizationMembership0.id", "OrganizationMembership1.id"],
      onDestroy: "delete",
    },
  ],
};
