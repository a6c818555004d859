/** Connections and directories, as a customer's administrator makes them in the vendor's portal. */
import { type Context } from "../context";
import { removeDirectory } from "../deletions";
import { invalidParameters } from "../errors";
import { differs } from "../handlers/fields";
import { change } from "../handlers/memberships";
import { roleKnownTo } from "../handlers/roles";
import { type Seed } from "../seed/schema";
import { type StoredConnection, type StoredDirectory, type StoredDirectoryUser } from "../store/entities";
import { pairKey } from "../store/store";
import { provision } from "./provision";

export type NewConnection = Seed["connections"][number];
export type NewDirectory = Seed["directories"][number];

/** `organization` is an id of one that is there. */
export function addConnection(given: NewConnection, { store, ids, clock }: Context): StoredConnection {
  const { id = ids.make("conn"), organization: organization_id, name, type, state, domains } = given;
  const now = clock.iso();
  const stamps = { created_at: now, updated_at: now };
  const made = { id, organization_id, name, connection_type: type, state, domains, ...stamps };
  store.write(() => store.connections.put(made));
  return made;
}

export function changeConnection(
  connection: StoredConnection,
  fields: Partial<Pick<StoredConnection, "name" | "state" | "domains">>,
  { store, clock }: Context,
): StoredConnection {
  const changed = { ...connection, ...fields };
  if (!differs(connection, changed)) return connection;
  const stamped = { ...changed, updated_at: clock.iso() };
  store.write(() => store.connections.put(stamped));
  return stamped;
}

/** `organization` is an id of one that is there. */
export function addDirectory(given: NewDirectory, context: Context): StoredDirectory {
  const { store, ids, clock } = context;
  const { id: directory_id = ids.make("directory"), organization: organization_id } = given;
  const now = clock.iso();
  const stamps = { created_at: now, updated_at: now };
  const { name, type, state, domain = null } = given;
  const directory = { id: directory_id, organization_id, name, type, state, domain, ...stamps };
  const of = { directory_id, organization_id };
  given.groups.forEach(({ role }, index) => requireRole(role, organization_id, `groups.${index}.role`, context));
  given.users.forEach(({ role }, index) => requireRole(role, organization_id, `users.${index}.role`, context));
  return store.write(() => {
    store.directories.put(directory);
    const groups = new Map<string, string>();
    for (const {
      id = ids.make("directory_group"),
      idp_id = null,
      name: group,
      role: role_slug = null,
    } of given.groups) {
      store.directoryGroups.put({ id, ...of, idp_id, name: group, role_slug, ...stamps });
      groups.set(group, id);
    }
    for (const user of given.users) {
      const group_ids = user.groups.flatMap((group) => groups.get(group) ?? []);
      const person: StoredDirectoryUser = {
        id: user.id ?? ids.make("directory_user"),
        ...of,
        email: user.email,
        idp_id: user.idp_id ?? user.email,
        first_name: user.first_name ?? null,
        last_name: user.last_name ?? null,
        role_slug: user.role ?? null,
        state: user.state,
        group_ids,
        group_role_slugs: rolesGivenBy(group_ids, context),
        custom_attributes: user.custom_attributes,
        user_id: null,
        ...stamps,
      };
      store.directoryUsers.put(person);
      if (given.provision) provision(person, undefined, context);
    }
    return directory;
  });
}

export function changeDirectory(
  directory: StoredDirectory,
  fields: Partial<Pick<StoredDirectory, "name" | "state">>,
  { store, clock }: Context,
): StoredDirectory {
  const changed = { ...directory, ...fields };
  if (!differs(directory, changed)) return directory;
  const stamped = { ...changed, updated_at: clock.iso() };
  store.write(() => store.directories.put(stamped));
  return stamped;
}

/** Members stay, as the vendor documents it, so that a customer can go over to another directory; this one has no more to say about them. */
export function endDirectory({ id, organization_id }: StoredDirectory, context: Context): void {
  const { store } = context;
  store.write(() => {
    const people = store.directoryUsers.by("directory", id);
    removeDirectory(id, store);
    for (const { user_id } of people) {
      const [membership] = user_id === null ? [] : store.memberships.by("pair", pairKey(user_id, organization_id));
      if (membership?.directory_managed === true) change(membership, { directory_managed: false }, context);
    }
  });
}

/** The roles that groups give, in the order of the environment's roles. With one role a member, the first. */
export function rolesGivenBy(groupIds: readonly string[], { store, settings }: Context): string[] {
  const given = groupIds.flatMap((id) => store.directoryGroups.get(id)?.role_slug ?? []);
  const order = [...store.roles.by("organization", "")].map(({ slug }) => slug);
  const place = (slug: string) => (order.includes(slug) ? order.indexOf(slug) : order.length);
  const sorted = [...new Set(given)].sort((one, other) => place(one) - place(other));
  return settings.switches.multipleRoles ? sorted : sorted.slice(0, 1);
}

export function requireRole(
  slug: string | null | undefined,
  organizationId: string,
  field: string,
  context: Context,
): void {
  if (slug === null || slug === undefined || roleKnownTo(organizationId, slug, context) !== undefined) return;
  throw invalidParameters([{ field, code: "invalid_role", message: `${field}: there is no role '${slug}'.` }]);
}
