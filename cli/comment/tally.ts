/** What the previewed stack knows of the people of each organization, and what becomes of them. */
import type { GuardSettings } from "../../provider/context";
import { isAdmin } from "../../provider/people";
import { sameAddress } from "../../provider/declare/address";
import { containsUnknown } from "../../provider/declare/unknown";
import type { Member } from "../../provider/roster/roster";
import { type Counts, entriesOf } from "../../provider/roster/state";
import { headcount } from "../../provider/wording";
import {
  declaredOf,
  type Directory,
  hidesPeople,
  kindOf,
  nameOf,
  opOf,
  type PreviewStep,
  recordedOf,
  textOf,
  textsOf,
  type Values,
} from "./preview";

export interface Tally {
  where: string;
  /** Active ones before the run. */
  active: number;
  /** Active admins before it. */
  adminsBefore: number;
  /** Active admins after it. */
  admins: number;
  readonly removed: string[];
  readonly noLongerAdmins: string[];
  /** Of the whole organization, where a roster has counted it. */
  counts?: Counts;
  gained: number;
  /** Who has a role after the run, by its slug. */
  readonly holders: Map<string, string[]>;
}

export type Tallies = ReadonlyMap<string, Tally>;

export function tallyOf(
  steps: readonly PreviewStep[],
  { directory, settings }: { readonly directory: Directory; readonly settings: GuardSettings },
): Tallies {
  const tallies = new Map<string, Tally>();
  const of = (id: string, where: string) => {
    const none = { active: 0, adminsBefore: 0, admins: 0, removed: [], noLongerAdmins: [], gained: 0 };
    const known = tallies.get(id) ?? { where, ...none, holders: new Map<string, string[]>() };
    tallies.set(id, known);
    return known;
  };
  for (const step of steps) {
    const old = recordedOf(step);
    const state = step.oldState ?? step.newState;
    const id = textOf(old.organizationId) ?? textOf(declaredOf(step).organizationId);
    if (id === undefined) continue;
    const where = directory.organization(state) ?? id;
    if (kindOf(step) === "OrganizationRoster") {
      if (old.counts) of(id, where).counts = old.counts as Counts;
      for (const [who, roles] of rosterRoles(step)) hold(of(id, where), who, roles);
    }
    if (kindOf(step) !== "OrganizationMembership") continue;
    const one = of(id, where);
    const who = directory.email(state) ?? nameOf(step);
    const was = old.status === "active";
    const wasAdmin = was && isAdmin(rolesOf(old), settings);
    const { active, admin, roles } = after(step, wasAdmin, was, (some) => isAdmin(some, settings));
    if (was) one.active++;
    if (wasAdmin) one.adminsBefore++;
    if (admin) one.admins++;
    if (was && !active) one.removed.push(who);
    if (wasAdmin && !admin) one.noLongerAdmins.push(who);
    if (admin && !wasAdmin) one.gained++;
    hold(one, who, roles);
  }
  return tallies;
}

/** `41 people lose access, 3 of them admins`, as far as the stack knows; nothing where it knows of nobody. */
export function losers({ counts, active, adminsBefore }: Tally): string | undefined {
  const [people, admins] = counts ? [counts.active, counts.admins] : [active, adminsBefore];
  if (people === 0) return undefined;
  const [count, ...rest] = headcount(people, admins).split(", ");
  const known = counts ? "" : ", as far as this stack knows";
  return `${[`${count} ${people === 1 ? "loses" : "lose"} access`, ...rest].join(", ")}${known}`;
}

/** Where somebody still has roles after the run, and which. */
export function heldBy(email: string, tallies: Tallies): { where: string; roles: string[] }[] {
  return [...tallies.values()].flatMap(({ where, holders }) => {
    const roles = [...holders].filter(([, who]) => who.some((one) => sameAddress(one, email))).map(([role]) => role);
    return roles.length > 0 ? [{ where, roles }] : [];
  });
}

/** How many people have the role after the run, of those whom the stack knows: in one organization, or in any. */
export function heldByHowMany(role: string, organizationId: string | undefined, tallies: Tallies): number {
  const places = organizationId === undefined ? [...tallies.values()] : [tallies.get(organizationId)];
  return new Set(places.flatMap((place) => place?.holders.get(role) ?? [])).size;
}

const hold = ({ holders }: Tally, who: string, roles: readonly string[]) => {
  for (const role of roles) holders.set(role, [...(holders.get(role) ?? []), who]);
};

/** Who is in a roster after the run, with their roles. */
function rosterRoles(step: PreviewStep): [string, readonly string[]][] {
  if (opOf(step) === "delete" || hidesPeople(step)) return [];
  const recorded = entriesOf(recordedOf(step));
  const { members } = declaredOf(step);
  if (typeof members !== "object" || members === null || containsUnknown(members)) {
    return [...recorded].map(([email, { roles }]) => [email, roles]);
  }
  return Object.entries(members as Readonly<Record<string, Member>>).map(([email, { roles }]) => [
    email,
    roles ?? recorded.get(email)?.roles ?? [],
  ]);
}

const rolesOf = ({ roleSlug, roleSlugs }: Values) => [...new Set([...textsOf(roleSlugs), ...textsOf([roleSlug])])];

function after(step: PreviewStep, wasAdmin: boolean, was: boolean, admin: (roles: string[]) => boolean) {
  const op = opOf(step);
  const said = declaredOf(step);
  const before = rolesOf(recordedOf(step));
  if (op === undefined) return { active: was, admin: wasAdmin, roles: before };
  if (op === "delete" || op === "replace") {
    // A suspension keeps the roles as well.
    const holds = op === "delete" && ["retain", "deactivate"].includes(String(recordedOf(step).onDestroy));
    const kept = op === "delete" && recordedOf(step).onDestroy === "retain";
    return {
      active: kept && was,
      admin: kept && wasAdmin,
      roles: holds ? before : op === "replace" ? rolesOf(said) : [],
    };
  }
  const active =
    op === "create" ? said.status !== "inactive" : said.status === undefined ? was : said.status === "active";
  const roles = rolesOf(said);
  return {
    active,
    admin: active && (roles.length > 0 ? admin(roles) : wasAdmin),
    roles: roles.length > 0 ? roles : before,
  };
}
