/** From what the vendor has, after a run or at a refresh, to what is recorded. */
import type { Outcome } from "./apply";
import { isManaged } from "./decide";
import { type GroupIds, Groups } from "./current-groups";
import { Live, type Person } from "./current-people";
import { canJoin } from "./group-steps";
import { hasAccess, type Plan, type Situation, totalsOf } from "./change";
import { foldAddress } from "../declare/address";
import { sameRoles } from "../people";
import { type Member, type Options, type Profile, profileFields, profileOf } from "./roster";
import { shownNames } from "./summary";
import {
  type Counts,
  encodeAll,
  type Entries,
  type Entry,
  folded,
  groupsNamed,
  optionsOf,
  present,
  type RosterState,
} from "./state";

/** What else is known of somebody who is recorded. */
interface Known {
  /** The roster sets their profile. */
  readonly managed: boolean;
  readonly created: boolean;
  readonly groups: Groups;
  /** Groups that were recorded of them. */
  readonly before?: readonly string[];
}

/** What is recorded of somebody declared, as the vendor has them. */
function entryOf(email: string, member: Member, person: Person, { managed, created, groups, before }: Known): Entry {
  const { status, userId, membershipId, invitationId, roles, directoryManaged } = person;
  const declared = profileOf(member);
  // What a directory decides on, and what nobody has answered, is no difference: no run could put it right.
  const settled = directoryManaged === true || status === "stale";
  const held = member.roles !== undefined && (settled || sameRoles(member.roles, roles));
  const invited = status === "pending" && invitationId !== undefined;
  const onlyFirst = invited && membershipId === undefined && member.roles?.[0] === roles[0];
  return present({
    status,
    // An open invitation is an address's; whose user it will be shows when it is accepted.
    userId: invited ? undefined : userId,
    accessId: invited ? invitationId : membershipId,
    roles: (held || onlyFirst ? member.roles : undefined) ?? roles,
    rolesDeclared: member.roles === undefined ? undefined : true,
    statusDeclared: member.status,
    via: member.via,
    expiresAt: member.expiresAt,
    profile: declared && managed && person.profile ? only(declared, person.profile) : declared,
    created: created ? true : undefined,
    directoryManaged: directoryManaged ? true : undefined,
    now: foldAddress(person.email) === foldAddress(email) ? undefined : person.email,
    groups: groupsHeld(member, person, settled, { known: groups, before }),
  }) as Entry;
}

/**
 * Of the declared groups those that they are in; all while they cannot be in any, which is no difference. What was
 * declared before is kept as long as they are in it: a run that failed has not taken them out.
 */
function groupsHeld(
  { groups = [] }: Member,
  person: Person,
  settled: boolean,
  { known, before = [] }: { known: Groups; before?: readonly string[] },
): string[] | undefined {
  if (settled || !canJoin(person)) return groups.length > 0 ? [...groups] : undefined;
  const held = new Set(person.groups);
  const declared = new Set(groups.map((name) => known.find(name)?.id));
  const is = (name: string, which: (id: string) => boolean) => {
    const id = known.find(name)?.id;
    return id !== undefined && held.has(id) && which(id);
  };
  const those = [
    ...groups.filter((name) => is(name, () => true)),
    ...before.filter((name) => is(name, (id) => !declared.has(id))),
  ];
  return those.length > 0 ? those : undefined;
}

/** The actual values of the fields that are declared. */
function only(declared: Profile, actual: Profile): Profile | undefined {
  const fields = profileFields.filter((field) => declared[field] !== undefined && actual[field] !== undefined);
  return fields.length > 0 ? Object.fromEntries(fields.map((field) => [field, actual[field]])) : undefined;
}

/** Somebody as a run leaves them: what is recorded of them, and what they have. */
interface Left {
  readonly entry?: Entry;
  readonly person?: Person;
}

const keyOf = ({ userId, email }: Person) => userId ?? email;

