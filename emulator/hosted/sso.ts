/** Single sign-on: which connection an address leads to, and who comes back from it. */
import { foldAddress } from "../../api/address";
import { verifyEmail } from "../auth/grants";
import { type Context } from "../context";
import { refuse } from "../errors";
import { change, putMembership } from "../handlers/memberships";
import { defaultRole } from "../handlers/roles";
import { newUser } from "../handlers/users";
import { type StoredConnection, type StoredUser } from "../store/entities";
import { pairKey } from "../store/store";

/** What another service says of a person. */
export interface Profile {
  readonly email: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

export const domainOf = (email: string): string => email.slice(email.lastIndexOf("@") + 1).toLowerCase();

/** The first that is active, of an organization. */
export const connectionOf = (organizationId: string, { store }: Context): StoredConnection | undefined =>
  store.connections.by("organization", organizationId).find(({ state }) => state === "active");

/** The connection of the organization that has proved that the domain is its own. */
export function connectionOfDomain(domain: string, context: Context): StoredConnection | undefined {
  const owners = context.store.domains.by("domain", domain.toLowerCase()).filter(({ state }) => state === "verified");
  return owners.map(({ organization_id }) => connectionOf(organization_id, context)).find((one) => one !== undefined);
}

/** Another service vouches for the address; whoever comes for the first time becomes a member. */
export function fromConnection(connection: StoredConnection, profile: Profile, context: Context): StoredUser {
  const { store, ids, clock } = context;
  const { organization_id } = connection;
  refuseStranger(connection, profile, context);
  return store.write(() => {
    const known = store.users.by("email", foldAddress(profile.email))[0];
    const { email, firstName: first_name, lastName: last_name } = profile;
    const user =
      known ?? newUser({ email, email_verified: true, first_name, last_name }, ids.make("user"), clock.iso());
    if (known === undefined) store.users.put(user);
    verifyEmail(user.id, context, clock.iso());
    const membership = store.memberships.by("pair", pairKey(user.id, organization_id))[0];
    if (membership === undefined) {
      putMembership({ user_id: user.id, organization_id, roles: [defaultRole], status: "active" }, context);
    } else if (membership.status === "pending") {
      change(membership, { status: "active" }, context);
    }
    return user;
  });
}

/** A connection speaks for its organization's domains, unless the organization takes others too. */
function refuseStranger({ organization_id }: StoredConnection, { email }: Profile, { store }: Context): void {
  const organization = store.organizations.get(organization_id);
  const domains = store.domains.by("organization", organization_id);
  const own = domains.some(({ domain, state }) => state === "verified" && domain.toLowerCase() === domainOf(email));
  if (own || domains.length === 0 || organization?.allow_profiles_outside_organization === true) return;
  const message = `${email} is of no verified domain of ${organization?.name ?? organization_id}.`;
  throw refuse(400, "profile_not_allowed_outside_organization", message);
}
