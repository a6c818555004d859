import { type GroupMemberObject } from "../../api/schemas";
import { type Context } from "../context";
import { removeGroup } from "../deletions";
import { invalidParameters, notFound, refuse } from "../errors";
import { page } from "../pages";
import { type StoredGroup, type StoredGroupRole, type StoredMembership } from "../store/entities";
import { pairKey, resourceKey } from "../store/store";
import { differs } from "./fields";
import { type Family } from "./handler";
import { presentGroup, presentGroupRole, presentMembership } from "./present";
import { organizationResource, type NamedResource } from "./organization-resource";
import { roleKnownTo } from "./roles";

export const groups: Family<"groups"> = {
  list: ({ organization_id: organizationId, ...query }, { store }) => {
    if (store.organizations.get(organizationId) === undefined) throw notFound("Organization", organizationId);
    const found = page(store.groups.idsBy("organization", organizationId), "group", query, (id) =>
      store.groups.get(id),
    );
    return { ...found, data: found.data.map(presentGroup) };
  },

  create: ({ organization_id, name, description }, context) => {
    if (context.store.organizations.get(organization_id) === undefined) throw notFound("Organization", organization_id);
    return presentGroup(addGroup({ organization_id, name, description: description ?? null }, context));
  },

  get: (which, context) => presentGroup(groupIn(which, context)),

  update: ({ name, description, ...which }, context) => {
    const { store, clock } = context;
    const group = groupIn(which, context);
    const changed: StoredGroup = {
      ...group,
      name: name ?? group.name,
      description: description === undefined ? group.description : description,
    };
    if (!differs(group, changed)) return presentGroup(group);
    const stamped = { ...changed, updated_at: clock.iso() };
    store.write(() => store.groups.put(stamped));
    return presentGroup(stamped);
  },

  delete: (which, context) => {
    const { id } = groupIn(which, context);
    context.store.write(() => removeGroup(id, context.store));
    return null;
  },
};

export const groupMemberships: Family<"groupMemberships"> = {
  list: ({ organization_id, group_id, ...query }, context) => {
    const { store } = context;
    groupIn({ organization_id, group_id }, context);
    const found = page(store.groupMembers.idsBy("group", group_id), "om", query, (id) => store.memberships.get(id));
    return { ...found, data: found.data.map((membership) => presentMember(membership, context)) };
  },

  add: ({ organization_membership_id, ...which }, context) => {
    const group = groupIn(which, context);
    const { id } = memberIn(group, organization_membership_id, context);
    addMember(group.id, id, context);
    return presentGroup(group);
  },

  remove: ({ organization_membership_id: id, ...which }, context) => {
    const { store } = context;
    const member = pairKey(groupIn(which, context).id, id);
    if (store.groupMembers.get(member) === undefined) throw notFound("Organization membership", id);
    store.write(() => store.groupMembers.delete(member));
    return null;
  },
};

export const membershipGroups: Family<"membershipGroups"> = {
  list: ({ id, ...query }, { store }) => {
    if (store.memberships.get(id) === undefined) throw notFound("Organization membership", id);
    const ids = store.groupMembers.idsBy("membership", id);
    const found = page(ids, "group", query, (groupId) => store.groups.get(groupId));
    return { ...found, data: found.data.map(presentGroup) };
  },
};

export const groupRoleAssignments: Family<"groupRoleAssignments"> = {
  list: ({ group_id, ...query }, context) => {
    const { store } = context;
    existingGroup(group_id, context);
    const found = page(store.groupRoles.idsBy("group", group_id), "gra", query, (id) => store.groupRoles.get(id));
    return { ...found, data: found.data.map(presentGroupRole) };
  },

  create: ({ group_id, ...given }, context) => {
    const group = existingGroup(group_id, context);
    const wanted = readAssignment(given, group, context);
    if (context.store.groupRoles.by("group", group_id).some((one) => sameAssignment(one, wanted))) {
      throw refuse(409, "duplicate_group_role_assignment", `The group has the role '${given.role_slug}' already.`);
    }
    return presentGroupRole(addGroupRole(group, wanted, context));
  },

  /** What stays keeps its id. */
  replace: ({ group_id, role_assignments }, context) => {
    const { store } = context;
    const group = existingGroup(group_id, context);
    const wanted = role_assignments.map((given) => readAssignment(given, group, context));
    store.write(() => {
      const before = store.groupRoles.by("group", group_id);
      for (const one of before) {
        if (!wanted.some((other) => sameAssignment(one, other))) store.groupRoles.delete(one.id);
      }
      for (const one of wanted) {
        if (!store.groupRoles.by("group", group_id).some((other) => sameAssignment(one, other))) {
          addGroupRole(group, one, context);
        }
      }
    });
    const data = store.groupRoles.by("group", group_id).map(presentGroupRole);
    return { object: "list", data, list_metadata: { before: null, after: null } };
  },

  get: (which, context) => presentGroupRole(groupRoleIn(which, context)),

  delete: (which, context) => {
    const { id } = groupRoleIn(which, context);
    context.store.write(() => context.store.groupRoles.delete(id));
    return null;
  },
};

