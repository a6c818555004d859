/**
 * An organization's groups as WorkOS has them, and who is in those that a roster names. A roster without groups asks for
 * nothing of this.
 */
import type { Api } from "../../api";
import { isNotFound } from "../../api/http/errors";
import { undefinedIfMissing } from "../../api/http/missing";
import { groupProblem, membersOf } from "../groups";

export interface Group {
  readonly id: string;
  readonly name: string;
}

/** Ids of groups by the name that a program or a record gives them. */
export type GroupIds = Readonly<Record<string, string>>;

/** The groups of an organization, as far as a roster is concerned with them. */
export class Groups {
  readonly #known: ReadonlyMap<string, Group>;
  readonly #byName = new Map<string, Group[]>();

  constructor(
    groups: readonly Group[],
    /** By which id a name was known before: a group that was renamed outside is followed, as people are. */
    private readonly recorded: GroupIds = {},
  ) {
    this.#known = new Map(groups.map((group) => [group.id, group]));
    for (const group of groups) this.#byName.set(group.name, [...(this.#byName.get(group.name) ?? []), group]);
  }

  /** The group of this name or id; nothing where there is none, or more than one of which none is known. */
  find(called: string): Group | undefined {
    const named = this.#byName.get(called) ?? [];
    const before = Object.hasOwn(this.recorded, called) ? this.#known.get(this.recorded[called] ?? "") : undefined;
    if (named.length === 1) return named[0];
    return before ?? (named.length === 0 ? this.#known.get(called) : undefined);
  }

  /** What people call the group of this id; the id where it is not among these. */
  nameOf(id: string): string {
    return this.#known.get(id)?.name ?? id;
  }

  /** Why `find` finds nothing, and what to do. */
  problemOf(called: string): string {
    return groupProblem(called, [...this.#known.values()]);
  }
}

/** What a run finds of groups: the groups, and for each that was asked for the memberships in it. */
export interface FoundGroups {
  readonly groups: Groups;
  /** Ids of memberships, by the group's id. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The people of the organization were there: that its groups are not found says nothing about it. */
function notTheOrganization(error: unknown): never {
  if (!isNotFound(error)) throw error;
  throw new Error(`The groups of the organization cannot be listed.\n${error.message}`, { cause: error });
}

/** Pages of the groups, and of the members of those named; nothing at all where none is named. */
export async function readGroups(
  api: Api,
  organizationId: string,
  names: readonly string[],
  recorded: GroupIds | undefined,
): Promise<FoundGroups | undefined> {
  if (names.length === 0) return undefined;
  const all = await api.groups.list({ organization_id: organizationId }).all().catch(notTheOrganization);
  const groups = new Groups(all, recorded);
  const wanted = new Set(names.flatMap((name) => groups.find(name)?.id ?? []));
  const read = async (groupId: string) =>
    // Deleted since the groups were listed: nobody is in it.
    [groupId, new Set(await membersOf(api, { organizationId, groupId }).catch(undefinedIfMissing))] as const;
  return { groups, members: new Map(await Promise.all([...wanted].map(read))) };
}
