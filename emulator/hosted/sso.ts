/** Single sign-on on the way into AuthKit: who comes back from a connection. */
import { foldAddress } from "../../api/address";
import { type Person, profileFor, targetOf } from "../auth/connections";
import { verifyEmail } from "../auth/grants";
import { type Context } from "../context";
import { refuse } from "../errors";
import { change, putMembership } from "../handlers/memberships";
import { defaultRole, roleKnownTo } from "../handlers/roles";
import { newUser } from "../handlers/users";
import { type StoredConnection, type StoredUser } from "../store/entities";
import { pairKey } from "../store/store";

export const domainOf = (email: string): string => email.slice(email.lastIndexOf("@") + 1).toLowerCase();

/** Another service vouches for the address; whoever comes for the first time becomes a member. */
export function fromConnection(connection: StoredConnection, person: Person, context: Context): StoredUser {
  const { store, ids, clock } = context;
  const { organization_id } = connection;
  refuseStranger(connection, person, context);
  return store.write(() => {
    const { email, first_name, last_name, role_slug } = profileFor(targetOf(connection), person, context);
    const known = store.users.by("email", foldAddress(email))[0];
    const user =
      known ?? newUser({ email, email_verified: true, first_name, last_name }, ids.make("user"), clock.iso());
    if (known === undefined) store.users.put(user);
    verifyEmail(user.id, context, clock.iso());
    const membership = store.memberships.by("pair", pairKey(user.id, organization_id))[0];
    if (membership === undefined) {
      const role = role_slug === null ? undefined : roleKnownTo(organization_id, role_slug, context);
      const roles = [role?.slug ?? defaultRole];
      putMembership({ user_id: user.id, organization_id, roles, status: "active" }, context);
    } else if (membership.status === "pending") {
      change(membership, { status: "active" }, context);
    }
    return user;
  });
}

/** A connection speaks for its organization's domains, unless the organization takes others too. */
function refuseStranger({ organization_id }: StoredConnection, { email }: Person, { store }: Context): void {
  const organization = store.organizations.get(organization_id);
  const domains = store.domains.by("organization", organization_id);
  const own = domains.some(({ domain, state }) => state === "verified" && domain.toLowerCase() === domainOf(email));
  if (own || domains.length === 0 || organization?.allow_profiles_outside_organization === true) return;
  const message = `${email} is of no verified domain of ${organization?.name ?? organization_id}.`;
  throw refuse(400, "profile_not_allowed_outside_organization", message);
}