export function existingGroup(id: string, { store }: Context): StoredGroup {
  const group = store.groups.get(id);
  if (group === undefined) throw notFound("Group", id);
  return group;
}

function groupIn(which: { organization_id: string; group_id: string }, context: Context): StoredGroup {
  const { organization_id: organizationId, group_id: id } = which;
  if (context.store.organizations.get(organizationId) === undefined) throw notFound("Organization", organizationId);
  const group = existingGroup(id, context);
  if (group.organization_id !== organizationId) throw notFound("Group", id);
  return group;
}

/** Only memberships of the group's own organization can be in it. */
function memberIn({ organization_id }: StoredGroup, id: string, { store }: Context): StoredMembership {
  const membership = store.memberships.get(id);
  if (membership?.organization_id !== organization_id) throw notFound("Organization membership", id);
  return membership;
}

function groupRoleIn(which: { group_id: string; role_assignment_id: string }, context: Context): StoredGroupRole {
  const { id: groupId } = existingGroup(which.group_id, context);
  const found = context.store.groupRoles.get(which.role_assignment_id);
  if (found?.group_id !== groupId) throw notFound("Role assignment", which.role_assignment_id);
  return found;
}

/** Without user and roles, as the specification has it. */
function presentMember(membership: StoredMembership, context: Context): GroupMemberObject {
  const { user: _user, role: _role, roles: _roles, ...member } = presentMembership(membership, context);
  return member;
}

export interface GivenAssignment {
  role_slug: string;
  resource_id?: string;
  resource_external_id?: string;
  resource_type_slug?: string;
}

type Assignment = Pick<StoredGroupRole, "role_slug" | "resource_id" | "external_id" | "resource_type_slug">;

const sameAssignment = (one: Assignment, other: Assignment) =>
  one.role_slug === other.role_slug && one.resource_id === other.resource_id;

function readAssignment(given: GivenAssignment, { organization_id }: StoredGroup, context: Context): Assignment {
  const { role_slug } = given;
  const resource = resourceNamed(given, organization_id, context);
  const role = roleKnownTo(organization_id, role_slug, context);
  if (role === undefined) throw notFound("Role", role_slug);
  const onOrganization = resource.resource_id === organizationResource(organization_id).resource_id;
  if (!onOrganization && role.resource_type_slug !== resource.resource_type_slug) {
    const message = `role_slug: the role '${role_slug}' is for resources of the type '${role.resource_type_slug}'.`;
    throw invalidParameters([{ field: "role_slug", code: "invalid_role", message }]);
  }
  return { role_slug, ...resource };
}

/** The resource that a role is given on: the organization itself, unless another one of it is named. */
export function resourceNamed(
  given: Omit<GivenAssignment, "role_slug">,
  organizationId: string,
  { store }: Context,
): NamedResource {
  const { resource_id: id, resource_external_id: externalId, resource_type_slug: type } = given;
  if (id !== undefined && (externalId !== undefined || type !== undefined)) {
    const message = "Give resource_id, or resource_external_id and resource_type_slug, not both.";
    throw invalidParameters([{ field: "resource_id", code: "resource_named_twice", message }]);
  }
  if ((externalId === undefined) !== (type === undefined)) {
    const message = "Give resource_external_id and resource_type_slug together.";
    throw invalidParameters([{ field: "resource_external_id", code: "resource_named_in_part", message }]);
  }
  const own = organizationResource(organizationId);
  if (id === undefined && externalId === undefined) return own;
  if (id === own.resource_id || (externalId === own.external_id && type === own.resource_type_slug)) return own;
  const key = resourceKey({
    organization_id: organizationId,
    resource_type_slug: type ?? "",
    external_id: externalId ?? "",
  });
  const found = id === undefined ? store.resources.by("key", key)[0] : store.resources.get(id);
  if (found?.organization_id !== organizationId) throw notFound("Resource", id ?? externalId ?? "");
  const { external_id, resource_type_slug } = found;
  return { resource_id: found.id, external_id, resource_type_slug };
}

export function addGroup(
  fields: Pick<StoredGroup, "organization_id" | "name" | "description"> & { readonly id?: string },
  { store, ids, clock }: Context,
): StoredGroup {
  const { id = ids.make("group"), ...rest } = fields;
  const now = clock.iso();
  const group: StoredGroup = { id, ...rest, created_at: now, updated_at: now };
  store.write(() => store.groups.put(group));
  return group;
}

/** Whoever is in the group already stays. */
export function addMember(group_id: string, membership_id: string, { store }: Context): void {
  store.write(() => store.groupMembers.put({ id: pairKey(group_id, membership_id), group_id, membership_id }));
}

/** @param assignment on the organization itself, unless it says otherwise. */
export function addGroupRole(
  { id: group_id, organization_id }: StoredGroup,
  assignment: Pick<Assignment, "role_slug"> & Partial<Assignment>,
  { store, ids, clock }: Context,
): StoredGroupRole {
  const now = clock.iso();
  const stored: StoredGroupRole = {
    id: ids.make("gra"),
    group_id,
    organization_id,
    ...organizationResource(organization_id),
    ...assignment,
    created_at: now,
    updated_at: now,
  };
  store.write(() => store.groupRoles.put(stored));
  return stored;
}
