/** Rosters as files that a team reviews. */
import { foldAddress } from "../../provider/declare/address";
import { plural } from "../../provider/wording";
import type { Member } from "../../provider/roster/roster";
import { isExpired } from "../expiry";
import { collect } from "./collect";
import { resolve } from "./resolve";
import { type Mistake, readSources, shown, type Source } from "./source";

/** What the files of a roster amount to. */
export interface LoadedRoster {
  /** Everybody, by email address, for `OrganizationRoster`; whoever's `expiresAt` has passed is left out by that. */
  readonly members: Readonly<Record<string, Member>>;
  /** The organization's id, where a file gives it. */
  readonly organization?: string;
  /** Addresses for the guard of that name. */
  readonly requiredAdmins: readonly string[];
  readonly adminRoles: readonly string[];
  /** Whose access has ended by `expiresAt`. */
  readonly expired: readonly string[];
  /** The files that were read. */
  readonly files: readonly string[];
}

export interface LoadOptions {
  /** The moment by which access counts as ended, in milliseconds. Default: now. */
  readonly now?: number;
}

/** Everything that is wrong with the files, each with its place. */
export class RosterError extends Error {
  override readonly name = "RosterError";

  constructor(readonly mistakes: readonly Mistake[]) {
    const count = plural(mistakes.length, "mistake");
    super([`The roster has ${count}:`, ...mistakes.map(shown)].join("\n"));
  }
}

export type { Mistake } from "./source";

export function loadRosterFiles(path: string, options: LoadOptions = {}): LoadedRoster {
  return rosterOf(readSources(path), options);
}

export function rosterOf(sources: readonly Source[], { now = Date.now() }: LoadOptions = {}): LoadedRoster {
  const collected = collect(sources);
  const { members, mistakes } = resolve(collected, now);
  const all = [...collected.mistakes, ...mistakes];
  if (all.length > 0) {
    throw new RosterError(inOrder(all, sources));
  }
  const organization = collected.settings.get("organization")?.value as string | undefined;
  return {
    members,
    ...(organization === undefined ? {} : { organization }),
    requiredAdmins: collected.requiredAdmins.map(({ email }) => foldAddress(email)),
    adminRoles: (collected.settings.get("adminRoles")?.value as string[] | undefined) ?? ["admin"],
    expired: Object.entries(members)
      .filter(([, { expiresAt }]) => expiresAt !== undefined && isExpired(expiresAt, now))
      .map(([email]) => email),
    files: sources.map(({ file }) => file),
  };
}

/** By file and place, each once. */
function inOrder(mistakes: readonly Mistake[], sources: readonly Source[]): Mistake[] {
  const files = sources.map(({ file }) => file);
  const once = new Map(mistakes.map((mistake) => [shown(mistake), mistake]));
  return [...once.values()].sort(
    (one, other) =>
      files.indexOf(one.file) - files.indexOf(other.file) || one.line - other.line || one.column - other.column,
  );
}
