/**
 * What the guards will say to changes of single resources. They count in AuthKit when the run comes to a change, and a
 * preview asks nobody: what can be told is what the stack itself knows, and how sure that is.
 */
import { overrides } from "../../provider/lifecycle/guards";
import { isAdmin } from "../../provider/people";
import { allowedRemovals } from "../../provider/removals";
import { isRetained } from "../../provider/declare/fields";
import { named, plural } from "../../provider/wording";
import type { Counts } from "../../provider/roster/state";
import { declaredOf, kindOf, nameOf, type PreviewStep, recordedOf, textOf, textsOf, type Values } from "./preview";
import { opOf, type Scene } from "./resources";

export interface Expected {
  /** Otherwise it depends on people of whom this stack does not know. */
  readonly certain: boolean;
  readonly reason: string;
}

/** What the stack knows of the people of one organization, and what becomes of them. */
interface Tally {
  where: string;
  /** Active ones before the run. */
  active: number;
  /** Active admins after it. */
  admins: number;
  readonly removed: string[];
  readonly noLongerAdmins: string[];
  /** Of the whole organization, where a roster has counted it. */
  counts?: Counts;
  gained: number;
}

export function expectedRefusals(steps: readonly PreviewStep[], scene: Scene): Expected[] {
  const tallies = tally(steps, scene);
  return [...tallies.values()]
    .flatMap((one) => [...adminsGone(one, scene), ...tooMany(one, scene)])
    .concat(steps.flatMap((step) => unforced(step, tallies, scene)));
}

function tally(steps: readonly PreviewStep[], { directory, settings }: Scene): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  const of = (id: string, where: string) => {
    const known = tallies.get(id) ?? { where, active: 0, admins: 0, removed: [], noLongerAdmins: [], gained: 0 };
    tallies.set(id, known);
    return known;
  };
  for (const step of steps) {
    const old = recordedOf(step);
    const state = step.oldState ?? step.newState;
    const id = textOf(old.organizationId) ?? textOf(declaredOf(step).organizationId);
    if (id === undefined) continue;
    const where = directory.organization(state) ?? id;
    if (kindOf(step) === "OrganizationRoster" && old.counts) of(id, where).counts = old.counts as Counts;
    if (kindOf(step) !== "OrganizationMembership") continue;
    const one = of(id, where);
    const who = directory.email(state) ?? nameOf(step);
    const was = old.status === "active";
    const wasAdmin = was && isAdmin(rolesOf(old), settings);
    const { active, admin } = after(step, wasAdmin, was, (roles) => isAdmin(roles, settings));
    if (was) one.active++;
    if (admin) one.admins++;
    if (was && !active) one.removed.push(who);
    if (wasAdmin && !admin) one.noLongerAdmins.push(who);
    if (admin && !wasAdmin) one.gained++;
  }
  return tallies;
}

const rolesOf = ({ roleSlug, roleSlugs }: Values) => [...textsOf(roleSlugs), ...textsOf([roleSlug])];

function after(step: PreviewStep, wasAdmin: boolean, was: boolean, admin: (roles: string[]) => boolean) {
  const op = opOf(step);
  const said = declaredOf(step);
  if (op === undefined) return { active: was, admin: wasAdmin };
  if (op === "delete" || op === "replace") {
    const kept = op === "delete" && recordedOf(step).onDestroy === "retain";
    return { active: kept && was, admin: kept && wasAdmin };
  }
  const active =
    op === "create" ? said.status !== "inactive" : said.status === undefined ? was : said.status === "active";
  const roles = rolesOf(said);
  return { active, admin: active && (roles.length > 0 ? admin(roles) : wasAdmin) };
}

function adminsGone({ where, admins, noLongerAdmins, gained, counts }: Tally, { settings }: Scene): Expected[] {
  const { minAdmins, overridden } = settings;
  const left = counts ? counts.admins - noLongerAdmins.length + gained : admins;
  if (noLongerAdmins.length === 0 || left >= minAdmins || overridden.has("minAdmins")) return [];
  const known = counts ? "" : " that this stack knows of";
  return [
    {
      certain: counts !== undefined,
      reason: `${where} would be left with ${plural(left, "active admin")}${known}, and must keep ${minAdmins} (workos:minAdmins): ${named(noLongerAdmins)} would be none any more. Make somebody else an admin first, or override once with ${overrides.minAdmins}=1 in the environment of the run.`,
    },
  ];
}

function tooMany({ where, active, removed, counts }: Tally, { settings }: Scene): Expected[] {
  const { maxRemovals, overridden } = settings;
  if (!maxRemovals || overridden.has("maxRemovals")) return [];
  const allowed = allowedRemovals(maxRemovals, counts?.active ?? active);
  if (removed.length <= allowed) return [];
  return [
    {
      certain: maxRemovals.fraction === undefined || counts !== undefined,
      reason: `${plural(removed.length, "person", "people")} would lose access to ${where}, and a run may remove ${allowed} (workos:maxRemovals): ${named(removed)}. If all of them are meant to go, override once with ${overrides.maxRemovals}=1 in the environment of the run.`,
    },
  ];
}

function unforced(step: PreviewStep, tallies: ReadonlyMap<string, Tally>, { settings }: Scene): Expected[] {
  const old = recordedOf(step);
  const ends = kindOf(step) === "Organization" && opOf(step) === "delete" && !isRetained(old);
  if (!ends || !settings.requireForceDestroy || old.forceDestroy === true || settings.overridden.has("forceDestroy")) {
    return [];
  }
  const known = tallies.get(step.oldState?.id ?? "");
  const left = known ? (known.counts?.active ?? known.active) - known.removed.length : 0;
  const where = textOf(old.name) ?? "The organization";
  return [
    {
      certain: left > 0,
      reason: `${where} would be deleted with whoever is still in it (workos:requireForceDestroy). Remove them first, set forceDestroy: true and run \`pulumi up\`, or override once with ${overrides.forceDestroy}=1 in the environment of the run.`,
    },
  ];
}
