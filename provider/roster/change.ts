/** What a plan consists of: steps, the change that they are for one person, and what planning goes by. */
import type { Effect } from "./effects";
import type { Live, Person } from "./current-people";
import type { ProfileUpdate } from "./profile";
import type { Member, Mode, OnRemove, RosterGuards } from "./roster";
import type { Entries } from "./state";

/** One request, or a few that belong together. */
export type Step =
  /** Finds or creates the user and makes the membership; a pending one that nobody can accept any more goes first. */
  | { readonly do: "enrol"; readonly member: Member; readonly dead?: string }
  /** Mails an invitation; an open one of another role is revoked first. */
  | { readonly do: "invite"; readonly member: Member; readonly revoke?: string }
  | { readonly do: "roles"; readonly membershipId: string; readonly roles: readonly string[] }
  | { readonly do: "reactivate" | "deactivate"; readonly membershipId: string }
  /** Ends a membership or takes an invitation back; whoever has accepted that meanwhile leaves as `onRemove` says. */
  | { readonly do: "end"; readonly onRemove: OnRemove; readonly membershipId?: string; readonly invitationId?: string }
  | { readonly do: "profile"; readonly userId: string; readonly profile: ProfileUpdate }
  /** Puts them into a group, whose id is not known where there is none of that name yet. */
  | { readonly do: "join"; readonly group: string; readonly groupId?: string }
  | { readonly do: "leave"; readonly group: string; readonly groupId: string };

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
export type Reason =
  "directory" | "stale" | "waiting" | "renamed" | "adopted" | "profile" | "extra" | "ends" | "joins later";
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
  /** Domains that the addresses of people who get more access must be of. Default: any. */
  readonly allowedDomains?: readonly string[];
  /** Of the whole organization, where `live` is less than that. */
  readonly totals?: Totals;
  /** People whom this run has removed from the organization already, as single memberships. */
  readonly removedBefore?: number;
}

export interface Totals {
  /** Active members of the organization, those outside of the roster included. */
  readonly active: number;
  /** Those of them who are admins. */
  readonly admins: number;
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
