/**
 * What a member may do on a resource: all that its roles allow, on the resource and on everything above it, up to the
 * organization; its own roles and those of its groups.
 */
import { type Context } from "../context";
import { notFound } from "../errors";
import { organizationResource } from "../handlers/organization-resource";
import { rolesOf } from "../handlers/roles";
import { type StoredMembership, type StoredResource } from "../store/entities";

/** A resource with all that is above it, the nearest first; the last is the organization's own. */
export interface Place {
  readonly organizationId: string;
  readonly id: string;
  readonly line: readonly string[];
}

export function placeOf({ id, organization_id: organizationId }: StoredResource, { store }: Context): Place {
  const line: string[] = [];
  for (let at: string | null = id; at !== null; at = store.resources.get(at)?.parent_resource_id ?? null) line.push(at);
  return { organizationId, id, line: [...line, organizationResource(organizationId).resource_id] };
}

export function placeOfOrganization(organizationId: string): Place {
  const { resource_id: id } = organizationResource(organizationId);
  return { organizationId, id, line: [id] };
}

/** Whether a member has a permission on a place; nobody has one whose membership is not active. */
export function accessOf(organizationId: string, context: Context) {
  const permissions = new Map(
    rolesOf(organizationId, context).map((role) => [role.slug, new Set(role.permissions)] as const),
  );
  const grants = (slugs: ReadonlySet<string> | undefined, permission: string) =>
    [...(slugs ?? [])].some((slug) => permissions.get(slug)?.has(permission));
  return {
    may: (member: StoredMembership, permission: string, { line }: Place) => {
      const roles = rolesByResource(member, context);
      return line.some((id) => grants(roles.get(id), permission));
    },
    /** By a role on the resource itself. */
    mayDirectly: (member: StoredMembership, permission: string, { id }: Place) =>
      grants(rolesByResource(member, context).get(id), permission),
    permissions: (member: StoredMembership, { line }: Place): ReadonlySet<string> => {
      const roles = rolesByResource(member, context);
      const slugs = line.flatMap((id) => [...(roles.get(id) ?? [])]);
      return new Set(slugs.flatMap((slug) => [...(permissions.get(slug) ?? [])]));
    },
  };
}

function rolesByResource(member: StoredMembership, { store }: Context): ReadonlyMap<string, ReadonlySet<string>> {
  const roles = new Map<string, Set<string>>();
  if (member.status !== "active") return roles;
  const give = (resourceId: string, slug: string) => {
    const there = roles.get(resourceId);
    if (there === undefined) roles.set(resourceId, new Set([slug]));
    else there.add(slug);
  };
  for (const slug of member.role_slugs) give(organizationResource(member.organization_id).resource_id, slug);
  for (const one of store.roleAssignments.by("membership", member.id)) give(one.resource_id, one.role_slug);
  for (const group of store.groupMembers.idsBy("membership", member.id).toArray()) {
    for (const one of store.groupRoles.by("group", group)) give(one.resource_id, one.role_slug);
  }
  return roles;
}

/** Of an organization's resources, and the organization's own, by its id. */
export function placeById(id: string, context: Context): Place {
  const resource = context.store.resources.get(id);
  if (resource !== undefined) return placeOf(resource, context);
  const organizationId = id.replace(/^authz_resource_/, "org_");
  if (context.store.organizations.get(organizationId) === undefined) throw notFound("Resource", id);
  return placeOfOrganization(organizationId);
}
