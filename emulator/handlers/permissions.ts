import { type Context } from "../context";
import { ApiError, notFound, refuse } from "../errors";
import { page } from "../pages";
import { type StoredPermission } from "../store/entities";
import { checkSlug } from "./fields";
import { type Family } from "./handler";
import { presentPermission } from "./present";

export const permissions: Family<"permissions"> = {
  list: (query, { store }) => {
    const found = page(store.permissions.ids(), "perm", query, (id) => store.permissions.get(id));
    return { ...found, data: found.data.map(presentPermission) };
  },

  create: ({ slug, name, description, resource_type_slug: resourceType }, context) => {
    checkSlug(slug);
    if (permissionOf(slug, context) !== undefined) {
      throw refuse(409, "permission_slug_conflict", `There is a permission '${slug}' already.`);
    }
    return presentPermission(addPermission({ slug, name, description, resourceType }, context));
  },

  get: ({ slug }, context) => presentPermission(existing(slug, context)),

  update: ({ slug, name, description }, context) => {
    const permission = own(slug, context, "changed");
    const { store, clock } = context;
    const changed: StoredPermission = {
      ...permission,
      name: name ?? permission.name,
      description: description === undefined ? permission.description : description,
      updated_at: clock.iso(),
    };
    store.write(() => store.permissions.put(changed));
    return presentPermission(changed);
  },

  /** Nobody can be given it from then on, and whoever has it by a role no longer does. */
  delete: ({ slug }, context) => {
    const { id } = own(slug, context, "deleted");
    const { store, clock } = context;
    store.write(() => {
      for (const role of store.roles.all().filter(({ permissions: named }) => named.includes(slug))) {
        const left = role.permissions.filter((one) => one !== slug);
        store.roles.put({ ...role, permissions: left, updated_at: clock.iso() });
      }
      store.permissions.delete(id);
    });
    return null;
  },
};

export const permissionOf = (slug: string, { store }: Context): StoredPermission | undefined =>
  store.permissions.by("slug", slug)[0];

function existing(slug: string, context: Context): StoredPermission {
  const permission = permissionOf(slug, context);
  if (permission === undefined) throw notFound("Permission", slug);
  return permission;
}

function own(slug: string, context: Context, what: string): StoredPermission {
  const permission = existing(slug, context);
  if (!permission.system) return permission;
  throw new ApiError(403, { message: `The permission '${slug}' is a system permission and cannot be ${what}.` });
}

/** The specification is silent on names that no permission has: by default they are as good as any. */
export function checkPermissions(slugs: readonly string[], context: Context): void {
  if (context.settings.switches.unknownPermissions === "accept") return;
  for (const slug of slugs) existing(slug, context);
}

export interface NewPermission {
  slug: string;
  name?: string;
  description?: string | null;
  /** Default: `organization`. */
  resourceType?: string;
  system?: boolean;
}

export function addPermission(permission: NewPermission, { store, ids, clock }: Context): StoredPermission {
  const now = clock.iso();
  const stored: StoredPermission = {
    id: ids.make("perm"),
    slug: permission.slug,
    name: permission.name ?? permission.slug,
    description: permission.description ?? null,
    resource_type_slug: permission.resourceType ?? "organization",
    system: permission.system ?? false,
    created_at: now,
    updated_at: now,
  };
  store.write(() => store.permissions.put(stored));
  return stored;
}
