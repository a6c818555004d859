/** What a change of a roster means, planned as the provider itself plans it. */
import { Guards } from "../../provider/lifecycle";
import { containsUnknown } from "../../provider/declare/unknown";
import { foldAddress } from "../../provider/declare/address";
import { changesNothing, foreseen, foreseenEnd, outsideForeseen } from "../../provider/roster/lifecycle";
import type { Plan } from "../../provider/roster/change";
import type { Roster } from "../../provider/roster/roster";
import { entriesOf, folded, type RosterState } from "../../provider/roster/state";
import { noteLines, unnamedLine } from "../../provider/roster/summary";
import { named, plural } from "../../provider/wording";
import type { Item } from "./item";
import { declaredOf, hidesPeople, nameOf, opOf, type PreviewStep, recordedOf } from "./preview";
import type { Scene } from "./resources";

export interface RosterPart {
  readonly items: readonly Item[];
  /** Why guards will refuse it. */
  readonly refusals: readonly string[];
  /** What is left as it is although the program says otherwise, or is worth knowing. */
  readonly notes: readonly string[];
  readonly unchanged: number;
}

/** @param said what the provider has said in the preview, which has asked for more than the plan tells. */
export function rosterPart(step: PreviewStep, scene: Scene, said: readonly string[] = []): RosterPart {
  const op = opOf(step);
  const name = nameOf(step);
  // A new roster starts from nothing, and removes nobody.
  const nobody = { organizationName: name, __people: {}, counts: { active: 0, admins: 0 } };
  if (hidesPeople(step)) {
    const detail = "who is in the roster is a secret; the run says how many gain and lose access";
    return { items: op === undefined ? [] : [other(name, name, detail)], refusals: [], notes: [], unchanged: 0 };
  }
  const before = { ...nobody, ...step.oldState?.outputs } as unknown as RosterState;
  if (op === undefined) return { items: [], refusals: [], notes: [], unchanged: Object.keys(before.__people).length };
  const context = { guards: new Guards(scene.settings) };
  const where = scene.directory.organization(step.newState ?? step.oldState) ?? before.organizationName;
  const parts: RosterPart[] = [];
  if (op === "delete" || op === "replace") {
    const kept = recordedOf(step).onDestroy !== "remove";
    const detail = `the roster is ${op === "replace" ? "replaced" : "no longer managed"}, and everybody keeps their access`;
    if (kept)
      parts.push({ items: [other(name, before.organizationName, detail)], refusals: [], notes: [], unchanged: 0 });
    else parts.push(partOf(foreseenEnd(before, context), before, before.organizationName, name));
  }
  if (op !== "delete") {
    const roster = declaredOf(step) as unknown as Roster;
    if (containsUnknown(roster.members)) {
      const detail = "who is in the roster is not known before the run";
      parts.push({ items: [other(name, where, detail)], refusals: [], notes: [], unchanged: 0 });
    } else {
      const olds = op === "update" ? before : { ...(nobody as unknown as RosterState), organizationName: where };
      const planned = foreseen(olds, roster, context);
      const ending = new Set(planned.changes.filter(({ member }) => !member).map(({ email }) => email));
      const unnamed = unnamedLine(new Map([...entriesOf(olds)].filter(([email]) => ending.has(email))));
      const part = partOf(planned, olds, where, name);
      const outside = op === "update" ? outsideForeseen(before, roster, planned).map((line) => line.trim()) : [];
      const notes = [...part.notes, ...[...unnamed, ...outside].map((line) => `${where}: ${line}`)];
      const silent = op === "update" && part.items.length === 0;
      const taken = op === "update" ? undefined : said.find((line) => takesOverOnly(line, roster));
      if (taken !== undefined) {
        const people = Object.keys(roster.members).length;
        const note = `${where}: ${name} takes over ${plural(people, "person", "people")} as they are; nobody's access changes`;
        parts.push({ items: [], refusals: [], notes: [note], unchanged: people });
      } else if (silent) parts.push({ ...part, notes, items: [other(name, where, "settings of the roster")] });
      else if (op === "update") parts.push({ ...part, notes });
      else {
        // In an organization that the same run creates there is nobody yet.
        const takesOver = typeof roster.organizationId === "string" && !containsUnknown(roster.organizationId);
        const stays = `${where}: whoever of the roster has access already is taken over; a new roster removes nobody`;
        parts.push({ ...part, notes: takesOver ? [...notes, stays] : notes });
      }
    }
  }
  return {
    items: parts.flatMap(({ items }) => items),
    refusals: parts.flatMap(({ refusals }) => refusals),
    notes: parts.flatMap(({ notes }) => notes),
    unchanged: parts.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}

const takesOverOnly = (line: string, { organizationId }: Roster): boolean =>
  line.startsWith("New roster of ") && line.includes(` (${organizationId}): `) && line.endsWith(` ${changesNothing}.`);

const other = (who: string, where: string, detail: string): Item => ({ effect: "other", who, where, detail });

/** `joins support, sales; leaves billing`, of the groups of one person. */
function groupsText(steps: Plan["changes"][number]["steps"]): string | undefined {
  const names = (way: "join" | "leave") => steps.flatMap((step) => (step.do === way ? step.group : []));
  const parts = [
    ["joins", names("join")],
    ["leaves", names("leave")],
  ] as const;
  const said = parts.flatMap(([verb, groups]) => (groups.length > 0 ? `${verb} ${named(groups, 10)}` : []));
  return said.length > 0 ? said.join("; ") : undefined;
}

/** @param before what is recorded. */
function partOf(
  { changes, refusals, notes, unchanged }: Plan,
  before: RosterState,
  where: string,
  name: string,
): RosterPart {
  const listed = new Set(changes.map(({ email }) => email));
  const ended = folded(entriesOf(before));
  const ends = notes.filter(({ reason, email }) => reason === "ends" && !listed.has(email));
  return {
    items: [
      ...changes.map(({ email, effect, member, person, steps }) => {
        const detail = groupsText(steps);
        const roles = member?.roles && { before: person?.roles ?? [], after: member.roles };
        const id = person?.membershipId ?? person?.invitationId;
        return { effect, who: email, where, roles, until: member?.expiresAt, detail, id };
      }),
      ...ends.map(({ email, now = "never" }) => ({
        effect: "end" as const,
        who: email,
        where,
        detail: `${now} instead of ${ended.get(foldAddress(email))?.expiresAt ?? "never"}`,
      })),
    ],
    refusals: refusals.map((reason) => `${name}: ${reason}`),
    notes: noteLines(notes.filter(({ reason }) => reason !== "adopted" && reason !== "ends")).map(
      (line) => `${where}: ${line}`,
    ),
    unchanged,
  };
}
