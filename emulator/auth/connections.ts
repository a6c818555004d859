/** Signing in through a company's identity provider, which a page stands in for: which connection, who, as whom. */
import { foldAddress, isAddress } from "../../api/address";
import { type Context } from "../context";
import { putMembership } from "../handlers/memberships";
import { fromProvider } from "../hosted/sign-up";
import { defaultRole, roleKnownTo } from "../handlers/roles";
import { requireUser } from "../handlers/users";
import { type StoredProfile } from "../store/auth-entities";
import { type StoredConnection, type StoredDirectoryUser, type StoredUser } from "../store/entities";
import { pairKey } from "../store/store";
import { hashOf } from "./secrets";

/** Where a person is sent to: a connection of an organization, or a provider such as GoogleOAuth. */
export interface Target {
  readonly connectionId: string;
  readonly connectionType: string;
  readonly organizationId: string | null;
  readonly name: string;
}

export interface Person {
  readonly email: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

const targetOf = ({ id, connection_type, organization_id, name }: StoredConnection): Target => ({
  connectionId: id,
  connectionType: connection_type,
  organizationId: organization_id,
  name,
});

const activeOf = (connections: readonly StoredConnection[]) => connections.find(({ state }) => state === "active");

/** An active connection by its id. */
export function connectionById(id: string, { store }: Context): Target | undefined {
  const found = store.connections.get(id);
  return found?.state === "active" ? targetOf(found) : undefined;
}

/** The oldest active connection of an organization. */
export function connectionOf(organizationId: string, { store }: Context): Target | undefined {
  const found = activeOf(store.connections.by("organization", organizationId));
  return found && targetOf(found);
}

/** By a domain of the connection itself, or a verified one of its organization. */
export function connectionForDomain(domain: string, context: Context): Target | undefined {
  const { store } = context;
  const name = domain.toLowerCase();
  const own = activeOf(
    store.connections.all().filter(({ domains }) => domains.some((one) => one.toLowerCase() === name)),
  );
  if (own !== undefined) return targetOf(own);
  const [verified] = store.domains.by("domain", name).filter(({ state }) => state === "verified");
  return verified && connectionOf(verified.organization_id, context);
}

/** By what is behind the `@`: where the sign-in page sends a person whose company has a connection. */
export const connectionForEmail = (email: string, context: Context): Target | undefined =>
  isAddress(email) ? connectionForDomain(email.slice(email.lastIndexOf("@") + 1), context) : undefined;

/** A service that people have accounts at by themselves. */
export const providerTarget = (provider: string): Target => ({
  connectionId: `conn_${provider}`,
  connectionType: provider,
  organizationId: null,
  name: provider.replace(/OAuth$/, ""),
});

const mostShown = 8;

/** Whom the page offers to be: people of the organization's directories, then its members. */
export function peopleOf({ organizationId }: Target, { store }: Context): readonly Person[] {
  const people = new Map<string, Person>();
  const add = (person: Person) => {
    const key = foldAddress(person.email);
    if (people.size < mostShown && !people.has(key)) people.set(key, person);
  };
  const named = ({ email, first_name, last_name }: StoredDirectoryUser | StoredUser): Person => ({
    email,
    firstName: first_name,
    lastName: last_name,
  });
  if (organizationId === null) {
    for (const id of store.users.ids().toArray().slice(0, mostShown)) {
      const user = store.users.get(id);
      if (user !== undefined) add(named(user));
    }
    return [...people.values()];
  }
  for (const one of store.directoryUsers.by("organization", organizationId))
    if (one.state === "active") add(named(one));
  for (const id of store.memberships.idsBy("organization_users", organizationId).toArray()) {
    if (people.size >= mostShown) break;
    const user = store.users.get(id);
    if (user !== undefined) add(named(user));
  }
  return [...people.values()];
}

/** Whoever signs in at this connection with this address is the same person each time. */
export function profileFor(target: Target, person: Person, { store, ids, clock }: Context): StoredProfile {
  const idp_id = hashOf(`${target.connectionId} ${foldAddress(person.email)}`).slice(0, 21);
  const [known] = store.profiles.by("idp", pairKey(target.connectionId, idp_id));
  const now = clock.iso();
  const directory = directoryUserOf(target, person.email, { store });
  const profile: StoredProfile = {
    id: known?.id ?? ids.make("prof"),
    connection_id: target.connectionId,
    connection_type: target.connectionType,
    organization_id: target.organizationId,
    idp_id,
    email: person.email,
    first_name: person.firstName ?? known?.first_name ?? directory?.first_name ?? null,
    last_name: person.lastName ?? known?.last_name ?? directory?.last_name ?? null,
    role_slug: directory?.role_slug ?? null,
    groups: (directory?.group_ids ?? []).flatMap((id) => store.directoryGroups.get(id)?.name ?? []),
    created_at: known?.created_at ?? now,
    updated_at: now,
  };
  store.write(() => store.profiles.put(profile));
  return profile;
}

function directoryUserOf({ organizationId }: Target, email: string, { store }: Pick<Context, "store">) {
  if (organizationId === null) return undefined;
  const key = foldAddress(email);
  return store.directoryUsers.by("organization", organizationId).find((one) => foldAddress(one.email) === key);
}

/**
 * The user of AuthKit that a person of an identity provider is: found or made, verified, and a member of the
 * connection's organization from then on, with the role that the directory says.
 */
export function userFor(target: Target, person: Person, context: Context): StoredUser {
  const { store, clock } = context;
  return store.write(() => {
    const profile = profileFor(target, person, context);
    // As it is once the provider has vouched for the address.
    const user = requireUser(fromProvider(target.connectionType, person.email, context).id, context);
    const named: StoredUser = {
      ...user,
      first_name: user.first_name ?? profile.first_name,
      last_name: user.last_name ?? profile.last_name,
    };
    if (named.first_name !== user.first_name || named.last_name !== user.last_name) {
      store.users.put({ ...named, updated_at: clock.iso() });
    }
    const { organizationId } = target;
    if (organizationId !== null && store.memberships.idsBy("pair", pairKey(user.id, organizationId)).size === 0) {
      const role = profile.role_slug === null ? undefined : roleKnownTo(organizationId, profile.role_slug, context);
      const roles = [role?.slug ?? defaultRole];
      putMembership({ user_id: user.id, organization_id: organizationId, roles, status: "active" }, context);
    }
    return requireUser(user.id, context);
  });
}
