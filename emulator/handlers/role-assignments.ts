import { type RoleAssignmentObject } from "../../api/schemas";
import { type Context } from "../context";
import { invalidParameters, notFound } from "../errors";
import { type Page, page, type PageQuery } from "../pages";
import { type StoredMembership, type StoredResource, type StoredRoleAssignment } from "../store/entities";
import { SortedIds } from "../store/sorted-ids";
import { resourceKey, roleOnResource } from "../store/store";
import { assertOneSpelling, byExternalId } from "./authorization-resources";
import { derivedForMember, derivedOf } from "./derived-assignments";
import { matches } from "./fields";
import { type Family } from "./handler";
import { presentRoleAssignment } from "./present";
import { roleKnownTo } from "./roles";

export const roleAssignments: Family<"roleAssignments"> = {
  list: (query, context) => {
    const { id, organization_id } = member(query.organization_membership_id, context);
    const derived = derivedForMember(id, resourceAsked(organization_id, query, context), context);
    return pageOf(context.store.roleAssignments.idsBy("membership", id), derived, query, context, ({ resource }) =>
      isOn(resource, query),
    );
  },

  listForResource: ({ resource_id: id, ...query }, context) => {
    const { store } = context;
    const isOrganization = store.groupRoles.idsBy("resource", id).size > 0;
    if (store.resources.get(id) === undefined && !isOrganization) throw notFound("Resource", id);
    return assignmentsOn(id, query, context);
  },

  /** No source says what a second one of the same is answered: here it is the one that is there. */
  assign: (input, context) => {
    const { store, ids, clock } = context;
    const { id, organization_id } = member(input.organization_membership_id, context);
    const resource = resourceIn(organization_id, input, context);
    const role = roleKnownTo(organization_id, input.role_slug, context);
    if (role === undefined) throw notFound("Role", input.role_slug);
    if (role.resource_type_slug !== resource.resource_type_slug) {
      const message = `role_slug: the role '${role.slug}' is for resources of the type '${role.resource_type_slug}'.`;
      throw invalidParameters([{ field: "role_slug", code: "invalid_role", message }]);
    }
    const criteria = { organization_membership_id: id, role_slug: role.slug, resource_id: resource.id };
    const [there] = store.roleAssignments.by("key", roleOnResource(criteria));
    if (there !== undefined) return presentRoleAssignment(there, context);
    const now = clock.iso();
    const made: StoredRoleAssignment = {
      id: ids.make("role_assignment"),
      ...criteria,
      organization_id,
      created_at: now,
      updated_at: now,
    };
    store.write(() => store.roleAssignments.put(made));
    return presentRoleAssignment(made, context);
  },

  remove: (input, context) => {
    const { store } = context;
    const { id, organization_id } = member(input.organization_membership_id, context);
    const resource = resourceIn(organization_id, input, context);
    const criteria = { organization_membership_id: id, role_slug: input.role_slug, resource_id: resource.id };
    const [there] = store.roleAssignments.by("key", roleOnResource(criteria));
    if (there === undefined) throw notFound("Role assignment", input.role_slug);
    store.write(() => store.roleAssignments.delete(there.id));
    return null;
  },

  removeById: ({ organization_membership_id, role_assignment_id: id }, { store }) => {
    if (store.roleAssignments.get(id)?.organization_membership_id !== organization_membership_id) {
      throw notFound("Role assignment", id);
    }
    store.write(() => store.roleAssignments.delete(id));
    return null;
  },
};

/** Who has which role on a resource, through groups too. */
export function assignmentsOn(
  resourceId: string,
  query: PageQuery & { readonly role_slug?: string },
  context: Context,
): Page<RoleAssignmentObject> {
  const { store } = context;
  const derived = store.groupRoles.by("resource", resourceId).flatMap((role) => derivedOf(role, context));
  return pageOf(store.roleAssignments.idsBy("resource", resourceId), derived, query, context, ({ role }) =>
    matches(query.role_slug, role.slug),
  );
}

function pageOf(
  stored: SortedIds,
  derived: readonly RoleAssignmentObject[],
  query: PageQuery,
  context: Context,
  isWanted: (one: RoleAssignmentObject) => boolean,
): Page<RoleAssignmentObject> {
  const byGroup = new Map(derived.map((one) => [one.id, one]));
  return page([stored, SortedIds.of(byGroup.keys())], "role_assignment", query, (id) => {
    const own = context.store.roleAssignments.get(id);
    const one = own === undefined ? byGroup.get(id) : presentRoleAssignment(own, context);
    return one !== undefined && isWanted(one) ? one : undefined;
  });
}

interface Target {
  readonly resource_id?: string;
  readonly resource_external_id?: string;
  readonly resource_type_slug?: string;
}

export function member(id: string, { store }: Context): StoredMembership {
  const membership = store.memberships.get(id);
  if (membership === undefined) throw notFound("Organization membership", id);
  return membership;
}

const isOn = (resource: RoleAssignmentObject["resource"], given: Target) =>
  matches(given.resource_id, resource.id) &&
  matches(given.resource_external_id, resource.external_id) &&
  matches(given.resource_type_slug, resource.resource_type_slug);

/** The id of the resource that a list is asked for, so that not every group of a member is looked at. */
function resourceAsked(organization_id: string, given: Target, { store }: Context): string | undefined {
  const { resource_id, resource_external_id: external_id, resource_type_slug } = given;
  if (resource_id !== undefined || external_id === undefined || resource_type_slug === undefined) return resource_id;
  return store.resources.by("key", resourceKey({ organization_id, external_id, resource_type_slug }))[0]?.id;
}

/** The resource that a request means, in the organization of the member. */
function resourceIn(organization_id: string, given: Target, context: Context): StoredResource {
  const { resource_id: id, resource_external_id: external_id, resource_type_slug } = given;
  assertOneSpelling(id, external_id, resource_type_slug, "resource_external_id");
  if (external_id !== undefined && resource_type_slug !== undefined) {
    return byExternalId({ organization_id, external_id, resource_type_slug }, context);
  }
  if (id === undefined) {
    throw invalidParameters([{ field: "resource_id", code: "required", message: "resource_id: name a resource." }]);
  }
  const resource = context.store.resources.get(id);
  if (resource?.organization_id !== organization_id) throw notFound("Resource", id);
  return resource;
}
