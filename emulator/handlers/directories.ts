import { type Context } from "../context";
import { newToken } from "../auth/secrets";
import { invalidParameters, notFound } from "../errors";
import { page } from "../pages";
import { endDirectory } from "../directories/make";
import { type StoredDirectoryUser } from "../store/entities";
import { matches } from "./fields";
import { type Family, Reply } from "./handler";
import { presentConnection, presentDirectory, presentDirectoryGroup, presentDirectoryUser } from "./present";

const has = (text: string, part: string | undefined) =>
  part === undefined || text.toLowerCase().includes(part.toLowerCase());

/** Connections are made by seeds and controls: a customer's administrator makes them in the vendor's portal. */
export const connections: Family<"connections"> = {
  list: (query, { store }) => {
    const { organization_id: organization, connection_type: type, domain, search } = query;
    const ids =
      organization === undefined ? store.connections.ids() : store.connections.idsBy("organization", organization);
    const found = page(ids, "conn", query, (id) => {
      const one = store.connections.get(id);
      return one &&
        matches(type, one.connection_type) &&
        (domain === undefined || one.domains.includes(domain)) &&
        has(one.name, search)
        ? one
        : undefined;
    });
    return { ...found, data: found.data.map(presentConnection) };
  },

  get: ({ id }, { store }) => presentConnection(existing("Connection", id, store.connections.get(id))),

  delete: ({ id }, { store }) => {
    existing("Connection", id, store.connections.get(id));
    store.write(() => store.connections.delete(id));
    return new Reply(204, null);
  },
};

export const directories: Family<"directories"> = {
  list: (query, context) => {
    const { store } = context;
    const { organization_id: organization, search, domain } = query;
    const ids =
      organization === undefined ? store.directories.ids() : store.directories.idsBy("organization", organization);
    const found = page(ids, "directory", query, (id) => {
      const one = store.directories.get(id);
      return one && has(one.name, search) && matches(domain, one.domain ?? undefined) ? one : undefined;
    });
    return { ...found, data: found.data.map((one) => presentDirectory(one, context)) };
  },

  get: ({ id }, context) => presentDirectory(existing("Directory", id, context.store.directories.get(id)), context),

  delete: ({ id }, context) => {
    endDirectory(existing("Directory", id, context.store.directories.get(id)), context);
    return new Reply(202, null);
  },
};

export const directoryGroups: Family<"directoryGroups"> = {
  list: (query, context) => {
    const { store } = context;
    const { directory, user } = query;
    checkOne("directory", directory, user);
    if (directory !== undefined) existing("Directory", directory, store.directories.get(directory));
    const member = user === undefined ? undefined : existing("Directory user", user, store.directoryUsers.get(user));
    const inDirectory = store.directoryGroups.idsBy("directory", directory ?? member?.directory_id ?? "");
    const found = page(inDirectory, "directory_group", query, (id) =>
      member === undefined || member.group_ids.includes(id) ? store.directoryGroups.get(id) : undefined,
    );
    return { ...found, data: found.data.map(presentDirectoryGroup) };
  },

  get: ({ id }, { store }) => presentDirectoryGroup(existing("Directory group", id, store.directoryGroups.get(id))),
};

export const directoryUsers: Family<"directoryUsers"> = {
  list: (query, { store }) => {
    const { directory, group, idp_id: idpId, email } = query;
    checkOne("directory", directory, group);
    if (directory !== undefined) existing("Directory", directory, store.directories.get(directory));
    const of = group === undefined ? undefined : existing("Directory group", group, store.directoryGroups.get(group));
    const inDirectory = store.directoryUsers.idsBy("directory", directory ?? of?.directory_id ?? "");
    const found = page(inDirectory, "directory_user", query, (id) => {
      const one = store.directoryUsers.get(id);
      return one &&
        (group === undefined || one.group_ids.includes(group)) &&
        matches(idpId, one.idp_id) &&
        matches(email?.toLowerCase(), one.email.toLowerCase())
        ? one
        : undefined;
    });
    return { ...found, data: found.data.map((one) => withGroups(one, store)) };
  },

  get: ({ id }, { store }) => withGroups(existing("Directory user", id, store.directoryUsers.get(id)), store),
};

export const portal: Family<"portal"> = {
  /** There is no portal here: the link is one that nobody serves. */
  generateLink: ({ organization }, { store, url }: Context) => {
    existing("Organization", organization, store.organizations.get(organization));
    return { link: `${url}/_emulator/portal?token=${newToken()}` };
  },
};

function withGroups(one: StoredDirectoryUser, store: Context["store"]) {
  const groups = one.group_ids.flatMap((group) => store.directoryGroups.get(group) ?? []);
  return { ...presentDirectoryUser(one), groups: groups.map(presentDirectoryGroup) };
}

function existing<T>(thing: string, id: string, found: T | undefined): T {
  if (found === undefined) throw notFound(thing, id);
  return found;
}

/** The vendor's lists of what is in directories need one of two owners. */
function checkOne(field: string, one: string | undefined, other: string | undefined): void {
  if ((one === undefined) !== (other === undefined)) return;
  const message = `${field}: give the directory, or the one in it, and not both.`;
  throw invalidParameters([{ field, code: "mutually_exclusive", message }]);
}
