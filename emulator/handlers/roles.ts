import { type Context } from "../context";
import { notFound, refuse } from "../errors";
import { type StoredRole } from "../store/entities";
import { type Family } from "./handler";
import { presentRole } from "./present";

export const roles: Family<"roles"> = {
  list: (_query, { store }) => ({ object: "list", data: store.roles.by("organization", "").map(presentRole) }),

  listForOrganization: ({ organization_id: id }, context) => {
    if (context.store.organizations.get(id) === undefined) throw notFound("Organization", id);
    return { object: "list", data: rolesOf(id, context).map(presentRole) };
  },
};

/** The environment's roles, then the organization's own. */
function rolesOf(organizationId: string, { store }: Context): StoredRole[] {
  return [...store.roles.by("organization", ""), ...store.roles.by("organization", organizationId)];
}

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
  description?: string;
  permissions?: string[];
  organizationId?: string;
}

export function addRole(role: NewRole, { store, ids, clock }: Context): StoredRole {
  const now = clock.iso();
  const stored: StoredRole = {
    id: ids.make("role"),
    slug: role.slug,
    name: role.name ?? role.slug,
    description: role.description ?? null,
    organization_id: role.organizationId ?? null,
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
