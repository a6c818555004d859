/** What a directory tells of itself: the stand-in for a customer's provider that pushes its changes. */
import { z } from "zod";
import { emailAddress, directoryUserState } from "../../api/schemas";
import { type Context } from "../context";
import { invalidParameters } from "../errors";
import { differs } from "../handlers/fields";
import { type StoredDirectory, type StoredDirectoryGroup, type StoredDirectoryUser } from "../store/entities";
import { requireRole, rolesGivenBy } from "./make";
import { deprovision, provision } from "./provision";

const text = z.string().min(1);

/** Of each group and user, only what is given changes; one that is not known is made. */
export const directoryPush = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        /** Which one: by its id, by the directory's own name for it, or by its name. */
        id: text.optional(),
        idp_id: text.optional(),
        name: text.optional(),
        /** What its members get; `null` is nothing. */
        role: text.nullable().optional(),
        deleted: z.boolean().default(false),
      }),
    )
    .default([]),
  users: z
    .array(
      z.strictObject({
        /** Who: by id, by the directory's own name for them, or by the address. */
        id: text.optional(),
        idp_id: text.optional(),
        email: emailAddress.optional(),
        first_name: z.string().nullable().optional(),
        last_name: z.string().nullable().optional(),
        state: directoryUserState.optional(),
        /** Their own role, before those of their groups; `null` is none. */
        role: text.nullable().optional(),
        /** All groups that they are in, by name, by the directory's own name or by id. */
        groups: z.array(z.string()).optional(),
        custom_attributes: z.record(z.string(), z.unknown()).optional(),
        deleted: z.boolean().default(false),
      }),
    )
    .default([]),
});
export type DirectoryPushInput = z.input<typeof directoryPush>;
export type DirectoryPush = z.output<typeof directoryPush>;
type GivenGroup = DirectoryPush["groups"][number];
type GivenUser = DirectoryPush["users"][number];

const refused = (field: string, what: string) =>
  invalidParameters([{ field, code: "invalid_push", message: `${field}: ${what}.` }]);

/** All of it, or nothing. */
export function push(directory: StoredDirectory, given: DirectoryPush, context: Context): void {
  const { store } = context;
  store.write(() => {
    given.groups.forEach((group, index) => pushGroup(directory, group, `groups.${index}`, context));
    given.users.forEach((user, index) => pushUser(directory, user, `users.${index}`, context));
    // Whoever was in a group that is gone, or that gives another role now.
    if (given.groups.length === 0) return;
    for (const person of store.directoryUsers.by("directory", directory.id)) keep(person, person, context);
  });
}

function pushGroup(directory: StoredDirectory, given: GivenGroup, field: string, context: Context): void {
  const { store, ids, clock } = context;
  const { id, idp_id, name, role, deleted } = given;
  const known = groupsOf(directory, context).find((one) =>
    id === undefined ? (idp_id === undefined ? one.name === name : keyOf(one) === idp_id) : one.id === id,
  );
  if (known === undefined && (deleted || id !== undefined)) throw refused(field, "the directory has no such group");
  if (known !== undefined && deleted) {
    store.directoryGroups.delete(known.id);
    return;
  }
  requireRole(role, directory.organization_id, `${field}.role`, context);
  const now = clock.iso();
  if (known === undefined && name === undefined) throw refused(`${field}.name`, "a new group needs one");
  const before: StoredDirectoryGroup = known ?? {
    id: ids.make("directory_group"),
    directory_id: directory.id,
    organization_id: directory.organization_id,
    idp_id: idp_id ?? null,
    name: name ?? "",
    role_slug: null,
    created_at: now,
    updated_at: now,
  };
  // Renamed, it is still called the same by its directory.
  const ownName = known !== undefined && name !== undefined && name !== known.name ? keyOf(known) : before.idp_id;
  const after = {
    ...before,
    idp_id: ownName,
    name: name ?? before.name,
    role_slug: role === undefined ? before.role_slug : role,
  };
  if (known === undefined || differs(before, after)) store.directoryGroups.put({ ...after, updated_at: now });
}

function pushUser(directory: StoredDirectory, given: GivenUser, field: string, context: Context): void {
  const { store, ids, clock, settings } = context;
  const { id, idp_id, email, role, groups, deleted, ...rest } = given;
  const known = store.directoryUsers
    .by("directory", directory.id)
    .find((one) =>
      id === undefined
        ? idp_id === undefined
          ? one.email.toLowerCase() === email?.toLowerCase()
          : one.idp_id === idp_id
        : one.id === id,
    );
  const isGone = deleted || (rest.state !== undefined && rest.state !== "active" && goes(settings.switches));
  if (known === undefined && (isGone || id !== undefined)) throw refused(field, "the directory has no such user");
  if (known !== undefined && isGone) {
    store.directoryUsers.delete(known.id);
    if (settings.switches.directoryProvisioning) deprovision(known, context);
    return;
  }
  requireRole(role, directory.organization_id, `${field}.role`, context);
  if (known === undefined && email === undefined) throw refused(`${field}.email`, "a new user needs one");
  const now = clock.iso();
  const before: StoredDirectoryUser = known ?? {
    id: ids.make("directory_user"),
    directory_id: directory.id,
    organization_id: directory.organization_id,
    idp_id: idp_id ?? email ?? "",
    email: email ?? "",
    first_name: null,
    last_name: null,
    state: "active",
    role_slug: null,
    group_ids: [],
    group_role_slugs: [],
    custom_attributes: {},
    user_id: null,
    created_at: now,
    updated_at: now,
  };
  const after: StoredDirectoryUser = {
    ...before,
    email: email ?? before.email,
    first_name: rest.first_name === undefined ? before.first_name : rest.first_name,
    last_name: rest.last_name === undefined ? before.last_name : rest.last_name,
    state: rest.state ?? before.state,
    role_slug: role === undefined ? before.role_slug : role,
    custom_attributes: rest.custom_attributes ?? before.custom_attributes,
    group_ids: groups?.map((name) => groupNamed(name, directory, `${field}.groups`, context)) ?? before.group_ids,
  };
  keep(known, after, context);
}

const goes = ({ inactiveDirectoryUsers }: Context["settings"]["switches"]) => inactiveDirectoryUsers === "delete";

/** Puts a directory's user, with the groups that there are and the roles that these give; who is new is made. */
function keep(before: StoredDirectoryUser | undefined, given: StoredDirectoryUser, context: Context): void {
  const { store, clock, settings } = context;
  const group_ids = [...new Set(given.group_ids)].filter((id) => store.directoryGroups.get(id) !== undefined);
  const person = { ...given, group_ids, group_role_slugs: rolesGivenBy(group_ids, context) };
  if (before !== undefined && !differs(before, person)) return;
  // As the vendor says of itself, being in another group is no change of a user.
  const moved = before === undefined || differs({ ...before, group_ids }, person);
  const stamped = moved ? { ...person, updated_at: clock.iso() } : person;
  store.directoryUsers.put(stamped);
  if (settings.switches.directoryProvisioning) provision(stamped, before, context);
}

const keyOf = ({ idp_id, name }: StoredDirectoryGroup) => idp_id ?? name;
const groupsOf = ({ id }: StoredDirectory, { store }: Context) => store.directoryGroups.by("directory", id);

function groupNamed(name: string, directory: StoredDirectory, field: string, context: Context): string {
  const groups = groupsOf(directory, context);
  const found =
    groups.find(({ id, name: own }) => own === name || id === name) ?? groups.find((one) => keyOf(one) === name);
  if (found === undefined) throw refused(field, `the directory has no group '${name}'`);
  return found.id;
}
