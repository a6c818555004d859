/** The roles that a group gives: as they are declared, as the vendor shows them, and as they are recorded. */
import type { Api, GroupRoleAssignmentObject } from "../../api";
import { organizationType, roleText } from "../groups";
import type { RemoteObject } from "../declare/resource";
import { oneLine } from "../wording";

export type Given = Pick<GroupRoleAssignmentObject, "id" | "role" | "resource">;

/** A role that a group gives. */
export interface GroupRole {
  /** Id of the assignment. */
  readonly id: string;
  /** Slug of the role. */
  readonly roleSlug: string;
  /** Id of the resource that it is held on; there is one for the organization itself. */
  readonly resourceId: string;
  /** What the resource is called in your own system. */
  readonly resourceExternalId: string;
  /** Slug of the resource's type; `organization` for the organization itself. */
  readonly resourceTypeSlug: string;
}

/** What a list of them is about. */
export type GroupRolesObject = RemoteObject & {
  readonly organization_id: string;
  readonly group_id: string;
  /** Those that the resource is about; none yet where it has just been made. */
  readonly role_assignments?: readonly Given[];
  readonly added?: readonly string[];
};

export type DeclaredRole = {
  roleSlug: string;
  resourceId?: string;
  resourceExternalId?: string;
  resourceTypeSlug?: string;
};

export const isNamedBy = (declared: DeclaredRole, given: Given): boolean => {
  const { role, resource } = given;
  const { roleSlug, resourceId, resourceExternalId, resourceTypeSlug = organizationType } = declared;
  if (roleSlug !== role.slug) return false;
  if (resourceId !== undefined) return resourceId === resource.id;
  const elsewhere = resourceExternalId !== undefined && resourceExternalId !== resource.external_id;
  return !elsewhere && resourceTypeSlug === resource.resource_type_slug;
};

/** The vendor's object again, of what is recorded. */
export const recordedRole = (shown: GroupRole): Given => ({
  id: shown.id,
  role: { slug: shown.roleSlug },
  resource: {
    id: shown.resourceId,
    external_id: shown.resourceExternalId,
    resource_type_slug: shown.resourceTypeSlug,
  },
});

export const shownRole = ({ id, role, resource }: Given): GroupRole => ({
  id,
  roleSlug: role.slug,
  resourceId: resource.id,
  resourceExternalId: resource.external_id,
  resourceTypeSlug: resource.resource_type_slug,
});

/** What is recorded of a list. */
export interface RecordedRoles {
  readonly organizationId: string;
  readonly groupId: string;
  readonly mode?: string;
  readonly onDestroy?: string;
  readonly roleAssignments?: readonly GroupRole[];
  readonly added?: readonly string[];
}

export const rolesIn = ({ roleAssignments: recorded = [] }: Pick<RecordedRoles, "roleAssignments">): Given[] =>
  recorded.map(recordedRole);

export function sameRoles(declared: readonly DeclaredRole[], actual: unknown): boolean {
  const given = Array.isArray(actual) ? actual.filter(isGroupRole).map(recordedRole) : undefined;
  return (
    given !== undefined &&
    given.every((one) => declared.some((other) => isNamedBy(other, one))) &&
    declared.every((one) => given.some((other) => isNamedBy(one, other)))
  );
}

const isGroupRole = (value: unknown): value is GroupRole =>
  typeof value === "object" && value !== null && "roleSlug" in value && "resourceTypeSlug" in value;

export function assignments(declared: readonly DeclaredRole[]) {
  return declared.map(({ roleSlug, resourceId, resourceExternalId, resourceTypeSlug }) => ({
    role_slug: roleSlug,
    ...(resourceId === undefined ? {} : { resource_id: resourceId }),
    ...(resourceExternalId === undefined ? {} : { resource_external_id: resourceExternalId }),
    ...(resourceTypeSlug === undefined ? {} : { resource_type_slug: resourceTypeSlug }),
  }));
}

export function declaredForm(actual: unknown): DeclaredRole[] {
  return (Array.isArray(actual) ? actual.filter(isGroupRole) : []).map((one) => {
    const { roleSlug, resourceExternalId, resourceTypeSlug } = one;
    return resourceTypeSlug === organizationType ? { roleSlug } : { roleSlug, resourceExternalId, resourceTypeSlug };
  });
}

/** In an order of their own, since the vendor's says nothing. */
export async function given(api: Api, groupId: string): Promise<Given[]> {
  const all = await api.groupRoleAssignments.list({ group_id: groupId }).all();
  return all.sort((one, other) => (roleText(one) < roleText(other) ? -1 : 1));
}

export const declaredText = ({ roleSlug, resourceId, resourceExternalId, resourceTypeSlug }: DeclaredRole): string =>
  oneLine(
    [roleSlug, [resourceTypeSlug, resourceExternalId ?? resourceId].filter(Boolean).join(" ")]
      .filter(Boolean)
      .join(" on "),
  );
