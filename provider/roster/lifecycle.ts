/** The life of a roster: the same steps as any resource's, over many people at once. */
import { isNotFound } from "../../api/http/errors";
import {
  changed,
  type Context,
  type Created,
  type Diff,
  importMark,
  isImported,
  type Needs,
  PartialFailure,
  type PropertyChange,
  type Read,
} from "../lifecycle";
import { foundDomains, nobodyIsAdmin, Refusal } from "../lifecycle/guards";
import { endedOutside, isAdmin, noteKeeping } from "../people";
import { containsUnknown } from "../declare/unknown";
import type { Inputs, State } from "../declare/resource";
import { apply, type Outcome } from "./apply";
import { isManaged } from "./decide";
import { type GroupIds, readGroups } from "./current-groups";
import { type Live, peopleInGroups, readLive } from "./current-people";
import { type Plan, type Situation, type Totals, totalsOf } from "./change";
import { plan } from "./plan";
import { counted, named, oneLine, plural } from "../wording";
import { foldAddress } from "../declare/address";
import { type Member, optionNames, type Options, profileOf, type Roster, type RosterGuards } from "./roster";
import { peopleOnRecord, recordOfRefresh, recordOfRun } from "./record";
import {
  declarationOf,
  type Entries,
  entriesOf,
  folded,
  groupsNamed,
  optionsOf,
  type RosterState,
  saysTheSame,
} from "./state";
import { noteLines, shownNames, summary, unnamedLine } from "./summary";
import { isDeepStrictEqual } from "node:util";

/** `check` has found the inputs well formed; what is unknown yet never comes to these. */
const rosterOf = (inputs: Inputs) => inputs as unknown as Roster;
/** What an earlier run or refresh of ours recorded. */
const stateOf = (state: State) => state as unknown as RosterState;

export function diff(state: State, inputs: Inputs): Diff {
  const before = stateOf(state);
  const { organizationId, members } = rosterOf(inputs);
  const moved = organizationId !== before.organizationId;
  const changes =
    moved ||
    containsUnknown(members) ||
    (!isImported(state) && !isDeepStrictEqual(settled(before), settled(rosterOf(inputs)))) ||
    peopleDiffer(entriesOf(before), members);
  return { changes, replaces: moved ? ["organizationId"] : [], deleteBeforeReplace: false };
}

/** The same, person by person. */
export function details(state: State, inputs: Inputs): readonly PropertyChange[] {
  const before = stateOf(state);
  const { organizationId, members, ...options } = rosterOf(inputs);
  const moved = changed(["organizationId"], before.organizationId, organizationId);
  const [was, is] = [settled(before), settled(options)];
  return [
    ...(organizationId === before.organizationId ? [] : moved),
    ...(isImported(state) ? [] : optionNames)
      .filter((name) => !isDeepStrictEqual(was[name], is[name]))
      .flatMap((name) => changed([name], was[name], is[name])),
    ...(containsUnknown(members) ? [{ path: ["members"], kind: "update" as const }] : peopleChanged(before, members)),
  ];
}

function peopleChanged(before: RosterState, members: Roster["members"]): PropertyChange[] {
  const recorded = entriesOf(before);
  const named = folded(recorded);
  const kept = new Set(Object.keys(members).map(foldAddress));
  const declared = Object.entries(members).flatMap(([email, member]): PropertyChange[] => {
    const entry = named.get(foldAddress(email));
    const actual = entry && declarationOf(entry);
    if (actual && saysTheSame(member, actual)) return [];
    return [{ path: ["members", email], kind: actual ? "update" : "add" }];
  });
  const gone = [...recorded.keys()].filter((email) => !kept.has(foldAddress(email)));
  return [...declared, ...gone.map((email): PropertyChange => ({ path: ["members", email], kind: "delete" }))];
}

/** What was imported with the options that the program has declared since: its record has none before an update. */
export const withOptions = (state: State, declared: Inputs): State =>
  isImported(state) ? { ...optionsOf(rosterOf(declared)), ...state } : state;

/** The options, without the letter case of addresses, which means nothing. */
function settled(values: Options): Options {
  const { guards, ...rest } = optionsOf(values);
  const required = guards?.requiredAdmins?.map(foldAddress).sort();
  return { ...rest, ...(guards ? { guards: { ...guards, ...(required ? { requiredAdmins: required } : {}) } } : {}) };
}