/** Whom the program names, by the address that it gives. */
function declaredAfter(
  { desired, entries, manageProfiles, live: { groups } }: Situation,
  { changes, who }: Plan,
  { progress }: Outcome,
): ReadonlyMap<string, Left> {
  const before = folded(entries);
  const changeOf = new Map(changes.map((change) => [change.email, change]));
  const leave = ([email, member]: readonly [string, Member]): Left => {
    const change = changeOf.get(email);
    const done = change && progress.get(change);
    const person = done ? done.person : who.get(email);
    const userId = person?.userId ?? done?.userId;
    const previous = before.get(foldAddress(email));
    const created = done?.created ?? (previous?.created === true && previous.userId === userId);
    if (person) {
      const managed = isManaged({ manageProfiles }, { status: "missing", roles: [], created, userId }, person);
      return { person, entry: entryOf(email, member, person, { managed, created, groups, before: previous?.groups }) };
    }
    // A user was made and nothing else: the next run finds them again.
    return created && userId !== undefined ? { entry: { status: "missing", userId, roles: [], created } } : {};
  };
  return new Map(Object.entries(desired).map((one) => [one[0], leave(one)]));
}

/** Who had to go, by who they are. */
function removedAfter(entries: Entries, { changes }: Plan, { progress, failed }: Outcome): ReadonlyMap<string, Left> {
  const left = new Map<string, Left>();
  for (const change of changes) {
    const { email, member, person } = change;
    if (member || !person) continue;
    const suspended = progress.get(change)?.person?.status === "inactive";
    if (failed.has(change)) left.set(keyOf(person), { entry: entries.get(email), person });
    else left.set(keyOf(person), suspended ? { person: { ...person, status: "inactive" } } : {});
  }
  return left;
}

/** What a run leaves behind: for everybody what they have, and for whom something failed, why. */
export function recordOfRun(
  situation: Situation,
  planned: Plan,
  outcome: Outcome,
  roster: Options & { readonly organizationId: string },
): RosterState {
  const { live, isAdmin } = situation;
  const declared = declaredAfter(situation, planned, outcome);
  const removed = removedAfter(situation.entries, planned, outcome);
  const failedRemovals = planned.changes.flatMap(({ email, member, person }): [string, Left][] => {
    const left = member || !person ? undefined : removed.get(keyOf(person));
    return left?.entry ? [[email, left]] : [];
  });
  const entries = new Map(
    [...declared, ...failedRemovals].flatMap(([email, { entry }]) => (entry ? [[email, entry] as const] : [])),
  );
  const here = [...declared.values()].flatMap(({ person }) => person ?? []);
  const counted = new Set(here.map(keyOf));
  const others = [...live.people]
    .filter((person) => !counted.has(keyOf(person)))
    .flatMap((person) => (removed.has(keyOf(person)) ? (removed.get(keyOf(person))?.person ?? []) : person));
  const reasons = [...outcome.failed].map(([{ email }, { message }]) => [email, message.split("\n")[0] ?? message]);
  return stateOf({
    roster,
    where: live.where,
    entries,
    counts: countsOf([...others, ...here], planned.outside.length, isAdmin),
    outside: planned.outside,
    groups: live.groups,
    notApplied: Object.fromEntries(reasons) as Record<string, string>,
  });
}

