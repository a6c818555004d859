/**
 * Guards over a whole plan, before its first write: what `lifecycle/guards.ts` counts one by one, counted at once. A
 * roster knows everybody whom it is about to change, so it refuses all of it and changes nothing.
 */
import type { Change, Situation, Totals } from "./change";
import { foreignerRefused, isForeign } from "../lifecycle/domains";
import { overrides } from "../lifecycle/guards";
import { foldAddress } from "../declare/address";
import { givesMore } from "../people";
import { allowedRemovals, type RemovalLimit } from "../removals";
import { counted, named } from "../wording";
import type { RosterGuards } from "./roster";

/** People that a run may remove unless the program says otherwise. */
export const standardRemovals = { people: 10, fraction: 0.1 } as const;

export function refusalsOf(
  changes: readonly Change[],
  totals: Totals,
  {
    guards,
    isAdmin,
    live,
    desired,
    removedBefore = 0,
    allowedDomains,
  }: Pick<Situation, "guards" | "isAdmin" | "live" | "desired" | "removedBefore" | "allowedDomains">,
): string[] {
  const refusals: string[] = [];
  const losing = changes.filter(({ takesAdmin }) => takesAdmin);
  // Who is invited, or not yet there, is no admin on whom anybody could count today.
  const gaining = changes.filter(({ givesAdmin, steps }) => givesAdmin && steps.every((step) => step.do !== "invite"));
  const { minAdmins = 0, requiredAdmins = [] } = guards;
  const left = totals.admins - losing.length + gaining.filter(({ person }) => person?.status !== "pending").length;
  if (losing.length > 0 && left < minAdmins) {
    refusals.push(
      `${live.where} would be left with ${left} active ${left === 1 ? "admin" : "admins"}, fewer than the ${minAdmins} it must keep (minAdmins), because ${emails(losing)} would lose that. Make somebody else an admin first, or override once with ${overrides.minAdmins}=1 in the environment.`,
    );
  }
  const required = new Set(requiredAdmins.map(foldAddress));
  const members = new Map(Object.entries(desired).map(([email, member]) => [foldAddress(email), member]));
  const missing = changes.filter(
    ({ email, person, takesAdmin }) =>
      takesAdmin && (required.has(foldAddress(email)) || required.has(foldAddress(person?.email ?? ""))),
  );
  const demoted = requiredAdmins.filter((email) => {
    const member = members.get(foldAddress(email));
    return member?.roles && !isAdmin(member.roles);
  });
  const lost = new Set([...missing.map(({ email }) => email), ...demoted]);
  if (lost.size > 0) {
    refusals.push(
      `${named([...lost])} must stay an admin (requiredAdmins). Give the role back in the program, or take the address out of requiredAdmins in a change of its own.`,
    );
  }
  const removals = changes.filter(({ removes }) => removes);
  const allowed = allowedRemovals(limitOf(guards), totals.active + removedBefore);
  if (removals.length > 0 && removals.length + removedBefore > allowed) {
    const already = removedBefore > 0 ? ` after ${counted(removedBefore)} in this run already` : "";
    refusals.push(
      `${counted(removals.length)} of ${counted(totals.active)} people would lose access to ${live.where}${already}, and a run may remove ${counted(allowed)} (maxRemovals): ${emails(removals)}. If all of them are meant to go, override once with ${overrides.maxRemovals}=1 in the environment, or raise maxRemovals.`,
    );
  }
  for (const { email, person } of changes.filter((change) => givesFound(change, isAdmin))) {
    if (!allowedDomains || !person || !isForeign(person.email, allowedDomains)) continue;
    const about = { where: live.where, declared: email };
    refusals.push(foreignerRefused(person.email, about, allowedDomains, overrides.allowedDomains));
  }
  return refusals;
}

/** Whether a change gives more to somebody who was there before, and whose address may be another one by now. */
function givesFound({ steps, person, member }: Change, isAdmin: Situation["isAdmin"]): boolean {
  if (!person || member?.status === "inactive") return false;
  return steps.some(
    (step) =>
      step.do === "reactivate" ||
      step.do === "join" ||
      (step.do === "roles" && givesMore(step.roles, person.roles, isAdmin)),
  );
}

/** A limit that says nothing is the standard one. */
export const limitOf = ({ maxRemovals }: RosterGuards): RemovalLimit =>
  maxRemovals?.people === undefined && maxRemovals?.fraction === undefined ? standardRemovals : maxRemovals;

const emails = (changes: readonly Change[]) => named(changes.map(({ email }) => email));