function peopleDiffer(entries: Entries, members: Readonly<Record<string, Member>>): boolean {
  const names = Object.keys(members);
  const recorded = folded(entries);
  return (
    entries.size !== names.length ||
    names.some((email) => {
      const entry = recorded.get(foldAddress(email));
      const actual = entry && declarationOf(entry);
      return !actual || !saysTheSame(members[email] ?? {}, actual);
    })
  );
}

export function needs({ organizationId, members = {} }: Inputs): Needs {
  const declared = containsUnknown(members) ? {} : (members as Roster["members"]);
  return {
    ...(typeof organizationId === "string" && !containsUnknown(organizationId) ? { organization: organizationId } : {}),
    roles: Object.entries(declared).flatMap(([email, { roles = [] }]) =>
      roles.map((slug) => ({ property: `members[${JSON.stringify(email)}].roles`, slug })),
    ),
    groups: Object.entries(declared).flatMap(([email, { groups = [] }]) =>
      groups.map((name) => ({ property: `members[${JSON.stringify(email)}].groups`, name })),
    ),
  };
}

/** What a preview says of a change: planned with the record alone, since a diff asks nobody. */
export function announce(state: State, inputs: Inputs, context: Context): string[] {
  const roster = rosterOf(inputs);
  if (containsUnknown(roster.members)) return [];
  const before = stateOf(state);
  if (before.__people === undefined) {
    const newWhere = containsUnknown(roster.organizationId) ? "a new organization" : roster.organizationId;
    return [`New roster of ${newWhere}: ${sizeOf(roster, context)} Creating a roster removes nobody.`];
  }
  const planned = foreseen(before, roster, context);
  const where = before.organizationName;
  const { minAdmins = 0 } = guardsOf(roster, context);
  const lines = [
    ...summary(planned, { title: "Roster of", where }),
    ...leaderless(planned, totalsOnRecord(before, context), where, minAdmins, context),
  ];
  const others = outsideForeseen(before, roster, planned);
  if (lines.length === 0 && others.length === 0) return [];
  return [...(lines.length > 0 ? lines : [`Roster of ${where}: no change of anybody's access`]), ...others];
}

/** The same for a new roster, with the organization as it is now: who is there is taken over, and stays. */
export async function lookAhead(inputs: Inputs, context: Context): Promise<readonly string[]> {
  const roster = rosterOf(inputs);
  const { organizationId, members } = roster;
  if (containsUnknown(members) || containsUnknown(organizationId) || context.creates.made(organizationId)) {
    return announce({}, inputs, context);
  }
  const entries = new Map();
  const live = await look(roster, { entries }, context);
  const planned = plan({ ...situationOf(roster, entries, context), live });
  const title = `New roster of ${oneLine(live.where)} (${organizationId})`;
  const outside = outsideLines(roster, {
    names: planned.outside.filter(({ directoryManaged }) => !directoryManaged).map(({ email }) => email),
    count: planned.outside.filter(({ directoryManaged }) => !directoryManaged).length,
  });
  const sized = `${title}: ${sizeOf(roster, context)}`;
  if (planned.changes.length === 0 && planned.who.size === Object.keys(members).length) {
    const taken = `It takes over ${plural(planned.who.size, "person", "people")} and ${changesNothing}.`;
    const others = planned.notes.filter(({ reason }) => reason !== "adopted" && reason !== "ends");
    return [`${sized} ${taken}`, ...noteLines(others).map((line) => `  ${line}`), ...outside];
  }
  const [, ...lines] = summary(planned, { title, where: live.where });
  return [`${sized} Creating a roster removes nobody.`, ...lines, ...outside];
}

/** What a preview says of a new roster that only takes over; the comment on it looks for these words. */
export const changesNothing = "changes nothing";

/** People with access whom a roster does not name. */
interface Outside {
  readonly names: readonly string[];
  /** How many there are, where not all names are known. */
  readonly count: number;
}

/** As the last run or refresh has found them, less those whom the plan itself ends. */
function outsideOnRecord({ counts, extras, __outside }: RosterState, { changes }: Plan): Outside {
  const names = extras ?? (__outside === undefined || __outside === "" ? [] : __outside.split(" "));
  const leaving = new Set(changes.map(({ email }) => foldAddress(email)));
  const staying = names.filter((email) => !leaving.has(foldAddress(email)));
  const { outside = 0, directoryManaged = 0 } = counts;
  const all = extras?.length ?? Math.max(names.length, outside - directoryManaged);
  return { names: staying, count: all - (names.length - staying.length) };
}

