/**
 * What is kept of a roster between runs. A member costs one line of text in the outputs, besides what the program says
 * of them: `active user_… om_… member,admin c`. From these lines alone a diff finds what there is to do, and a refresh
 * says what the program would have to declare to be satisfied with what is there.
 */
import { isDeepStrictEqual } from "node:util";
import { foldAddress } from "../declare/address";
import { sameRoles } from "../people";
import type { GroupIds } from "./current-groups";
import type { Status } from "./current-people";
import { type Member, optionNames, type Options, type Profile, profileFields, type Via } from "./roster";

/** One person as of the last run or refresh. */
export interface Entry {
  /** `missing`: has no access here, although the program says so. */
  readonly status: Status | "missing";
  readonly userId?: string;
  /** Of the membership, or of the open invitation where there is none yet. */
  readonly accessId?: string;
  /** What counts as their roles: those they have, in the order in which they are declared. */
  readonly roles: readonly string[];
  /** Whether the program declares roles. */
  readonly rolesDeclared?: boolean;
  readonly statusDeclared?: "active" | "inactive";
  readonly via?: Via;
  /** When their access ends, as declared. */
  readonly expiresAt?: string;
  /** What the program declares of the profile; the values are the user's where the roster manages them. */
  readonly profile?: Profile;
  /** The user was created by this roster, which therefore sets the profile. */
  readonly created?: boolean;
  readonly directoryManaged?: boolean;
  /** Found by a refresh of an authoritative roster; no program has declared them. */
  readonly extra?: boolean;
  /** The address they have now, where it is not the declared one any more. */
  readonly now?: string;
  /** Groups that are declared and that they are in, or will be once they are a member, as the program names them. */
  readonly groups?: readonly string[];
}

export type Entries = ReadonlyMap<string, Entry>;

const none = "-";
const flags = { rolesDeclared: "r", created: "c", directoryManaged: "d", extra: "x" } as const;
type Flag = keyof typeof flags;
const flagNames = Object.keys(flags) as Flag[];
const viaFlags = { m: "membership", i: "invitation" } as const;
const statusFlags = { a: "active", s: "inactive" } as const;

const flagOf = <K extends string, V>(table: Readonly<Record<K, V>>, value: V | undefined): string =>
  Object.keys(table).find((flag) => table[flag as K] === value) ?? "";

export function encode(entry: Entry): string {
  const { status, userId = none, accessId = none, roles, via, statusDeclared, profile, now, expiresAt, groups } = entry;
  const set = flagNames.filter((name) => entry[name]).map((name) => flags[name]);
  const letters = [...set, flagOf(viaFlags, via), flagOf(statusFlags, statusDeclared)].join("");
  const more = encodeMore(profile, { now, until: expiresAt, groups });
  return [status, userId, accessId, roles.join(",") || none, letters || none, ...(more ? [more] : [])].join(" ");
}

export function decode(line: string): Entry {
  const [status = "missing", userId, accessId, roles, letters = none, more] = line.split(" ");
  const value = (text: string | undefined) => (text === none ? undefined : text);
  const has = (letter: string) => letters.includes(letter);
  const entry: Record<string, unknown> = {
    status,
    userId: value(userId),
    accessId: value(accessId),
    roles: value(roles)?.split(",") ?? [],
    via: has("m") ? "membership" : has("i") ? "invitation" : undefined,
    statusDeclared: has("a") ? "active" : has("s") ? "inactive" : undefined,
    ...decodeMore(more),
  };
  for (const name of flagNames) {
    if (has(flags[name])) entry[name] = true;
  }
  // The one place where the text becomes an entry again; `encode` wrote it.
  return Object.fromEntries(Object.entries(entry).filter(([, part]) => part !== undefined)) as unknown as Entry;
}

interface More {
  readonly now?: string;
  readonly until?: string;
  readonly groups?: readonly string[];
}

function encodeMore(profile: Profile | undefined, { now, until, groups = [] }: More): string {
  const pairs = new URLSearchParams();
  for (const field of ["firstName", "lastName", "externalId"] as const) {
    if (profile?.[field] !== undefined) pairs.append(field, profile[field]);
  }
  if (profile?.metadata) pairs.append("metadata", "");
  for (const [key, text] of Object.entries(profile?.metadata ?? {})) pairs.append(`metadata.${key}`, text);
  if (now !== undefined) pairs.append("now", now);
  if (until !== undefined) pairs.append("until", until);
  for (const group of groups) pairs.append("group", group);
  return pairs.toString();
}

