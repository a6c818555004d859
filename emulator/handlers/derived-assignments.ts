/** Roles that members have through their groups. They are not stored: they follow from who is in which group. */
import { createHash } from "node:crypto";
import { type RoleAssignmentObject } from "../../api/schemas";
import { type Context } from "../context";
import { type StoredGroupRole } from "../store/entities";
import { pairKey } from "../store/store";

/** One for each membership that is in the group. */
export function derivedOf(role: StoredGroupRole, { store }: Context): RoleAssignmentObject[] {
  const members = store.groupMembers.idsBy("group", role.group_id).toArray();
  return members.map((membershipId) => derived(role, membershipId));
}

/** Those of one member: on one resource, or on all. */
export function derivedForMember(
  membershipId: string,
  resourceId: string | undefined,
  { store }: Context,
): RoleAssignmentObject[] {
  const groups = () => store.groupMembers.idsBy("membership", membershipId).toArray();
  const roles =
    resourceId === undefined
      ? groups().flatMap((group) => store.groupRoles.by("group", group))
      : store.groupRoles
          .by("resource", resourceId)
          .filter(({ group_id }) => store.groupMembers.get(pairKey(group_id, membershipId)) !== undefined);
  return roles.map((role) => derived(role, membershipId));
}

function derived(role: StoredGroupRole, membershipId: string): RoleAssignmentObject {
  const { id, role_slug, resource_id, external_id, resource_type_slug, created_at, updated_at } = role;
  return {
    object: "role_assignment",
    id: idOf(id, membershipId),
    organization_membership_id: membershipId,
    role: { slug: role_slug },
    resource: { id: resource_id, external_id, resource_type_slug },
    source: { type: "group", group_role_assignment_id: id },
    created_at,
    updated_at,
  };
}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** In the order of the group's roles: the time of the role's id, then what makes it this member's. */
function idOf(groupRoleId: string, membershipId: string): string {
  const digest = createHash("sha256").update(`${groupRoleId} ${membershipId}`).digest();
  const rest = [...digest.subarray(0, 16)].map((byte) => alphabet[byte % 32]).join("");
  return `role_assignment_${groupRoleId.slice(-26, -16)}${rest}`;
}