/** What a plan for a roster on record says of people whom it does not name. */
export const outsideForeseen = (before: RosterState, roster: Roster, planned: Plan): string[] =>
  outsideLines(roster, outsideOnRecord(before, planned));

function outsideLines({ mode }: Options, { names, count }: Outside): string[] {
  if (count <= 0) return [];
  const shown = names.slice(0, shownNames);
  const who =
    shown.length === 0
      ? ""
      : `: ${shown.map(oneLine).join(", ")}${count > shown.length ? ` and ${counted(count - shown.length)} more` : ""}`;
  return mode === "authoritative"
    ? [
        `  will END the access of ${counted(count)} who are not in the roster${who}. They keep it for now; a refresh shows them in the plan, and the \`pulumi up\` after that takes it.`,
      ]
    : [`  leaves ${counted(count)} who are not in the roster as they are${who}`];
}

/** The counts are of the roles that made an admin then; who is on record is looked at by those that do now. */
function totalsOnRecord(
  { __people, counts, organizationName }: RosterState,
  { guards: { settings } }: Context,
): Totals {
  const { people } = peopleOnRecord(entriesOf({ __people }), organizationName);
  const { active, admins } = totalsOf(people, (roles) => isAdmin(roles, settings));
  return admins > 0 || counts.outside === 0 ? { active, admins } : counts;
}

/** A guard that guards nobody: a misspelt role in `adminRoles` would make of everybody somebody who may go. */
function leaderless(
  { changes }: Plan,
  { active, admins }: Totals,
  where: string,
  minAdmins: number,
  { guards: { settings } }: Context,
): string[] {
  const matters = minAdmins > 0 && active > 0 && changes.length > 0 && !changes.some(({ givesAdmin }) => givesAdmin);
  return matters && admins === 0 ? [nobodyIsAdmin(oneLine(where), "minAdmins", settings.adminRoles)] : [];
}

/** What an update would do, as far as the record tells. */
export function foreseen(before: RosterState, roster: Roster, context: Pick<Context, "guards">): Plan {
  const entries = entriesOf(before);
  const live = peopleOnRecord(entries, before.organizationName, before.__groups);
  return plan({ ...situationOf(roster, entries, context), live, totals: before.counts });
}

/** What removing a roster with `onDestroy: "remove"` would do, as far as the record tells. */
export function foreseenEnd(before: RosterState, context: Pick<Context, "guards">): Plan {
  const { roster, entries } = dissolved(before);
  const live = peopleOnRecord(entries, before.organizationName, before.__groups);
  return plan({ ...situationOf(roster, entries, context), live, totals: before.counts });
}

/** The roster that is left when everybody whom the program has declared is taken out. */
function dissolved(before: RosterState): { roster: Roster; entries: Entries } {
  const { organizationId } = before;
  return {
    roster: { ...optionsOf(before), organizationId, members: {}, mode: "additive" },
    entries: new Map([...entriesOf(before)].filter(([, { extra }]) => !extra)),
  };
}

function sizeOf({ members }: Roster, context: Context): string {
  const people = Object.values(members);
  const admins = people.filter(({ roles = [] }) => isAdmin(roles, context.guards.settings)).length;
  const invited = people.filter(({ via }) => via === "invitation").length;
  return `${plural(people.length, "person", "people")}, ${counted(admins)} of them admins, ${counted(invited)} by invitation.`;
}

export async function create(inputs: Inputs, context: Context): Promise<Created> {
  const roster = rosterOf(inputs);
  const { situation, plan: planned, outcome } = await bring(roster, { entries: new Map() }, context);
  const state = recordOfRun(situation, planned, outcome, roster);
  const lines = summary(done(planned, outcome), { title: "Applied to", where: state.organizationName });
  for (const line of [...lines, ...extrasLine(state)]) context.messages.say(line);
  const id = roster.organizationId;
  return { id, outs: recordFailures(id, state, outcome) };
}

