/**
 * Admins, counted again after a write that took one. Two processes that count at the same moment both find enough and
 * both write: whoever comes last finds too few afterwards, and gives back what was taken.
 */
import type { Api, OrganizationMembershipObject } from "../../api";
import type { Clock } from "../../api/clock";
import { undefinedIfMissing } from "../../api/http/missing";
import type { GuardSettings } from "../context";
import { findMembership, isAdmin, rolesBody, rolesOf, sameRoles } from "../people";
import { Reach } from "../reach";
import { named, plural } from "../wording";
import { sendOnce } from "./lost-answers";

/** A membership as it was before a write took an admin's rights by it. */
export interface Held {
  readonly userId: string;
  readonly organizationId: string;
  readonly roles: readonly string[];
  /** Groups that its owner was in. */
  readonly groups?: readonly string[];
}

/** Somebody who had to stay an admin, in the words of a message. */
export interface Loser {
  readonly who: string;
  readonly where: string;
}

/**
 * Active admins that there are now, those by groups too where the others are too few; nothing where the organization
 * itself is gone, which needs none.
 */
async function adminsLeft(
  api: Api,
  organizationId: string,
  settings: Pick<GuardSettings, "adminRoles" | "minAdmins">,
): Promise<number | undefined> {
  const query = { organization_id: organizationId, statuses: ["active" as const] };
  const active = await api.organizationMemberships.list(query).all().catch(undefinedIfMissing);
  if (active?.length === 0) {
    const there = await api.organizations.get({ id: organizationId }).catch(undefinedIfMissing);
    return there && 0;
  }
  const direct = active?.filter((member) => isAdmin(rolesOf(member), settings)).length;
  if (!active || direct === undefined || direct >= settings.minAdmins) return direct;
  const byGroup = await new Reach(api).adminsByGroup(organizationId, settings);
  return active.filter((member) => isAdmin(rolesOf(member), settings) || byGroup.has(member.id)).length;
}

/**
 * Why the organization has too few admins now, as the end of a sentence; nothing where it has enough. Not being able to
 * count is a reason as well.
 */
export async function tooFewAdmins(
  api: Api,
  { organizationId, where }: { readonly organizationId: string; readonly where: string },
  settings: Pick<GuardSettings, "adminRoles" | "minAdmins">,
): Promise<string | undefined> {
  try {
    const left = await adminsLeft(api, organizationId, settings);
    return left === undefined || left >= settings.minAdmins
      ? undefined
      : `${where} had ${plural(left, "active admin")} left, fewer than the ${settings.minAdmins} it must keep (minAdmins): somebody else took one at the same moment`;
  } catch (error) {
    return `the admins that ${where} has left could not be counted (${briefly(error)})`;
  }
}

/** Gives a membership back, with its roles; one that was deleted is made anew, with another id. */
export async function giveBack(
  api: Api,
  clock: Clock,
  { userId, organizationId, roles, groups = [] }: Held,
): Promise<OrganizationMembershipObject> {
  const given = await giveMembershipBack(api, clock, { userId, organizationId, roles });
  for (const group_id of groups) {
    await api.groupMemberships.add({
      organization_id: organizationId,
      group_id,
      organization_membership_id: given.id,
    });
  }
  return given;
}

async function giveMembershipBack(
  api: Api,
  clock: Clock,
  { userId, organizationId, roles }: Held,
): Promise<OrganizationMembershipObject> {
  const find = () => findMembership(api, userId, organizationId);
  const found = await find();
  if (!found || found.status === "pending") {
    const body = { user_id: userId, organization_id: organizationId, ...rolesBody(roles) };
    return sendOnce(
      clock,
      () => api.organizationMemberships.create(body),
      async () => (await find()) ?? "repeat",
    );
  }
  const { id } = found;
  const active = found.status === "inactive" ? await api.organizationMemberships.reactivate({ id }) : found;
  return sameRoles(rolesOf(active), roles) ? active : api.organizationMemberships.update({ id, ...rolesBody(roles) });
}

/** Says that a write was taken back, and why. */
export const takenBack = (reason: string, { who, where }: Loser, roles: readonly string[]): string =>
  `Refused: ${reason}. So it was undone: ${who} has access to ${where} as before (${named(roles)}).`;

/** Says that a write could not be taken back, and what there is to do now. */
export const notTakenBack = (reason: string, loser: Loser, why: string): string =>
  `${loser.who} has lost the rights of an admin in ${loser.where}, and ${reason}. It could not be undone: ${why}. ${remedyNow(loser.where)}`;

export const remedyNow = (where: string): string =>
  `Look at once who is an admin of ${where}, and give somebody the role, by a run or in the WorkOS dashboard.`;

/** The first line of an error: the rest says what to do, and would stand in the middle of a sentence. */
export const briefly = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
