/** Rosters as files that a team reviews. */
import { dirname, sep } from "node:path";
import { foldAddress } from "../declare/address";
import { plural } from "../wording";
import type { Member } from "../roster/roster";
import { isExpired } from "../roster/expiry";
import { collect, type Mention } from "./collect";
import { type Origin, originsOf } from "./origins";
import { resolve } from "./resolve";
import { inOrder, isMap, isRolesFile, type Mistake, readSources, shown, type Source } from "./source";

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
  /**
   * Slugs of the roles that there are, as `loadRoles` gives them: others, but for `admin` and `member`, which every
   * environment has, are mistakes then.
   */
  readonly roles?: readonly string[];
}

/** Everything that is wrong with the files, each with its place. */
export class RosterError extends Error {
  override readonly name = "RosterError";

  constructor(readonly mistakes: readonly Mistake[]) {
    const count = plural(mistakes.length, "mistake");
    super([`The roster has ${count}:`, ...mistakes.map(shown)].join("\n"));
  }
}

export type { Origin } from "./origins";
export { type Mistake, shown } from "./source";

export function loadRosterFiles(path: string, options: LoadOptions = {}): LoadedRoster {
  return rosterOf(readSources(path), options);
}

/** Roles files, which may stand among those of the roster, are none of it. */
export function rosterOf(given: readonly Source[], { now = Date.now(), roles }: LoadOptions = {}): LoadedRoster {
  const sources = given.filter((source) => !isRolesFile(source));
  const collected = collect(sources);
  const { members, mistakes } = resolve(collected, now, roles);
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

/** One of the rosters that a path stands for. */
export interface OneRoster {
  /** The file or the folder that it is. */
  readonly path: string;
  readonly loaded: LoadedRoster;
  readonly alumni: readonly Mention[];
  /** By what somebody is in it; nothing where they are not. */
  originsOf(email: string): readonly Origin[];
}

/**
 * The rosters in a file or a folder: one, or where several files name an organization one for each of these, with all
 * that is in its folder and below.
 * @throws RosterError for the first of them that has mistakes.
 */
export function rostersIn(path: string, { now = Date.now(), roles }: LoadOptions = {}): OneRoster[] {
  const files = readSources(path).filter((source) => !isRolesFile(source));
  return apart(path, files).map(({ path: place, sources }) => {
    const loaded = rosterOf(sources, { now, roles });
    const all = collect(sources);
    return { path: place, loaded, alumni: all.alumni, originsOf: (email) => originsOf(all, email, now) };
  });
}

function apart(path: string, sources: readonly Source[]): { path: string; sources: readonly Source[] }[] {
  const heads = sources.filter(({ value }) => namesOrganization(value));
  if (heads.length < 2) return [{ path, sources }];
  const folders = heads.map(({ file }) => dirname(file));
  // Two in one folder are a roster each, and so is every folder that has one.
  const alone = (folder: string) => folders.filter((one) => one === folder).length > 1;
  const homes = new Map<string, Source[]>();
  for (const source of sources) {
    const inside = folders.filter((folder) => folder === "." || `${source.file}`.startsWith(`${folder}${sep}`));
    const [nearest] = inside.sort((one, other) => other.length - one.length);
    const home = nearest === undefined ? path : alone(nearest) ? source.file : nearest;
    homes.set(home, [...(homes.get(home) ?? []), source]);
  }
  return [...homes].map(([home, own]) => ({ path: home, sources: own }));
}

const namesOrganization = (value: unknown) => isMap(value) && value.organization !== undefined;
