import { randomBytes } from "node:crypto";
import { type Context } from "../context";
import { invalidParameters, notFound, refuse } from "../errors";
import { type StoredRole } from "../store/entities";
import { checkSlug } from "./fields";
import { pairKey } from "../store/store";
import { type Family } from "./handler";
import { checkPermissions } from "./permissions";
import { presentRole } from "./present";

export const roles: Family<"roles"> = {
  list: (_query, { store }) => ({ object: "list", data: store.roles.by("organization", "").map(presentRole) }),

  listForOrganization: ({ organization_id: id }, context) => {
    if (context.store.organizations.get(id) === undefined) throw notFound("Organization", id);
    return { object: "list", data: rolesOf(id, context).map(presentRole) };
  },

  create: ({ slug, name, description, resource_type_slug: resourceType }, context) => {
    checkSlug(slug);
    if (environmentRoles(context).some((other) => other.slug === slug)) {
      throw refuse(409, "role_slug_conflict", `The environment has a role '${slug}' already.`);
    }
    return presentRole(addRole({ slug, name, description, resourceType }, context));
  },

  get: (which, context) => presentRole(environmentRole(which, context)),

  update: ({ slug, ...fields }, context) => changeDetails(environmentRole({ slug }, context), fields, context),

  setPermissions: ({ slug, permissions }, context) =>
    changePermissions(environmentRole({ slug }, context), permissions, context),

  addPermission: ({ role_slug: slug, slug: permission }, context) =>
    addPermissionTo(environmentRole({ slug }, context), permission, context),
};

export const organizationRoles: Family<"organizationRoles"> = {
  create: ({ organization_id: organizationId, slug, ...role }, context) => {
    if (context.store.organizations.get(organizationId) === undefined) throw notFound("Organization", organizationId);
    const made = slug ?? ownSlug(role.name);
    if (!/^org-[a-z0-9_-]+$/.test(made)) {
      const message = "slug: must begin with 'org-' and have lowercase letters, digits, hyphens and underscores only";
      throw invalidParameters([{ field: "slug", code: "invalid_format", message }]);
    }
    if (rolesOf(organizationId, context).some((other) => other.slug === made)) {
      throw refuse(409, "organization_role_slug_conflict", `The organization has a role '${made}' already.`);
    }
    const { name, description, resource_type_slug: resourceType } = role;
    return presentRole(addRole({ organizationId, slug: made, name, description, resourceType }, context));
  },

  get: (which, context) => presentRole(roleIn(rolesOf(which.organization_id, context), which)),

  update: ({ organization_id, slug, ...fields }, context) =>
    changeDetails(ownRole({ organization_id, slug }, context), fields, context),

  delete: (which, context) => {
    deleteRole(ownRole(which, context).id, context);
    return null;
  },

  setPermissions: ({ permissions, ...which }, context) =>
    changePermissions(ownRole(which, context), permissions, context),

  addPermission: ({ organization_id, role_slug: slug, slug: permission }, context) =>
    addPermissionTo(ownRole({ organization_id, slug }, context), permission, context),

  removePermission: ({ permission_slug: permission, ...which }, context) => {
    const role = ownRole(which, context);
    if (!role.permissions.includes(permission)) throw notFound("Permission", permission);
    return change(role, { permissions: role.permissions.filter((one) => one !== permission) }, context);
  },
};

interface Which {
  readonly organization_id: string;
  readonly slug: string;
}

function roleIn(roles: readonly StoredRole[], { slug }: Pick<Which, "slug">): StoredRole {
  const role = roles.find((one) => one.slug === slug);
  if (role === undefined) throw notFound("Role", slug);
  return role;
}

/** The environment's roles cannot be changed here. */
const ownRole = (which: Which, { store }: Context): StoredRole =>
  roleIn(store.roles.by("organization", which.organization_id), which);

const environmentRoles = ({ store }: Context) => store.roles.by("organization", "");

/** The roles of organizations are not found here. */
const environmentRole = (which: Pick<Which, "slug">, context: Context): StoredRole =>
  roleIn(environmentRoles(context), which);

interface Details {
  readonly name?: string;
  readonly description?: string | null;
}

const changeDetails = (role: StoredRole, { name, description }: Details, context: Context) =>
  change(
    role,
    { name: name ?? role.name, description: description === undefined ? role.description : description },
    context,
  );

function changePermissions(role: StoredRole, permissions: readonly string[], context: Context) {
  checkPermissions(permissions, context);
  return change(role, { permissions: [...new Set(permissions)] }, context);
}

