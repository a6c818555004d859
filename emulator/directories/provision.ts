/**
 * What a directory does to users and memberships, as the vendor documents its directory provisioning: who has an address
 * of a domain that the organization has verified is managed by the directory, anybody else is a guest and is invited.
 */
import { foldAddress } from "../../api/address";
import { endSession } from "../auth/sessions";
import { type Context } from "../context";
import { removeMembership } from "../deletions";
import { differs } from "../handlers/fields";
import { putInvitation } from "../handlers/invitations";
import { change, putMembership } from "../handlers/memberships";
import { rolesOfDirectoryUser } from "../handlers/present";
import { defaultRole } from "../handlers/roles";
import { newUser } from "../handlers/users";
import { type StoredDirectoryUser, type StoredMembership, type StoredUser } from "../store/entities";
import { pairKey } from "../store/store";

const invitationDays = 7;

/**
 * Brings user and membership in line with a directory's user; within a step of the store.
 *
 * @param before what they were until now: a role that a group gave and gives no more is taken back.
 */
export function provision(
  person: StoredDirectoryUser,
  before: StoredDirectoryUser | undefined,
  context: Context,
): void {
  const { store } = context;
  if (person.state !== "active") {
    deprovision(person, context);
    return;
  }
  const isManaged = isOfVerifiedDomain(person, context);
  const user = provisionedUser(person, isManaged, context);
  if (person.user_id !== user.id) store.directoryUsers.put({ ...person, user_id: user.id });
  const own = rolesOfDirectoryUser(person);
  const had = before !== undefined && rolesOfDirectoryUser(before).length > 0;
  const roles = own.length > 0 ? own : had ? [defaultRole] : undefined;
  const [membership] = store.memberships.by("pair", pairKey(user.id, person.organization_id));
  if (membership === undefined) join(user, person, roles ?? [defaultRole], isManaged, context);
  else align(membership, roles, isManaged, context);
}

/** The membership rests, or what was a mere invitation goes. User and membership are not deleted. */
export function deprovision({ user_id, organization_id }: StoredDirectoryUser, context: Context): void {
  const { store, clock } = context;
  const [membership] = user_id === null ? [] : store.memberships.by("pair", pairKey(user_id, organization_id));
  if (user_id === null || membership?.directory_managed !== true || membership.status === "inactive") return;
  if (membership.status === "pending") {
    removeMembership(membership, store);
    const email = foldAddress(store.users.get(user_id)?.email ?? "");
    const now = clock.iso();
    for (const invitation of store.invitations.by("pair", pairKey(email, organization_id))) {
      if (invitation.state !== "pending") continue;
      store.invitations.put({ ...invitation, state: "revoked", revoked_at: now, updated_at: now });
    }
    return;
  }
  change(membership, { status: "inactive", role_slugs: [defaultRole] }, context);
  for (const session of store.sessions.by("user_unrevoked", user_id)) endSession(session, context);
}

const isOfVerifiedDomain = ({ email, organization_id }: StoredDirectoryUser, { store }: Context): boolean =>
  store.domains
    .by("domain", email.slice(email.lastIndexOf("@") + 1).toLowerCase())
    .some((domain) => domain.organization_id === organization_id && domain.state === "verified");

/** The address of a user never changes by a directory, and a guest's name does not either. */
function provisionedUser(person: StoredDirectoryUser, isManaged: boolean, context: Context): StoredUser {
  const { store, ids, clock } = context;
  const { email, first_name, last_name } = person;
  const known =
    (person.user_id === null ? undefined : store.users.get(person.user_id)) ??
    store.users.by("email", foldAddress(email))[0];
  if (known === undefined) {
    const made = newUser({ email, email_verified: isManaged, first_name, last_name }, ids.make("user"), clock.iso());
    store.users.put(made);
    return made;
  }
  const named = { ...known, first_name: first_name ?? known.first_name, last_name: last_name ?? known.last_name };
  if (!isManaged || !differs(known, named)) return known;
  const changed = { ...named, updated_at: clock.iso() };
  store.users.put(changed);
  return changed;
}

function join(
  user: StoredUser,
  { organization_id }: StoredDirectoryUser,
  roles: readonly string[],
  isManaged: boolean,
  context: Context,
): void {
  const status = isManaged ? "active" : "pending";
  putMembership({ user_id: user.id, organization_id, roles, status, directory_managed: true }, context);
  if (isManaged) return;
  const invitation = {
    ...{ email: user.email, organization_id, inviter_user_id: null },
    ...{ expires_in_days: invitationDays, role_slug: roles[0] ?? defaultRole },
  };
  putInvitation(invitation, undefined, context);
}

function align(
  membership: StoredMembership,
  roles: readonly string[] | undefined,
  isManaged: boolean,
  context: Context,
): void {
  const { status } = membership;
  const aligned = {
    role_slugs: roles ?? membership.role_slugs,
    directory_managed: true,
    // A guest who is invited stays so until they accept.
    status: status === "inactive" || isManaged ? ("active" as const) : status,
  };
  if (differs(membership, { ...membership, ...aligned })) change(membership, aligned, context);
}
