/** A group of an organization and people of that organization, made behind the program's back. */
import { type World } from "../../support/world";
import { organizationNamed, userNamed } from "./people";

/** A membership for each name. Nobody is in the group yet. */
export async function groupBeside<Name extends string>(world: World, ...people: readonly Name[]) {
  const organizationId = await organizationNamed(world, "Acme");
  const { id: groupId } = await world.api.groups.create({ organization_id: organizationId, name: "Engineering" });
  const members = new Map<Name, string>();
  for (const name of people) {
    const member = { user_id: await userNamed(world, name), organization_id: organizationId };
    members.set(name, (await world.api.organizationMemberships.create(member)).id);
  }
  const of = (name: Name) => members.get(name) ?? "";
  const which = { organization_id: organizationId, group_id: groupId };
  world.wire.clear();
  return {
    organizationId,
    groupId,
    /** As requests name the group. */
    which,
    /** The membership of one of them. */
    of,
    /** Somebody else puts them into the group, or takes them out. */
    add: (name: Name) => world.api.groupMemberships.add({ ...which, organization_membership_id: of(name) }),
    takeOut: (name: Name) => world.api.groupMemberships.remove({ ...which, organization_membership_id: of(name) }),
    give: (role_slug: string) => world.api.groupRoleAssignments.create({ group_id: groupId, role_slug }),
    /** Who is in the group, by name. */
    inside: () => {
      const there = world.control.state().groupMemberships.filter((one) => one.group_id === groupId);
      const ids = there.map((one) => one.organization_membership_id);
      return people.filter((name) => ids.includes(of(name)));
    },
    roles: () =>
      world.control
        .state()
        .groupRoleAssignments.filter((one) => one.group_id === groupId)
        .map(({ role }) => role.slug)
        .sort(),
  };
}

const firstOrganization = ({ control }: World) => control.state().organizations[0]?.id ?? "";

export const anotherOrganization = async ({ api }: World) => (await api.organizations.create({ name: "Other" })).id;

export const anotherGroup = async (world: World) =>
  (await world.api.groups.create({ organization_id: firstOrganization(world), name: "Other" })).id;

export async function anotherMember(world: World) {
  const member = { user_id: await userNamed(world, "ben"), organization_id: firstOrganization(world) };
  return (await world.api.organizationMemberships.create(member)).id;
}
