/**
 * A plan in the words of access, for whoever reviews it: what is risky first, people by name as far as that stays
 * readable, and counts for the rest. A map of ten thousand people is no reading matter.
 */
import type { Change, Note, Plan, Reason } from "./change";
import { effects } from "./effects";
import type { Entries } from "./state";
import { counted, named, oneLine, plural } from "../wording";

const noted: Record<Reason, (count: string, names: string) => string> = {
  adopted: (count, names) => `takes over ${count} who had access already: ${names}`,
  directory: (count, names) => `leaves ${count} to the directory sync that manages them: ${names}`,
  stale: (count, names) => `invites ${count} no more, since three mails were not answered: ${names}`,
  waiting: (count, names) => `suspends ${count} only once they have accepted their invitation: ${names}`,
  renamed: (count, names) => `has ${count} under a former address: ${names}`,
  profile: (count, names) =>
    `leaves the profile of ${count} alone, who were users before (manageProfiles: true sets it): ${names}`,
  "joins later": (count, names) => `puts ${count} into groups only once they have accepted their invitation: ${names}`,
  ends: (count, names) => `sets when the access of ${count} ends: ${names}`,
  extra: (count, names) => `finds ${count} with access who are not in the roster: ${names}`,
};

export const shownNames = 8;

/**
 * What the next run takes from people whom this program has never named: another program may manage them, and would give
 * it back.
 */
export function unnamedLine(entries: Entries): string[] {
  const unnamed = [...entries].filter(([, { extra }]) => extra).map(([email]) => email);
  if (unnamed.length === 0) return [];
  const are = unnamed.length === 1 ? "is" : "are";
  return [
    `${plural(unnamed.length, "person has", "people have")} access and ${are} not in this authoritative roster, whose next \`pulumi up\` ends that: ${named(unnamed, shownNames)}. Where another program gives it to them (a membership, a roster of another stack), that one gives it back and the two take turns: name them here, or leave the organization to one of the two.`,
  ];
}

export interface SummaryOptions {
  /** Whom the lines are about: the organization. */
  readonly where: string;
  /** What the first line says before the counts: `Plan for`, say. */
  readonly title: string;
}

/** Nothing where there is nothing to say. */
export function summary(
  { changes, notes, unchanged, refusals }: Pick<Plan, "changes" | "notes" | "unchanged" | "refusals">,
  { where, title }: SummaryOptions,
): string[] {
  const lines = [
    ...refusals.map((reason) => `will be REFUSED: ${reason}`),
    ...changeLines(changes),
    ...groupLines(changes),
    ...noteLines(notes),
  ];
  if (lines.length === 0) return [];
  const count = plural(changes.length, "change");
  return [`${title} ${where}: ${count}, ${counted(unchanged)} unchanged`, ...lines.map((line) => `  ${line}`)];
}

function changeLines(changes: readonly Change[]): string[] {
  return effects.flatMap(({ effect, says }) => {
    // Group by group, below.
    if (effect === "joins groups" || effect === "leaves groups") return [];
    const names = changes.filter((change) => change.effect === effect).map(detailed);
    return names.length > 0 ? [says(counted(names.length), named(names, shownNames))] : [];
  });
}

/** So many groups are named, and for each the first people. */
const shownGroups = 10;

/** Who comes into which group, and who leaves one: access, whatever else changes for the same people. */
function groupLines(changes: readonly Change[]): string[] {
  return (["leave", "join"] as const).flatMap((way) => {
    const groups = new Map<string, string[]>();
    for (const { email, steps } of changes) {
      for (const step of steps) {
        if (step.do === way) groups.set(step.group, [...(groups.get(step.group) ?? []), email]);
      }
    }
    const lines = [...groups].slice(0, shownGroups).map(([group, people]) => {
      const who = named(people, shownNames);
      const count = counted(people.length);
      return way === "join"
        ? `puts ${count} into the group ${oneLine(group)}: ${who}`
        : `takes ${count} out of the group ${oneLine(group)}: ${who}`;
    });
    const more = groups.size - lines.length;
    const what = way === "join" ? "puts people into" : "takes people out of";
    return more > 0 ? [...lines, `${what} ${plural(more, "more group")}`] : lines;
  });
}

export function noteLines(notes: readonly Note[]): string[] {
  return (Object.keys(noted) as Reason[]).flatMap((reason) => {
    const names = notes
      .filter((note) => note.reason === reason)
      .map(({ email, now }) => (now ? `${email} (${now})` : email));
    return names.length > 0 ? [noted[reason](counted(names.length), named(names, shownNames))] : [];
  });
}

/** Roles are what a reviewer wants to see of a change of roles, whatever else the change does. */
function detailed({ email, effect, member, person, steps }: Change): string {
  const roles = member?.roles?.join(" and ");
  const changes = steps.some((step) => step.do === "roles" || (step.do === "invite" && step.revoke !== undefined));
  if (!roles || (!changes && !["demotes", "grants admin"].includes(effect))) return email;
  const before = person?.roles.join(" and ");
  return before ? `${email} (${before} to ${roles})` : `${email} (${roles})`;
}
