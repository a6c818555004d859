/** From what the vendor has, after a run or at a refresh, to what is recorded. */
import type { Outcome } from "./apply";
import { isManaged } from "./decide";
import { Live, type Person } from "./live";
import { hasAccess, type Plan, type Situation, totalsOf } from "./change";
import { foldAddress } from "../declare/address";
import { sameRoles } from "../people";
import { type Member, type Options, type Profile, profileFields, profileOf } from "./roster";
import {
  type Counts,
  encodeAll,
  type Entries,
  type Entry,
  folded,
  optionsOf,
  present,
  type RosterState,
} from "./state";

/** What is recorded of somebody declared, as the vendor has them. */
function entryOf(email: string, member: Member, person: Person, managed: boolean, created: boolean): Entry {
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
    profile: declared && managed && person.profile ? only(declared, person.profile) : declared,
    created: created ? true : undefined,
    directoryManaged: directoryManaged ? true : undefined,
    now: foldAddress(person.email) === foldAddress(email) ? undefined : person.email,
  }) as Entry;
}

/** The actual values of the fields that are declared. */
function only(declared: Profile, actual: Profile): Profile | undefined {
  const fields = profileFields.filter((field) => declared[field] !== undefined && actual[field] !== undefined);
  return fields.length > 0 ? Object.fromEntries(fields.map((field) => [field, actual[field]])) : undefined;
}

/** What a run leaves behind: for everybody what they have, and for whom something failed, why. */
export function settle(
  { desired, live, entries, manageProfiles, mode, isAdmin }: Situation,
  { changes, who, outside }: Plan,
  { progress, failed }: Outcome,
  roster: Options & { readonly organizationId: string },
): RosterState {
  const after = new Map<string, Entry>();
  const gone = new Set<Person>();
  const now = new Map<string, Person>();
  const before = folded(entries);
  const changeOf = new Map(changes.map((change) => [change.email, change]));
  for (const [email, member] of Object.entries(desired)) {
    const change = changeOf.get(email);
    const own = change && progress.get(change);
    const person = own ? own.person : who.get(email);
    const previous = before.get(foldAddress(email));
    const userId = person?.userId ?? own?.userId;
    const created = own?.created ?? (previous?.created === true && previous.userId === userId);
    if (person) {
      const managed = isManaged({ manageProfiles }, { status: "missing", roles: [], created, userId }, person);
      after.set(email, entryOf(email, member, person, managed, created));
      now.set(person.userId ?? person.email, person);
    } else if (created && userId !== undefined) {
      after.set(email, { status: "missing", userId, roles: [], created });
    }
  }
  for (const change of changes) {
    const { email, member, person } = change;
    const previous = entries.get(email);
    if (member || !person) continue;
    if (failed.has(change) && previous) after.set(email, previous);
    else if (progress.get(change)?.person?.status === "inactive")
      now.set(person.userId ?? email, { ...person, status: "inactive" });
    else gone.add(person);
  }
  const people = function* () {
    for (const person of live.people) {
      if (!gone.has(person) && !now.has(person.userId ?? person.email)) yield person;
    }
    yield* now.values();
  };
  const reasons = [...failed].map(([{ email }, { message }]) => [email, message.split("\n")[0] ?? message] as const);
  return stateOf({
    roster,
    where: live.where,
    entries: after,
    counts: countsOf(people(), outside.length, isAdmin),
    outside: mode === "authoritative" ? outside : [],
    notApplied: Object.fromEntries(reasons),
  });
}

/** What a refresh finds: everybody who is recorded, and in an authoritative roster everybody else who has access. */
export function refresh(state: RosterState, entries: Entries, live: Live, isAdmin: Situation["isAdmin"]): RosterState {
  const after = new Map<string, Entry>();
  const claimed = new Set<Person>();
  for (const [email, entry] of entries) {
    const person = live.byUser(entry.userId) ?? live.byEmail(email);
    if (entry.extra) continue;
    if (person) {
      claimed.add(person);
      const managed = isManaged({ manageProfiles: state.manageProfiles ?? false }, entry, person);
      after.set(
        email,
        entryOf(email, declaredOf(entry), person, managed, entry.created === true && entry.userId === person.userId),
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
      after.set(person.email, { ...entryOf(person.email, {}, person, false, false), extra: true });
    }
  }
  return stateOf({
    roster: state,
    where: live.where,
    entries: after,
    counts: countsOf(live.people, outside.length, isAdmin),
    outside: authoritative ? outside : [],
    notApplied: state.notApplied ?? {},
  });
}

/** What was declared of somebody, as far as the record tells. */
function declaredOf({ roles, rolesDeclared, statusDeclared, via, profile }: Entry): Member {
  return present({ roles: rolesDeclared ? roles : undefined, status: statusDeclared, via, ...profile });
}

interface Parts {
  readonly roster: Options & { readonly organizationId: string };
  readonly where: string;
  readonly entries: Entries;
  readonly counts: Counts;
  readonly outside: readonly Person[];
  readonly notApplied: Readonly<Record<string, string>>;
}

function stateOf({ roster, where, entries, counts, outside, notApplied }: Parts): RosterState {
  const extras = outside.filter(({ directoryManaged }) => !directoryManaged).map(({ email }) => email);
  return {
    organizationId: roster.organizationId,
    organizationName: where,
    ...optionsOf(roster),
    counts,
    ...(extras.length > 0 ? { extras: extras.sort() } : {}),
    ...(Object.keys(notApplied).length > 0 ? { notApplied } : {}),
    __people: encodeAll(entries),
  };
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
export function recorded(entries: Entries, where: string): Live {
  const people: Person[] = [];
  for (const [email, { status, userId, accessId, roles, directoryManaged, profile, now }] of entries) {
    if (status === "missing") continue;
    const id = accessId?.startsWith("om_") ? { membershipId: accessId } : { invitationId: accessId };
    people.push({ email: now ?? email, userId, ...id, status, roles, directoryManaged, profile });
  }
  return new Live(people, where);
}