export async function update(id: string, state: State, inputs: Inputs, context: Context): Promise<State> {
  const before = stateOf(state);
  const roster = rosterOf(inputs);
  const {
    situation,
    plan: planned,
    outcome,
  } = await bring(roster, { entries: entriesOf(before), groups: before.__groups }, context);
  const after = recordOfRun(situation, planned, outcome, roster);
  // A plan was announced from the record; this is what a look at the organization has made of it.
  const unseen = isDeepStrictEqual(after.extras, before.extras) ? [] : extrasLine(after);
  const title = "Applied to";
  for (const line of [...summary(done(planned, outcome), { title, where: after.organizationName }), ...unseen])
    context.messages.say(line);
  return recordFailures(id, after, outcome);
}

/** What has been carried out of a plan. */
const done = (planned: Plan, { failed }: Outcome): Plan => ({
  ...planned,
  changes: planned.changes.filter((change) => !failed.has(change)),
});

/** Plans with the organization as it is now, lets the guards look, and carries the plan out. */
function bring(roster: Roster, recorded: OnRecord, context: Context) {
  const { organizationId } = roster;
  return context.guards.changeMany(organizationId, async (removedBefore) => {
    const live = await look(roster, recorded, context);
    const situation = { ...situationOf(roster, recorded.entries, context), live, removedBefore };
    const planned = guarded(plan(situation));
    const { minAdmins = 0 } = situation.guards;
    const totals = totalsOf(live.people, situation.isAdmin);
    for (const line of leaderless(planned, totals, live.where, minAdmins, context)) context.messages.say(line);
    const { where, groups } = live;
    const outcome = await apply(planned, { context, organizationId, where, groups, minAdmins });
    const removed = planned.changes.filter((change) => change.removes && !outcome.failed.has(change));
    context.guards.countRemoved(organizationId, removed.length, totals.active);
    return { situation, plan: planned, outcome };
  });
}

/** What the last run or refresh has recorded of people and of their groups. */
interface OnRecord {
  readonly entries: Entries;
  readonly groups?: GroupIds;
}

function look(roster: Roster, { entries, groups }: OnRecord, { api }: Context): Promise<Live> {
  const byEmail = new Map(Object.entries(roster.members).map(([email, member]) => [foldAddress(email), member]));
  const managed = [...entries].filter(([, { created, profile }]) => created ?? profile).map(([, { userId }]) => userId);
  const users = new Set(managed);
  const names = groupsNamed(Object.values(roster.members), entries);
  const found = readGroups(api, roster.organizationId, names, groups);
  const people = readLive(api, roster.organizationId, (userId, email) => {
    const member = byEmail.get(foldAddress(email));
    return (
      users.has(userId) || (roster.manageProfiles === true && member !== undefined && profileOf(member) !== undefined)
    );
  });
  return peopleInGroups(people, found);
}

export function situationOf(
  roster: Roster,
  entries: Entries,
  context: Pick<Context, "guards">,
): Omit<Situation, "live"> {
  return {
    desired: roster.members,
    entries,
    mode: roster.mode ?? "additive",
    onRemove: roster.onRemove ?? "deactivate",
    manageProfiles: roster.manageProfiles ?? false,
    guards: guardsOf(roster, context),
    isAdmin: (roles) => isAdmin(roles, context.guards.settings),
    allowedDomains: foundDomains(context.guards.settings),
  };
}

/** The roster's own guards, else the stack's, less what this run may pass. */
function guardsOf({ guards = {} }: Options, { guards: { settings } }: Pick<Context, "guards">): RosterGuards {
  const open = { people: Infinity, fraction: 1 };
  return {
    ...(settings.overridden.has("minAdmins")
      ? {}
      : { minAdmins: guards.minAdmins ?? settings.minAdmins, requiredAdmins: guards.requiredAdmins }),
    maxRemovals: settings.overridden.has("maxRemovals") ? open : (guards.maxRemovals ?? settings.maxRemovals),
  };
}

function guarded(planned: Plan): Plan {
  if (planned.refusals.length > 0) {
    throw new Refusal(`Refused, and nothing was changed.\n${planned.refusals.join("\n")}`);
  }
  return planned;
}

function extrasLine({ mode, extras = [] }: RosterState): string[] {
  if (mode !== "authoritative" || extras.length === 0) return [];
  return [
    `${counted(extras.length)} with access are not in the roster and keep it for now: ${named(extras)}. A refresh shows them in the plan, and the \`pulumi up\` after that removes them.`,
  ];
}

