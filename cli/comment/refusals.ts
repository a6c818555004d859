/**
 * What the guards will say to changes of single resources. They count in AuthKit when the run comes to a change, and a
 * preview asks nobody: what can be told is what the stack itself knows, and how sure that is.
 */
import { overrides } from "../../provider/lifecycle/guards";
import { allowedRemovals } from "../../provider/removals";
import { isRetained } from "../../provider/declare/fields";
import { named, plural } from "../../provider/wording";
import { reachSaid } from "../../provider/reach";
import { kindOf, nameOf, opOf, type PreviewStep, recordedOf, textOf } from "./preview";
import type { Scene } from "./resources";
import { losers, type Tally } from "./tally";

export interface Expected {
  /** Otherwise it depends on people of whom this stack does not know. */
  readonly certain: boolean;
  readonly reason: string;
}

export function expectedRefusals(steps: readonly PreviewStep[], scene: Scene): Expected[] {
  return [...scene.tallies.values()]
    .flatMap((one) => [...adminsGone(one, scene), ...tooMany(one, scene)])
    .concat(
      steps.flatMap((step) => [
        ...unforced(step, scene),
        ...allAtOnce(step, scene),
        ...stillHeld(step, scene),
        ...system(step),
        ...rightsTaken(step, scene),
      ]),
    );
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

function unforced(step: PreviewStep, { settings, tallies }: Scene): Expected[] {
  const old = recordedOf(step);
  if (
    !endsOrganization(step) ||
    !settings.requireForceDestroy ||
    old.forceDestroy === true ||
    settings.overridden.has("forceDestroy")
  ) {
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

const endsOrganization = (step: PreviewStep) =>
  kindOf(step) === "Organization" && opOf(step) === "delete" && !isRetained(recordedOf(step));

/** An organization that goes takes everybody along. */
function allAtOnce(step: PreviewStep, { settings: { maxRemovals, overridden }, tallies }: Scene): Expected[] {
  const old = recordedOf(step);
  const known = tallies.get(step.oldState?.id ?? "");
  const spared = old.forceDestroy === true || overridden.has("maxRemovals");
  if (!endsOrganization(step) || !maxRemovals || spared || !known) return [];
  const people = known.counts?.active ?? known.active;
  const allowed = allowedRemovals(maxRemovals, people);
  if (people <= allowed) return [];
  return [
    {
      certain: maxRemovals.fraction === undefined || known.counts !== undefined,
      reason: `${textOf(old.name) ?? known.where} would be deleted: ${losers(known) ?? ""}, and a run may remove ${allowed} (workos:maxRemovals). If all of them are meant to go, set forceDestroy: true and run \`pulumi up\` before, or override once with ${overrides.maxRemovals}=1 in the environment of the run.`,
    },
  ];
}

/** The vendor deletes no role that somebody has. */
function stillHeld(step: PreviewStep, { tallies }: Scene): Expected[] {
  const old = recordedOf(step);
  if (kindOf(step) !== "OrganizationRole" || opOf(step) !== "delete" || isRetained(old)) return [];
  const known = tallies.get(textOf(old.organizationId) ?? "");
  const [role = "", who = []] = [textOf(old.slug), known?.holders.get(textOf(old.slug) ?? "")];
  if (!known || who.length === 0) return [];
  return [
    {
      certain: true,
      reason: `The role ${role} of ${known.where} would be deleted, and ${plural(who.length, "person has", "people have")} it after this run as well: ${named(who)}. Give them another role first, or keep it with onDestroy: "retain".`,
    },
  ];
}

/** From how many people a change takes rights, as the provider has counted them: of several organizations only in all. */
function rightsTaken(step: PreviewStep, { settings: { maxRemovals, overridden }, said }: Scene): Expected[] {
  const old = recordedOf(step);
  if (opOf(step) !== "update" || maxRemovals?.people === undefined || overridden.has("maxRemovals")) return [];
  const [role, groupId] = [textOf(old.slug), textOf(old.groupId)];
  const who = {
    EnvironmentRole: role === undefined ? undefined : { role },
    OrganizationRole: role === undefined ? undefined : { role, organizationId: textOf(old.organizationId) },
    GroupRoleAssignments: groupId === undefined ? undefined : { groupId },
  }[kindOf(step) ?? ""];
  const taking = said.filter((line) => line.includes("TAKES "));
  const count = who && reachSaid(taking, who);
  const people = Number(/^(?:at least )?([\d,]+) p/.exec(count ?? "")?.[1]?.replaceAll(",", "") ?? 0);
  if (people <= maxRemovals.people) return [];
  return [
    {
      certain: false,
      reason: `${role ?? nameOf(step)}: rights would be taken from ${count ?? ""}, and a run may take access from ${maxRemovals.people} of one organization (workos:maxRemovals). If that is meant, override once with ${overrides.maxRemovals}=1 in the environment of the run.`,
    },
  ];
}

/** WorkOS's own permissions stay. */
function system(step: PreviewStep): Expected[] {
  const old = recordedOf(step);
  const ends = opOf(step) === "delete" || opOf(step) === "replace";
  if (kindOf(step) !== "Permission" || !ends || isRetained(old) || old.system !== true) return [];
  const reason = `The permission ${textOf(old.slug) ?? ""} is one of WorkOS's own and cannot be deleted: set onDestroy: "retain" and run \`pulumi up\` before it is removed.`;
  return [{ certain: true, reason }];
}