/** What a refresh finds: everybody who is recorded, and in an authoritative roster everybody else who has access. */
export function recordOfRefresh(
  state: RosterState,
  entries: Entries,
  live: Live,
  isAdmin: Situation["isAdmin"],
): RosterState {
  const after = new Map<string, Entry>();
  const { groups } = live;
  const claimed = new Set<Person>();
  for (const [email, entry] of entries) {
    const person = live.byUser(entry.userId) ?? live.byEmail(email);
    if (entry.extra) continue;
    if (person) {
      claimed.add(person);
      const managed = isManaged({ manageProfiles: state.manageProfiles ?? false }, entry, person);
      after.set(
        email,
        entryOf(email, declaredOf(entry), person, {
          managed,
          created: entry.created === true && entry.userId === person.userId,
          groups,
        }),
      );
    } else {
      const { accessId: _gone, now: _former, ...rest } = entry;
      after.set(email, { ...rest, status: "missing" });
    }
  }
  const outside = [...live.people].filter((person) => !claimed.has(person) && hasAccess(person));
  const authoritative = state.mode === "authoritative";
  for (const person of authoritative ? outside : []) {
    if (!person.directoryManaged) {
      after.set(person.email, {
        ...entryOf(person.email, {}, person, { managed: false, created: false, groups }),
        extra: true,
      });
    }
  }
  return stateOf({
    roster: state,
    where: live.where,
    entries: after,
    counts: countsOf(live.people, outside.length, isAdmin),
    outside,
    groups,
    notApplied: state.notApplied ?? {},
  });
}

/** What was declared of somebody, as far as the record tells. */
function declaredOf({ roles, rolesDeclared, statusDeclared, via, profile, expiresAt, groups }: Entry): Member {
  return present({
    roles: rolesDeclared ? roles : undefined,
    status: statusDeclared,
    via,
    expiresAt,
    groups,
    ...profile,
  });
}

interface Parts {
  readonly roster: Options & { readonly organizationId: string };
  readonly where: string;
  readonly entries: Entries;
  readonly counts: Counts;
  readonly outside: readonly Person[];
  readonly groups: Groups;
  readonly notApplied: Readonly<Record<string, string>>;
}

function stateOf({ roster, where, entries, counts, outside, groups, notApplied }: Parts): RosterState {
  const others = outside.filter(({ directoryManaged }) => !directoryManaged).map(({ email }) => email);
  const extras = roster.mode === "authoritative" ? others.sort() : [];
  const few = roster.mode === "authoritative" ? [] : others.sort().slice(0, shownNames);
  return {
    organizationId: roster.organizationId,
    organizationName: where,
    ...optionsOf(roster),
    counts,
    ...(extras.length > 0 ? { extras } : {}),
    ...(Object.keys(notApplied).length > 0 ? { notApplied } : {}),
    ...(few.length > 0 ? { __outside: few.join(" ") } : {}),
    ...idsOf(groups, groupsNamed([], entries)),
    __people: encodeAll(entries),
  };
}

function idsOf(groups: Groups, names: string[]): Pick<RosterState, "__groups"> {
  const ids = names.sort().flatMap((name) => {
    const found = groups.find(name);
    return found ? [[name, found.id] as const] : [];
  });
  return ids.length > 0 ? { __groups: Object.fromEntries(ids) } : {};
}

function countsOf(people: Iterable<Person>, outside: number, isAdmin: Situation["isAdmin"]): Counts {
  const all = [...people];
  const having = (status: Person["status"]) => all.filter((person) => person.status === status).length;
  return {
    ...totalsOf(all, isAdmin),
    inactive: having("inactive"),
    pending: having("pending"),
    outside,
    directoryManaged: all.filter(({ directoryManaged }) => directoryManaged).length,
  };
}

/** The people as a record has them: what a preview plans with, which asks nobody. */
export function peopleOnRecord(entries: Entries, where: string, ids: GroupIds = {}): Live {
  const people: Person[] = [];
  const idOf = (name: string) => (Object.hasOwn(ids, name) ? ids[name] : undefined) ?? name;
  for (const [email, { status, userId, accessId, roles, directoryManaged, profile, now, groups }] of entries) {
    if (status === "missing") continue;
    const id = accessId?.startsWith("om_") ? { membershipId: accessId } : { invitationId: accessId };
    const own = groups && { groups: groups.map(idOf) };
    people.push({ email: now ?? email, userId, ...id, status, roles, directoryManaged, profile, ...own });
  }
  return new Live(people, where, new Groups(groupsNamed([], entries).map((name) => ({ name, id: idOf(name) }))));
}
