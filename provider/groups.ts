/** Facts about the vendor's groups, for messages about access: looked up, and left out where they cannot be. */
import type { Api, GroupRoleAssignmentObject } from "../api";
import { isWorkosError } from "../api/http/errors";
import { whoOf } from "./people";
import { didYouMean, named, oneLine, plural } from "./wording";

export interface WhichGroup {
  readonly organizationId: string;
  readonly groupId: string;
}

/** A group, as requests name it. */
export const whichGroup = ({ organizationId, groupId }: WhichGroup) => ({
  organization_id: organizationId,
  group_id: groupId,
});

/** What people call a group; its id where nobody can tell. */
export async function titleOf(api: Api, group: WhichGroup): Promise<string> {
  const found = await api.groups.get(whichGroup(group)).catch(() => undefined);
  return oneLine(found?.name ?? group.groupId);
}

/** The type of resource that stands for an organization as a whole. */
export const organizationType = "organization";

/** `editor`, or `editor on project proj-456` where it is not held in the organization as a whole. */
export function roleText({ role, resource }: Pick<GroupRoleAssignmentObject, "role" | "resource">): string {
  const { resource_type_slug: type, external_id: id } = resource;
  return oneLine(type === organizationType ? role.slug : `${role.slug} on ${type} ${id}`);
}

/** What a group lets its members do, role by role. */
export async function rolesGiven(api: Api, groupId: string): Promise<string[]> {
  const given = await api.groupRoleAssignments
    .list({ group_id: groupId })
    .all()
    .catch(() => []);
  return given.map(roleText);
}

/** What is wrong with a name of a group, of those that there are; to be called where it stands for none of them. */
export function groupProblem(
  called: string,
  groups: readonly { readonly id?: string; readonly name: string }[],
): string {
  const same = groups.flatMap(({ id, name }) => (name === called && id !== undefined ? [id] : []));
  const names = [...new Set(groups.map(({ name }) => name))];
  if (same.length > 1) {
    return `"${oneLine(called)}" is the name of ${same.length} groups (${same.join(", ")}); name the one that is meant by its id`;
  }
  const remedy = names.length === 0 ? "there are none; declare it as a Group" : didYouMean(called, names, "there are");
  return `"${oneLine(called)}" is no group here; ${remedy}`;
}

/** Who is in a group, as ids of memberships. */
export async function membersOf(api: Api, group: WhichGroup): Promise<string[]> {
  const members = await api.groupMemberships.list({ ...whichGroup(group), order: "asc" }).all();
  return members.map(({ id }) => id);
}

/** So many people are looked up by name in a message. */
const shown = 5;

/** `ann@example.com, ben@example.com and 3 more`, of ids of memberships. */
export async function peopleNamed(api: Api, ids: readonly string[]): Promise<string> {
  const known = ids.slice(0, shown).map(async (id) => {
    const membership = await api.organizationMemberships.get({ id }).catch(() => undefined);
    return membership ? whoOf(membership) : id;
  });
  return named([...(await Promise.all(known)), ...ids.slice(shown)], shown);
}

/** Who comes into a group or leaves it, and with which roles, in a sentence. */
export async function groupLine(
  api: Api,
  { group, title, ids, now }: { group: WhichGroup; title?: string; ids: readonly string[]; now: "in" | "out" },
): Promise<string> {
  const [who, called, roles] = await Promise.all([
    peopleNamed(api, ids),
    title ?? titleOf(api, group),
    rolesGiven(api, group.groupId),
  ]);
  const [be, have] = ids.length === 1 ? ["is", "has"] : ["are", "have"];
  const plainly =
    now === "in" ? `${who} ${be} in the group ${called} now` : `${who} ${be} no longer in the group ${called}`;
  if (roles.length === 0) return `${plainly}.`;
  return `${plainly}, and ${now === "in" ? have : `no longer ${have}`} what it gives: ${named(roles, 10)}.`;
}

/** So many people are named of whom a message tells how many there are. */
const counted = 100;

/** `12 people: ann@example.com, …`, whoever is in a group; nothing where nobody is, or nobody can tell. */
export async function whoIsIn(api: Api, group: WhichGroup): Promise<string | undefined> {
  const page = await api.groupMemberships
    .list({ ...whichGroup(group), limit: counted, order: "asc" })
    .catch(() => undefined);
  if (!page || page.data.length === 0) return undefined;
  const who = await peopleNamed(
    api,
    page.data.map(({ id }) => id),
  );
  return `${page.hasMore ? "more than " : ""}${plural(page.data.length, "person", "people")}: ${who}`;
}

/** So many calls of one resource are under way at once: whoever is killed leaves no more than these unrecorded. */
const atOnce = 64;

/**
 * Does the same for many. What fails for one because of the key or the run's end is not tried for the others.
 * @returns what failed, and why.
 */
export async function forMany<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<Map<T, Error>> {
  const failed = new Map<T, Error>();
  // One iterator for all: each item is taken once.
  const queue = items.values();
  let stopped: Error | undefined;
  const worker = async () => {
    for (const item of queue) {
      try {
        if (stopped) throw stopped;
        await work(item);
      } catch (error) {
        const reason = error instanceof Error ? error : new Error(String(error));
        failed.set(item, reason);
        if (isWorkosError(reason) && ["auth", "aborted"].includes(reason.kind)) stopped = reason;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return failed;
}

/** What failed of many changes, the first few in full. */
export function failureText(failed: ReadonlyMap<string, Error>, all: number): string {
  const few = [...failed].slice(0, 8).map(([what, { message }]) => `${what}: ${message.split("\n").join(" ")}`);
  const more = failed.size > few.length ? [`and ${failed.size - few.length} more`] : [];
  return [`${failed.size} of ${plural(all, "change")} failed:`, ...few, ...more].join("\n  ");
}