function addPermissionTo(role: StoredRole, permission: string, context: Context) {
  checkPermissions([permission], context);
  if (role.permissions.includes(permission)) return presentRole(role);
  return change(role, { permissions: [...role.permissions, permission] }, context);
}

/** Of the environment's roles only the vendor's dashboard deletes one. */
export function deleteRole(id: string, { store }: Context): void {
  const role = store.roles.get(id);
  if (role === undefined) throw notFound("Role", id);
  const { organization_id: organization, slug } = role;
  const members = organization === null ? store.memberships.all() : store.memberships.by("organization", organization);
  const onResources =
    organization === null
      ? store.roleAssignments.all().filter(({ role_slug }) => role_slug === slug).length
      : store.roleAssignments.idsBy("organization_role", pairKey(organization, slug)).size;
  if (onResources > 0 || members.some((one) => one.role_slugs.includes(slug))) {
    throw refuse(409, "role_has_assignments", `The role '${slug}' is assigned to members.`);
  }
  const groups =
    organization === null
      ? store.groupRoles.all().filter(({ role_slug }) => role_slug === slug).length
      : store.groupRoles.idsBy("role", pairKey(organization, slug)).size;
  if (groups > 0) {
    throw refuse(409, "role_has_group_role_mappings", `The role '${slug}' is given by groups.`);
  }
  store.write(() => store.roles.delete(id));
}

function change(role: StoredRole, fields: Partial<StoredRole>, { store, clock }: Context) {
  const changed = { ...role, ...fields, updated_at: clock.iso() };
  store.write(() => store.roles.put(changed));
  return presentRole(changed);
}

/** From the name and a random end, as the vendor's document has it. */
function ownSlug(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ["role"];
  return `org-${words.join("-").slice(0, 35)}-${randomBytes(4).toString("hex")}`;
}

/** The environment's roles, then the organization's own. */
export function rolesOf(organizationId: string, context: Context): StoredRole[] {
  return [...environmentRoles(context), ...context.store.roles.by("organization", organizationId)];
}

/** A role by its slug, as members of the organization may have it. */
export const roleKnownTo = (organizationId: string, slug: string, context: Context): StoredRole | undefined =>
  rolesOf(organizationId, context).find((role) => role.slug === slug);

export const defaultRole = "member";

/** The role slugs that a request names, or nothing where it names none. `status` is the one its operation documents. */
export function readRoles(
  given: { role_slug?: string; role_slugs?: string[] },
  organizationId: string,
  status: 400 | 422,
  context: Context,
): string[] | undefined {
  if (given.role_slug !== undefined && given.role_slugs !== undefined) {
    throw refuse(422, "invalid_request_parameters", "Give role_slug or role_slugs, not both.");
  }
  const slugs = given.role_slugs ?? (given.role_slug === undefined ? undefined : [given.role_slug]);
  if (slugs === undefined) return undefined;
  if (slugs.length === 0) throw refuse(422, "invalid_request_parameters", "role_slugs must name a role.");
  const known = new Set(rolesOf(organizationId, context).map(({ slug }) => slug));
  for (const slug of slugs) {
    if (!known.has(slug)) throw refuse(status, "invalid_role", `Role '${slug}' is not a valid role.`);
  }
  const distinct = [...new Set(slugs)];
  if (distinct.length > 1 && !context.settings.switches.multipleRoles) {
    throw refuse(422, "multiple_roles_not_enabled", "Multiple roles are not enabled for this environment.");
  }
  return distinct;
}

export interface NewRole {
  slug: string;
  name?: string;
  description?: string | null;
  permissions?: string[];
  organizationId?: string;
  /** Default: `organization`. */
  resourceType?: string;
}

export function addRole(role: NewRole, { store, ids, clock }: Context): StoredRole {
  const now = clock.iso();
  const stored: StoredRole = {
    id: ids.make("role"),
    slug: role.slug,
    name: role.name ?? role.slug,
    description: role.description ?? null,
    organization_id: role.organizationId ?? null,
    resource_type_slug: role.resourceType ?? "organization",
    permissions: role.permissions ?? [],
    created_at: now,
    updated_at: now,
  };
  store.write(() => store.roles.put(stored));
  return stored;
}

/** Every environment has these two from the start. */
export function seedRoles(context: Context): void {
  if (context.store.roles.size > 0) return;
  context.store.write(() => {
    addRole({ slug: "admin", name: "Admin" }, context);
    addRole({ slug: defaultRole, name: "Member" }, context);
  });
}
