/** Roles that members have through their groups. They are not stored: they follow from who is in which group. */
import { createHash } from "node:crypto";
import { type RoleAssignmentObject } from "../../api/schemas";
import { type Context } from "../context";
import { type StoredGroupRole } from "../store/entities";

/** One for each membership that is in the group. */
export function derivedOf(role: StoredGroupRole, { store }: Context): RoleAssignmentObject[] {
  const { id, group_id, role_slug, resource_id, external_id, resource_type_slug, created_at, updated_at } = role;
  return store.groupMembers
    .idsBy("group", group_id)
    .toArray()
    .map((membershipId) => ({
      object: "role_assignment" as const,
      id: idOf(id, membershipId),
      organization_membership_id: membershipId,
      role: { slug: role_slug },
      resource: { id: resource_id, external_id, resource_type_slug },
      source: { type: "group" as const, group_role_assignment_id: id },
      created_at,
      updated_at,
    }));
}

/** Those of one member. */
export function derivedForMember(membershipId: string, context: Context): RoleAssignmentObject[] {
  const groups = context.store.groupMembers.idsBy("membership", membershipId).toArray();
  return groups
    .flatMap((group) => context.store.groupRoles.by("group", group))
    .flatMap((role) => derivedOf(role, context))
    .filter((one) => one.organization_membership_id === membershipId);
}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** In the order of the group's roles: the time of the role's id, then what makes it this member's. */
function idOf(groupRoleId: string, membershipId: string): string {
  const digest = createHash("sha256").update(`${groupRoleId} ${membershipId}`).digest();
  const rest = [...digest.subarray(0, 16)].map((byte) => alphabet[byte % 32]).join("");
  return `role_assignment_${groupRoleId.slice(-26, -16)}${rest}`;
}