/** What was done is recorded whatever failed: the next run does the rest and only the rest. */
function recordFailures(id: string, state: RosterState, outcome: Outcome): State {
  if (outcome.failed.size > 0) {
    throw new PartialFailure(id, { ...state }, new Error(failureText(outcome)));
  }
  return { ...state };
}

function failureText({ failed, progress }: Outcome): string {
  const shown = [...failed].slice(0, 8).map(([{ email }, { message }]) => `${email}: ${message.split("\n").join(" ")}`);
  const more =
    failed.size > shown.length ? [`and ${failed.size - shown.length} more, all of them in the output notApplied`] : [];
  const done = [...progress.keys()].filter((change) => !failed.has(change)).length;
  return [`${failed.size} of ${failed.size + done} changes of people failed:`, ...shown, ...more].join("\n  ");
}

export async function read(id: string, state: State, context: Context): Promise<Read> {
  const before = stateOf(state);
  const entries = entriesOf(before);
  const managed = new Set(
    [...entries]
      .filter(
        ([, entry]) => entry.profile && isManaged({ manageProfiles: before.manageProfiles ?? false }, entry, entry),
      )
      .map(([, { userId }]) => userId),
  );
  try {
    const { organizationId } = before;
    const live = await peopleInGroups(
      readLive(context.api, organizationId, (userId) => managed.has(userId)),
      readGroups(context.api, organizationId, groupsNamed([], entries), before.__groups),
    );
    const after = recordOfRefresh(before, entries, live, (roles) => isAdmin(roles, context.guards.settings));
    const where = oneLine(after.organizationName);
    const lines = [...lostOutside(entries, after), ...unnamedLine(entriesOf(after)).map((line) => `${where}: ${line}`)];
    for (const line of lines) context.messages.say(line);
    return { id, props: { ...after, ...(isImported(state) ? { [importMark]: true } : {}) }, inputs: inputsOf(after) };
  } catch (error) {
    // Without its organization there is no roster.
    if (isNotFound(error)) return { id: "" };
    throw error;
  }
}

/** Who had access after the last run and has none: another program may be at work on the same people. */
function lostOutside(entries: Entries, after: RosterState): string[] {
  const now = entriesOf(after);
  const had = [...entries].filter(([, { status, extra }]) => !extra && (status === "active" || status === "inactive"));
  const lost = had.filter(([email]) => now.get(email)?.status === "missing").map(([email]) => email);
  if (lost.length === 0) return [];
  const count = plural(lost.length, "person of the roster is", "people of the roster are");
  return [`${count} no longer in ${oneLine(after.organizationName)}: ${named(lost)}. ${endedOutside}`];
}

/** What the program would have to say to be satisfied with what there is. */
function inputsOf(state: RosterState): Inputs {
  const members: Record<string, Member> = {};
  for (const [email, entry] of entriesOf(state)) {
    const member = declarationOf(entry);
    if (member) members[email] = member;
  }
  return { organizationId: state.organizationId, members, ...optionsOf(state) };
}

export async function remove(_id: string, state: State, context: Context): Promise<void> {
  const before = stateOf(state);
  const { organizationName: where } = before;
  const { roster, entries } = dissolved(before);
  if (before.onDestroy !== "remove") {
    const { active, pending } = countHeld(entries);
    if (active > 0) noteKeeping(context, [before.organizationId], "whom the roster names");
    context.messages.say(
      `${plural(active, "person keeps", "people keep")} access to ${where}${pending > 0 ? ` and ${pending} ${pending === 1 ? "stays" : "stay"} invited` : ""}: the roster is retained. Set onDestroy: "remove" and run \`pulumi up\` before it is removed to end that.`,
    );
    return;
  }
  const ended = await bring(roster, { entries, groups: before.__groups }, context).catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
  if (!ended) return;
  const { plan: planned, outcome } = ended;
  for (const line of summary(done(planned, outcome), { title: "Removed from", where })) context.messages.say(line);
  if (outcome.failed.size > 0) {
    throw new Error(`${failureText(outcome)}\nRun again: what is done is found done.`);
  }
}

function countHeld(entries: Entries): { active: number; pending: number } {
  const statuses = [...folded(entries).values()].map(({ status }) => status);
  const count = (wanted: string) => statuses.filter((status) => status === wanted).length;
  return { active: count("active"), pending: count("pending") };
}
