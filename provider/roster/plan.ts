/** From what is declared, what is there and what was recorded to what has to be done. Pure: no network, no clock. */
import type { Live, Person } from "./live";
import { type Decided, decide } from "./decide";
import { refusalsOf, type Totals } from "./refusals";
import type { ProfileUpdate } from "./profile";
import { foldAddress } from "../declare/address";
import { type Member, type Mode, type OnRemove, type RosterGuards } from "./roster";
import { type Entries, folded } from "./state";

/** One request, or a few that belong together. */
export type Step =
  /** Finds or creates the user and makes the membership; a pending one that nobody can accept any more goes first. */
  | { readonly do: "enrol"; readonly member: Member; readonly dead?: string }
  /** Mails an invitation; an open one of another role is revoked first. */
  | { readonly do: "invite"; readonly member: Member; readonly revoke?: string }
  | { readonly do: "roles"; readonly membershipId: string; readonly roles: readonly string[] }
  | { readonly do: "reactivate" | "deactivate"; readonly membershipId: string }
  | { readonly do: "end"; readonly membershipId?: string; readonly invitationId?: string }
  | { readonly do: "profile"; readonly userId: string; readonly profile: ProfileUpdate };

/** What a change means to a reviewer, the riskiest first: the order in which summaries are written. */
export const effects = [
  "removes admin",
  "demotes",
  "grants admin",
  "removes",
  "suspends",
  "readmits",
  "changes roles",
  "adds",
  "invites",
  "takes back",
  "profile",
] as const;
export type Effect = (typeof effects)[number];

/** Everything that has to be done for one person, in order. */
export interface Change {
  /** The address as the program, or the record, has it. */
  readonly email: string;
  readonly effect: Effect;
  readonly steps: readonly Step[];
  /** Who it is, where they have anything to do with the organization already. */
  readonly person?: Person;
  /** What is declared of them; nothing for somebody who has to go. */
  readonly member?: Member;
  /** Gives somebody the rights of an admin. */
  readonly givesAdmin: boolean;
  /** Takes the rights of an admin from somebody active. */
  readonly takesAdmin: boolean;
  /** Ends or suspends the access of somebody active. */
  readonly removes: boolean;
}

/** What is left as it is although the program says otherwise, or is worth knowing. */
export type Reason = "directory" | "stale" | "waiting" | "renamed" | "adopted" | "profile" | "extra";
export interface Note {
  readonly reason: Reason;
  readonly email: string;
  readonly now?: string;
}

export interface Plan {
  readonly changes: readonly Change[];
  readonly notes: readonly Note[];
  /** Who a declared address stands for, where they have anything to do with the organization already. */
  readonly who: ReadonlyMap<string, Person>;
  /** People with access whom the program does not name and this plan leaves alone. */
  readonly outside: readonly Person[];
  readonly unchanged: number;
  /** Why guards refuse the whole plan; empty when they do not. */
  readonly refusals: readonly string[];
}

export interface Situation {
  readonly desired: Readonly<Record<string, Member>>;
  readonly live: Live;
  /** What the last run or refresh recorded; only people in here are ever removed. */
  readonly entries: Entries;
  readonly mode: Mode;
  readonly onRemove: OnRemove;
  readonly manageProfiles: boolean;
  readonly guards: RosterGuards;
  readonly isAdmin: (roles: readonly string[]) => boolean;
  /** Of the whole organization, where `live` is less than that. */
  readonly totals?: Totals;
  /** People whom this run has removed from the organization already, as single memberships. */
  readonly removedBefore?: number;
}

export function plan(situation: Situation): Plan {
  const { desired, live, entries, isAdmin } = situation;
  const changes: Change[] = [];
  const notes: Note[] = [];
  const take = ({ change, notes: said }: Decided) => {
    if (change) changes.push(change);
    notes.push(...said);
  };
  const who = identify(situation);
  const claimed = new Set(who.values());
  const recorded = folded(entries);
  let unchanged = 0;
  for (const [email, member] of Object.entries(desired)) {
    const decided = decide({
      email,
      member,
      person: who.get(email),
      entry: recorded.get(foldAddress(email)),
      situation,
    });
    take(decided);
    if (!decided.change) unchanged++;
  }
  const known = new Set(Object.keys(desired).map(foldAddress));
  for (const [email, entry] of entries) {
    const person = live.byUser(entry.userId) ?? live.byEmail(email);
    if (known.has(foldAddress(email)) || !person || claimed.has(person)) continue;
    // What an additive roster does not name, or no longer names as an extra, is none of its business.
    if (entry.extra && situation.mode !== "authoritative") continue;
    take(leave(email, person, situation));
    claimed.add(person);
  }
  const outside = [...live.people].filter((person) => !claimed.has(person) && hasAccess(person));
  const all = situation.totals ?? totalsOf(live.people, isAdmin);
  return { changes, notes, who, outside, unchanged, refusals: refusalsOf(changes, all, situation) };
}

export const hasAccess = ({ status }: Person): boolean => status === "active" || status === "pending";

export function totalsOf(people: Iterable<Person>, isAdmin: Situation["isAdmin"]): Totals {
  let active = 0;
  let admins = 0;
  for (const { status, roles } of people) {
    if (status === "active") {
      active++;
      if (isAdmin(roles)) admins++;
    }
  }
  return { active, admins };
}

/** People are followed by user id, unless the program itself names them by the address that they have now. */
function identify({ desired, live, entries }: Situation): Map<string, Person> {
  const recorded = folded(entries);
  const named = new Set(Object.keys(desired).map(foldAddress));
  const who = new Map<string, Person>();
  for (const email of Object.keys(desired)) {
    const followed = live.byUser(recorded.get(foldAddress(email))?.userId);
    const elsewhere =
      followed && foldAddress(followed.email) !== foldAddress(email) && named.has(foldAddress(followed.email));
    const person = (elsewhere ? undefined : followed) ?? live.byEmail(email);
    if (person) who.set(email, person);
  }
  return who;
}

/** Ends somebody's access; the user stays. */
function leave(email: string, person: Person, { onRemove, isAdmin }: Situation): Decided {
  if (person.directoryManaged) {
    return { notes: [{ reason: "directory", email }] };
  }
  const { membershipId, invitationId, status } = person;
  const active = status === "active";
  const suspend = onRemove === "deactivate" && membershipId !== undefined && (active || status === "inactive");
  if (suspend && !active) {
    return { notes: [] };
  }
  const steps: Step[] =
    suspend && membershipId !== undefined
      ? [{ do: "deactivate", membershipId }]
      : [{ do: "end", membershipId, invitationId }];
  const takesAdmin = active && isAdmin(person.roles);
  const member = active || status === "inactive";
  const effect = takesAdmin ? "removes admin" : member ? "removes" : "takes back";
  return { change: { email, effect, steps, person, givesAdmin: false, takesAdmin, removes: active }, notes: [] };
}
