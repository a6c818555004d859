/** Facts about the vendor's people and memberships, for whoever deals with them: who, where, which roles, how to find them. */
import type { Api, InvitationObject, OrganizationMembershipObject, UserObject } from "../api";
import { hasCode } from "../api/http/errors";
import { undefinedIfMissing } from "../api/http/missing";
import { sameAddress } from "./declare/address";
import type { HookContext } from "./context";
import { headcount, keyHeld, named, oneLine } from "./wording";

/** Every status of a membership. The vendor's lists answer only active ones unless all are asked for. */
export const everyStatus: readonly OrganizationMembershipObject["status"][] = ["active", "inactive", "pending"];

/** Mails that an address gets at most, unless the program says otherwise, before its invitation counts as stale. */
export const standardSends = 3;

/** Who a membership is about, in the words a person would use. */
export const whoOf = (membership: Pick<OrganizationMembershipObject, "user" | "user_id">): string =>
  oneLine(membership.user?.email ?? membership.user_id);

/** Who the member of this id is, likewise; the id where that cannot be read. */
export async function memberNamed(api: Api, id: string): Promise<string> {
  const found = await Promise.resolve(api.organizationMemberships.get({ id })).catch(() => undefined);
  return found ? whoOf(found) : id;
}

/** Which organization a membership is in, likewise. */
export const whereOf = (
  membership: Pick<OrganizationMembershipObject, "organization_name" | "organization_id">,
): string => oneLine(membership.organization_name ?? membership.organization_id);

/** Slugs of all roles. */
export const rolesOf = ({ role, roles }: Pick<OrganizationMembershipObject, "role" | "roles">): string[] =>
  (roles ?? [role]).map(({ slug }) => slug);

/** What becomes of somebody's access when their membership goes or stays, in the words of a report. */
export const accessWords: Readonly<Record<OrganizationMembershipObject["status"], { goes: string; stays: string }>> = {
  active: { goes: "loses access to", stays: "keeps access to" },
  inactive: { goes: "is no longer a suspended member of", stays: "stays suspended in" },
  pending: { goes: "is no longer expected in", stays: "is still expected in" },
};

/** Whether these are the same roles, in whatever order. */
export const sameRoles = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((role) => other.includes(role));

/** Notes that somebody was said to keep access, which a later part of the run may end all the same. */
export function noteKeeping({ keeping }: Pick<HookContext, "keeping">, ids: readonly string[], who: string): void {
  for (const id of ids) keeping.set(id, [...(keeping.get(id) ?? []), who]);
}

/** Takes back what was said of people whose access ends with this object after all, as the end of a sentence. */
export function notKeeping({ keeping }: Pick<HookContext, "keeping">, id: string): string {
  const people = keeping.get(id) ?? [];
  return people.length === 0 ? "." : `, also what this run has said to be kept (${named(people)}).`;
}

/** Roles in a line about somebody. */
export const rolesText = (roles: readonly string[]): string => oneLine(roles.join(", ")) || "none";

/**
 * Says that somebody has other roles than before; nothing where they are the same.
 * @param old roles of the last run or refresh.
 */
export function rolesChanged(old: readonly string[], now: OrganizationMembershipObject): string | undefined {
  const fresh = rolesOf(now);
  if (sameRoles(old, fresh)) return undefined;
  const several = old.length > 1 || fresh.length > 1;
  const still = { active: "", inactive: "; they are suspended there", pending: "; they have not joined yet" }[
    now.status
  ];
  return `The ${several ? "roles" : "role"} of ${whoOf(now)} in ${whereOf(now)} ${several ? "are" : "is"} changed from ${rolesText(old)} (as last recorded) to ${rolesText(fresh)}${still}.`;
}

/** Roles as a request has them: one, or several where the environment allows that. */
export const rolesBody = (roles: readonly string[] | undefined) =>
  !roles ? {} : roles.length === 1 ? { role_slug: roles[0] } : { role_slugs: [...roles] };

/** Whether any of these roles makes an admin. */
export const isAdmin = (
  roles: readonly string[],
  { adminRoles }: { readonly adminRoles: readonly string[] },
): boolean => roles.some((role) => adminRoles.includes(role));

/** `41 people, 3 of them admins: ann, ben and 39 more`: who has something to lose, admins first. */
export function peopleIn(
  memberships: readonly OrganizationMembershipObject[],
  settings: { readonly adminRoles: readonly string[] },
): string {
  const admins = memberships.filter((one) => isAdmin(rolesOf(one), settings));
  const others = memberships.filter((one) => !admins.includes(one));
  const names = [admins, others].flatMap((some) => some.map(whoOf).sort());
  return `${headcount(memberships.length, admins.length)}${names.length > 0 ? `: ${named(names)}` : ""}`;
}

/** Of access that a refresh no longer finds, as sentences of their own. */
export const endedOutside =
  "That was ended outside of this program: by hand, or by another one, such as an authoritative roster of the organization. Where this program still declares it, the next `pulumi up` gives it again; where another one ends it again, leave it to one of the two.";

/** Whether a change of roles gives more than it takes: what only takes some, or the rights of an admin, does not. */
export function givesMore(
  roles: readonly string[],
  before: readonly string[],
  admin: (roles: readonly string[]) => boolean,
): boolean {
  const demotes = admin(before) && !admin(roles);
  return !demotes && roles.some((role) => !before.includes(role));
}

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

/** Who has the address or the external id that a user was refused for; nothing where it was refused for anything else. */
export async function whoIsInTheWay(
  error: unknown,
  api: Api,
  { email, externalId }: { readonly email?: string; readonly externalId?: string | null },
): Promise<string | undefined> {
  const holder = async (look: Promise<UserObject | undefined>) => {
    // Where nobody is found any more, the vendor's own words have to do.
    const user = await look.catch(() => undefined);
    return user && `${oneLine(user.email)} (${user.id})`;
  };
  if (externalId && hasCode(error, "external_id_already_used")) {
    return keyHeld(
      "external id",
      externalId,
      await holder(Promise.resolve(api.users.getByExternalId({ external_id: externalId }))),
    );
  }
  return email !== undefined && hasCode(error, "email_not_available")
    ? keyHeld("address", email, await holder(findUser(api, email)))
    : undefined;
}

/**
 * Takes an invitation back.
 * @returns what it is then, nothing where it is gone: one that was accepted in this very moment is a membership by now,
 * and whoever takes it back has to deal with that.
 */
export async function revokeInvitation(api: Api, id: string): Promise<InvitationObject | undefined> {
  try {
    return await api.invitations.revoke({ id });
  } catch (error) {
    return hasCode(error, "invite_not_pending")
      ? api.invitations.get({ id }).catch(undefinedIfMissing)
      : undefinedIfMissing(error);
  }
}

/** The membership that an accepted invitation has led to, as long as there is one. */
export async function membershipFrom(
  api: Api,
  { accepted_user_id, email, organization_id }: InvitationObject,
): Promise<OrganizationMembershipObject | undefined> {
  if (!organization_id) return undefined;
  const userId = accepted_user_id ?? (await findUser(api, email))?.id;
  return userId === undefined ? undefined : findMembership(api, userId, organization_id);
}
