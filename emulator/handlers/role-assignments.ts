import { type Context } from "../context";
import { invalidParameters, notFound } from "../errors";
import { page } from "../pages";
import { type StoredMembership, type StoredResource, type StoredRoleAssignment } from "../store/entities";
import { roleOnResource } from "../store/store";
import { assertOneSpelling, byExternalId } from "./authorization-resources";
import { matches } from "./fields";
import { type Family } from "./handler";
import { presentRoleAssignment } from "./present";
import { roleKnownTo } from "./roles";

export const roleAssignments: Family<"roleAssignments"> = {
  list: (query, context) => {
    const { store } = context;
    const { id } = member(query.organization_membership_id, context);
    const found = page(store.roleAssignments.idsBy("membership", id), "role_assignment", query, (one) => {
      const assignment = store.roleAssignments.get(one);
      return assignment && isOn(store.resources.get(assignment.resource_id), query) ? assignment : undefined;
    });
    return { ...found, data: found.data.map((one) => presentRoleAssignment(one, context)) };
  },

  listForResource: (query, context) => {
    const { store } = context;
    const { resource_id: id, role_slug: role } = query;
    if (store.resources.get(id) === undefined) throw notFound("Resource", id);
    const found = page(store.roleAssignments.idsBy("resource", id), "role_assignment", query, (one) => {
      const assignment = store.roleAssignments.get(one);
      return assignment && matches(role, assignment.role_slug) ? assignment : undefined;
    });
    return { ...found, data: found.data.map((one) => presentRoleAssignment(one, context)) };
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

interface Target {
  readonly resource_id?: string;
  readonly resource_external_id?: string;
  readonly resource_type_slug?: string;
}

function member(id: string, { store }: Context): StoredMembership {
  const membership = store.memberships.get(id);
  if (membership === undefined) throw notFound("Organization membership", id);
  return membership;
}

const isOn = (resource: StoredResource | undefined, given: Target) =>
  matches(given.resource_id, resource?.id) &&
  matches(given.resource_external_id, resource?.external_id) &&
  matches(given.resource_type_slug, resource?.resource_type_slug);

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
