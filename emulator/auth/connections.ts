/** Signing in through a company's identity provider, which a page stands in for: which connection, who, as whom. */
import { foldAddress } from "../../api/address";
import { type Context } from "../context";
import { type StoredProfile } from "../store/auth-entities";
import { type StoredConnection } from "../store/entities";
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

export const targetOf = ({ id, connection_type, organization_id, name }: StoredConnection): Target => ({
  connectionId: id,
  connectionType: connection_type,
  organizationId: organization_id,
  name,
});

const activeOf = (connections: readonly StoredConnection[]) => connections.find(({ state }) => state === "active");

export function activeConnection(id: string, { store }: Context): StoredConnection | undefined {
  const found = store.connections.get(id);
  return found && activeOf([found]);
}

/** The oldest active connection of an organization. */
export const connectionOf = (organizationId: string, { store }: Context): StoredConnection | undefined =>
  activeOf(store.connections.by("organization", organizationId));

/** By a domain of the connection itself, or one that its organization has proved to be its own. */
export function connectionOfDomain(domain: string, context: Context): StoredConnection | undefined {
  const { store } = context;
  const name = domain.toLowerCase();
  const own = store.connections.all().filter(({ domains }) => domains.some((one) => one.toLowerCase() === name));
  const owners = store.domains.by("domain", name).filter(({ state }) => state === "verified");
  return activeOf([...own, ...owners.flatMap(({ organization_id }) => connectionOf(organization_id, context) ?? [])]);
}

/** A service that people have accounts at by themselves. */
export const providerTarget = (provider: string): Target => ({
  connectionId: `conn_${provider}`,
  connectionType: provider,
  organizationId: null,
  name: provider.replace(/OAuth$/, ""),
});

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
