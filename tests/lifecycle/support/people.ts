/** Who is there before a program comes: made behind its back. */
import { type Api } from "../../../api";
import { type World } from "../../support/world";

export const userNamed = async ({ api }: World, name: string): Promise<string> =>
  (await api.users.create({ email: `${name}@example.com` })).id;

export const organizationNamed = async ({ api }: World, name: string): Promise<string> =>
  (await api.organizations.create({ name, external_id: name.toLowerCase() })).id;

/** One organization with a member for each name, who has that role. */
export async function organizationOf(world: World, roles: Readonly<Record<string, string>>, name = "Acme") {
  const organizationId = await organizationNamed(world, name);
  const members: Record<string, { userId: string; membershipId: string; inputs: Record<string, string> }> = {};
  for (const [person, roleSlug] of Object.entries(roles)) {
    const userId = await userNamed(world, `${person}.${name}`.toLowerCase());
    const membership = await world.api.organizationMemberships.create({
      user_id: userId,
      organization_id: organizationId,
      role_slug: roleSlug,
    });
    members[person] = { userId, membershipId: membership.id, inputs: { userId, organizationId, roleSlug } };
  }
  world.wire.clear();
  return {
    organizationId,
    of: (person: string) => {
      const found = members[person];
      if (!found) throw new Error(`${person} is nobody here`);
      return found;
    },
  };
}

/** The email addresses of the active admins of an organization. */
export async function adminsOf({ api }: World, organizationId: string): Promise<string[]> {
  const active = await api.organizationMemberships.list({ organization_id: organizationId }).all();
  return active
    .filter(({ role, roles }) => (roles ?? [role]).some(({ slug }) => slug === "admin"))
    .map(({ user, user_id }) => user?.email ?? user_id)
    .sort();
}

/** An API by which whoever is to be uninvited accepts right before that. */
export function acceptOnRevoke({ api }: World): Api {
  const revoke: Api["invitations"]["revoke"] = async ({ id }) => {
    await api.invitations.accept({ id });
    return api.invitations.revoke({ id });
  };
  return { ...api, invitations: { ...api.invitations, revoke } };
}
