/** What the vendor tells of connections and directories. */
import { type DirectoryObject } from "../../api/schemas";
import { type Context } from "../context";
import { type Happened } from "../event-log";
import { formerValues, type Meaning, verbOf } from "../event-meanings";
import { presentConnection, presentDirectory, presentDirectoryGroup, presentDirectoryUser } from "../handlers/present";
import {
  type StoredConnection,
  type StoredDirectory,
  type StoredDirectoryGroup,
  type StoredDirectoryUser,
} from "../store/entities";

/** As their directory goes, the vendor tells of that alone. */
const isOver = ({ directory_id }: { readonly directory_id: string }, { store }: Context) =>
  store.directories.get(directory_id) === undefined;

/** Events name some states otherwise than answers do. */
const eventState = (state: DirectoryObject["state"]) =>
  state === "linked" ? "active" : state === "unlinked" ? "inactive" : state;

export const directoryMeanings: {
  readonly connections: Meaning<StoredConnection>;
  readonly directories: Meaning<StoredDirectory>;
  readonly directoryGroups: Meaning<StoredDirectoryGroup>;
  readonly directoryUsers: Meaning<StoredDirectoryUser>;
} = {
  connections: (before, after) => {
    const connection = after ?? before;
    if (connection === undefined) return [];
    const { organization_id: organizationId, id } = connection;
    const { status, domains, ...shown } = presentConnection(connection);
    if (after === undefined) return [{ event: "connection.deleted", data: shown, organizationId }];
    const [was, is] = [before?.state === "active", after.state === "active"];
    if (was === is) return [];
    const data = { ...shown, status, domains, external_key: id.slice("conn_".length) };
    return [{ event: `connection.${is ? "activated" : "deactivated"}`, data, organizationId }];
  },

  directories: (before, after, context) => {
    const directory = after ?? before;
    if (directory === undefined) return [];
    const { organization_id: organizationId } = directory;
    const { metadata: _counts, domain: _domain, external_key, state, ...rest } = presentDirectory(directory, context);
    const shown = { ...rest, state: eventState(state) };
    if (after === undefined) return [{ event: "dsync.deleted", data: shown, organizationId }];
    if (after.state !== "linked" || before?.state === "linked") return [];
    const domains = context.store.domains
      .by("organization", organizationId)
      .map(({ id, domain }) => ({ object: "organization_domain", id, domain }));
    return [{ event: "dsync.activated", data: { ...shown, external_key, domains }, organizationId }];
  },

  directoryGroups: (before, after, context) => {
    const group = after ?? before;
    if (group === undefined || isOver(group, context)) return [];
    const data = presentDirectoryGroup(group);
    const former = before && after ? formerValues(presentDirectoryGroup(before), data) : {};
    if (before && after && Object.keys(former).length === 0) return [];
    const told = before && after ? { ...data, previous_attributes: former } : data;
    return [{ event: `dsync.group.${verbOf(before, after)}`, data: told, organizationId: group.organization_id }];
  },

  directoryUsers: (before, after, context) => {
    const user = after ?? before;
    if (user === undefined || isOver(user, context)) return [];
    const data = presentDirectoryUser(user);
    const of = { organizationId: user.organization_id };
    if (after === undefined) return [{ event: "dsync.user.deleted", data, ...of }];
    if (before === undefined) return [{ event: "dsync.user.created", data, ...of }, ...moves([], after, context)];
    const former = formerValues(presentDirectoryUser(before), data);
    const updated = { event: "dsync.user.updated", data: { ...data, previous_attributes: former }, ...of };
    return [...(Object.keys(former).length === 0 ? [] : [updated]), ...moves(before.group_ids, after, context)];
  },
};

/** Which groups a user came into and left. As a group goes, the vendor does not tell who was in it. */
function moves(former: readonly string[], user: StoredDirectoryUser, { store }: Context): Happened[] {
  const { group_ids, directory_id, organization_id: organizationId } = user;
  const told = (verb: string, id: string): Happened[] => {
    const group = store.directoryGroups.get(id);
    if (group === undefined) return [];
    const data = { directory_id, user: presentDirectoryUser(user), group: presentDirectoryGroup(group) };
    return [{ event: `dsync.group.user_${verb}`, data, organizationId }];
  };
  return [
    ...former.filter((id) => !group_ids.includes(id)).flatMap((id) => told("removed", id)),
    ...group_ids.filter((id) => !former.includes(id)).flatMap((id) => told("added", id)),
  ];
}
