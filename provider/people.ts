/** Facts about the vendor's people and memberships, for whoever deals with them: who, where, which roles, how to find them. */
import type { Api, OrganizationMembershipObject, UserObject } from "../api";
import { hasCode } from "../api/http/errors";
import { undefinedIfMissing } from "../api/http/missing";
import { sameAddress } from "./declare/address";
import { oneLine } from "./wording";

/** Every status of a membership. The vendor's lists answer only active ones unless all are asked for. */
export const everyStatus: readonly OrganizationMembershipObject["status"][] = ["active", "inactive", "pending"];

/** Mails that an address gets at most, unless the program says otherwise, before its invitation counts as stale. */
export const standardSends = 3;

/** Who a membership is about, in the words a person would use. */
export const whoOf = (membership: Pick<OrganizationMembershipObject, "user" | "user_id">): string =>
  oneLine(membership.user?.email ?? membership.user_id);

/** Which organization a membership is in, likewise. */
export const whereOf = (
  membership: Pick<OrganizationMembershipObject, "organization_name" | "organization_id">,
): string => oneLine(membership.organization_name ?? membership.organization_id);

/** Slugs of all roles. */
export const rolesOf = ({ role, roles }: Pick<OrganizationMembershipObject, "role" | "roles">): string[] =>
  (roles ?? [role]).map(({ slug }) => slug);

/** Whether these are the same roles, in whatever order. */
export const sameRoles = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((role) => other.includes(role));

/** Whether any of these roles makes an admin. */
export const isAdmin = (
  roles: readonly string[],
  { adminRoles }: { readonly adminRoles: readonly string[] },
): boolean => roles.some((role) => adminRoles.includes(role));

/** Whoever has this address, letter case aside. */
export async function findUser(api: Api, email: string): Promise<UserObject | undefined> {
  for await (const user of api.users.list({ email })) {
    if (sameAddress(user.email, email)) return user;
  }
  return undefined;
}

/** The membership of a user in an organization, whatever its status; none where either of them is gone. */
export async function findMembership(
  api: Api,
  userId: string,
  organizationId: string,
): Promise<OrganizationMembershipObject | undefined> {
  const query = { user_id: userId, organization_id: organizationId, statuses: [...everyStatus] };
  try {
    for await (const membership of api.organizationMemberships.list(query)) return membership;
  } catch (error) {
    undefinedIfMissing(error);
  }
  return undefined;
}

/** Takes an invitation back; one that was accepted or has expired in this very moment stays as it is. */
export async function revokeInvitation(api: Api, id: string): Promise<void> {
  await api.invitations
    .revoke({ id })
    .catch(undefinedIfMissing)
    .catch((error: unknown) => {
      if (!hasCode(error, "invite_not_pending")) throw error;
    });
}