function decodeMore(text: string | undefined): Pick<Entry, "profile" | "now" | "expiresAt" | "groups"> {
  if (text === undefined) return {};
  const all = new URLSearchParams(text);
  const groups = all.getAll("group");
  const { now, until, group: _each, ...pairs } = Object.fromEntries(all) as Record<string, string>;
  const profile: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(pairs)) {
    if (name === "metadata") profile.metadata ??= {};
    else if (name.startsWith("metadata.")) {
      profile.metadata = { ...(profile.metadata as object), [name.slice("metadata.".length)]: value };
    } else profile[name] = value;
  }
  return {
    ...(Object.keys(profile).length > 0 ? { profile } : {}),
    ...(now === undefined ? {} : { now }),
    ...(until === undefined ? {} : { expiresAt: until }),
    ...(groups.length > 0 ? { groups } : {}),
  };
}

/** What a program would say of a person to be satisfied with what there is; nothing where they have no access. */
export function declarationOf(entry: Entry): Member | undefined {
  const { status, roles, rolesDeclared, statusDeclared, via, profile, extra, directoryManaged, expiresAt, groups } =
    entry;
  if (status === "missing" || status === "expired") return undefined;
  const member: Record<string, unknown> = {};
  if (rolesDeclared || extra) member.roles = roles;
  for (const field of profileFields) {
    if (profile?.[field] !== undefined) member[field] = profile[field];
  }
  const known = status === "active" || status === "inactive";
  // Who is declared is to have access: a suspension that nobody declared is a difference, unless a directory decides.
  if (statusDeclared !== undefined || (status === "inactive" && !directoryManaged)) {
    member.status = known && !directoryManaged ? status : statusDeclared;
  }
  if (via) member.via = via;
  if (expiresAt !== undefined) member.expiresAt = expiresAt;
  if (groups) member.groups = groups;
  return member;
}

/** Whether two declarations of a person say the same. */
export function saysTheSame(one: Member, other: Member): boolean {
  const { roles, groups, ...rest } = one;
  const { roles: otherRoles, groups: otherGroups, ...otherRest } = other;
  const rolesAgree = roles && otherRoles ? sameRoles(roles, otherRoles) : roles === otherRoles;
  return rolesAgree && sameNames(groups, otherGroups) && isDeepStrictEqual(present(rest), present(otherRest));
}

/** No groups, and none that are said, are the same. */
const sameNames = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
  one.every((name) => other.includes(name)) && other.every((name) => one.includes(name));

export const present = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null)) as Partial<T>;

/** How many people the organization has, those outside of the roster included. */
export interface Counts {
  /** People who have access. */
  readonly active: number;
  /** People who are suspended. */
  readonly inactive: number;
  /** People who are invited and have not accepted. */
  readonly pending: number;
  /** Active people with an admin role (`workos:adminRoles`). */
  readonly admins: number;
  /** People the roster says nothing about. */
  readonly outside: number;
  /** People whom a directory sync manages. */
  readonly directoryManaged: number;
}

export interface RosterState extends Options {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly counts: Counts;
  /** Who has access and is not in an authoritative roster. */
  readonly extras?: readonly string[];
  /** What could not be carried out, by person, and why. */
  readonly notApplied?: Readonly<Record<string, string>>;
  /** The first few of those outside of an additive roster, for previews, which ask nobody. */
  readonly __outside?: string;
  /** Ids of the groups that are named in `__people`, so that one that is renamed outside is known again. */
  readonly __groups?: GroupIds;
  readonly __people: Readonly<Record<string, string>>;
}

export const entriesOf = (state: Partial<RosterState>): Map<string, Entry> =>
  new Map(Object.entries(state.__people ?? {}).map(([email, line]) => [email, decode(line)]));

export const encodeAll = (entries: Entries): Record<string, string> =>
  Object.fromEntries([...entries].map(([email, entry]) => [email, encode(entry)]));

/** Names of all groups that a roster declares or has declared. */
export const groupsNamed = (members: Iterable<Member>, entries: Entries): string[] => [
  ...new Set([...members, ...entries.values()].flatMap(({ groups = [] }) => groups)),
];

export const optionsOf = (values: Options): Options =>
  Object.fromEntries(optionNames.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]));

/** The entries by folded address. */
export const folded = (entries: Entries): Map<string, Entry> =>
  new Map([...entries].map(([email, entry]) => [foldAddress(email), entry]));
