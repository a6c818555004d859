/**
 * Refusals that protect an organization from a mistake in a program: all admins gone, or more people removed than was
 * agreed. They count freshly, right before each write and one write of an organization at a time, and admins once more
 * after it: another process may have counted at the same moment. Off by default.
 */
import type { Api, OrganizationMembershipObject } from "../../api";
import { undefinedIfMissing } from "../../api/http/missing";
import { isWorkosError } from "../../api/http/errors";
import { type Clock, systemClock } from "../../api/clock";
import { everyStatus, isAdmin, peopleIn, rolesOf, whereOf, whoOf } from "../people";
import type {
  AccessChange,
  AccessGuards,
  Admitted,
  GuardedMembership,
  GuardName,
  GuardSettings,
  HookContext,
  Loss,
} from "../context";
import { makesAdmin, Reach } from "../reach";
import { allowedRemovals } from "../removals";
import { counted, named, oneLine, plural } from "../wording";
import { foreignerRefused, isForeign } from "./domains";
import { giveBack, briefly, notTakenBack, remedyNow, takenBack, tooFewAdmins } from "./recount";

/** The one-time override of each guard: an environment variable, so that it reaches `destroy` too. */
export const overrides: Readonly<Record<GuardName, string>> = {
  minAdmins: "WORKOS_OVERRIDE_MIN_ADMINS",
  maxRemovals: "WORKOS_OVERRIDE_MAX_REMOVALS",
  forceDestroy: "WORKOS_OVERRIDE_FORCE_DESTROY",
  environment: "WORKOS_OVERRIDE_ENVIRONMENT",
  allowedDomains: "WORKOS_OVERRIDE_ALLOWED_DOMAINS",
};

export const noGuards: GuardSettings = {
  minAdmins: 0,
  adminRoles: ["admin"],
  requireForceDestroy: false,
  overridden: new Set(),
};

/** The domains that an address which is found must be of, unless this run may pass that. */
export const foundDomains = ({ allowedDomains, overridden }: GuardSettings): readonly string[] | undefined =>
  overridden.has("allowedDomains") ? undefined : allowedDomains;

/** @param guard as whoever has set it calls it. */
export const nobodyIsAdmin = (where: string, guard: string, adminRoles: readonly string[]): string =>
  `${where} has no active member with an admin role (workos:adminRoles: ${adminRoles.join(", ")}), so that ${guard} guards nobody there: is a role misspelt?`;

/** A guard has said no; nothing was sent, or what was sent is undone. */
export class Refusal extends Error {}

/**
 * How long the deletion of a user waits for that of an organization which would make it harmless: the engine starts both
 * at about the same time, in any order.
 */
const graceMs = 3_000;
const pollMs = 250;

/** From whom a run has taken access to an organization. */
interface Losers {
  /** Ids of memberships. */
  readonly people: Set<string>;
  /** How many more, of whom a roster has told the number. */
  others: number;
  /** Whether some of them are members as before, with fewer rights. */
  stayed: boolean;
}

/** Somebody whom a change takes from the admins. */
interface TakenAdmin {
  /** The groups that they are in, where they leave those as well. */
  readonly groups: readonly string[];
}

export class Guards implements AccessGuards {
  readonly settings: GuardSettings;
  readonly #clock: Clock;
  /** Whether the organizations whose deletion has begun were deleted. */
  readonly #ending = new Map<string, Promise<boolean>>();
  readonly #queues = new Map<string, Promise<unknown>>();
  /** From whom the run has taken access, or is taking it, by organization. */
  readonly #removed = new Map<string, Losers>();
  /** People whom it may remove. */
  readonly #allowed = new Map<string, number>();

  /** Who is an admin by a group, as far as only that matters. */
  #groups: Reach | undefined;

  readonly #say: (line: string) => void;
  /** Organizations without an active admin, which was said. */
  readonly #leaderless = new Set<string>();

  constructor(
    settings: Partial<GuardSettings> = {},
    clock: Clock = systemClock,
    say: (line: string) => void = () => undefined,
  ) {
    this.settings = { ...noGuards, ...settings };
    this.#clock = clock;
    this.#say = say;
  }

  change<T>(api: Api, membership: GuardedMembership, change: AccessChange, write: () => Promise<T>): Promise<T> {
    const { organizationId, active } = membership;
    if (this.#watches(change)) {
      return this.#inTurn(organizationId, () =>
        this.#guarded(api, membership, change, (target, admin) =>
          target && admin ? this.#recounted(api, target, admin.groups, write) : write(),
        ),
      );
    }
    // A roster of the same organization may have a guard of its own, which counts all removals of the run.
    return change === "removed" && active ? this.#counted(organizationId, write, [membership.id]) : write();
  }

  async admit(person: Admitted): Promise<void> {
    const allowed = foundDomains(this.settings);
    const found = allowed && (await person.address());
    if (allowed && found !== undefined && isForeign(found, allowed)) {
      throw new Refusal(`Refused: ${foreignerRefused(found, person, allowed, overrides.allowedDomains)}`);
    }
  }

  changeMany<T>(organizationId: string, task: (removedBefore: number) => Promise<T>): Promise<T> {
    return this.#inTurn(organizationId, () => task(this.#removedFrom(organizationId)));
  }

  countRemoved(organizationId: string, people: number, active: number): void {
    this.#allowedFrom(organizationId, active);
    this.#losersOf(organizationId).others += people;
  }

  async lose<T>({ api, reach }: Pick<HookContext, "api" | "reach">, loss: Loss, write: () => Promise<T>): Promise<T> {
    const { group } = loss;
    const guardsAdmins = group !== undefined && this.#guardsAdmins();
    if (!guardsAdmins && !this.#limitsRemovals()) return write();
    const people = this.#limitsRemovals() ? await losersBy(loss) : new Map<string, string[]>();
    const places = new Set([...people.keys(), ...(guardsAdmins ? [group.organizationId] : [])]);
    const guarded = [...places].sort().reduce<() => Promise<T>>(
      (inner, id) => () =>
        this.#inTurn(id, async () => {
          const recount =
            guardsAdmins && id === group.organizationId && (await this.#takesGroupAdmins(api, loss, group));
          const ids = people.get(id) ?? [];
          if (ids.length > 0) this.#assertLossAllowed(loss.what, ids, await reach.members(id));
          const task = () => this.#counted(id, inner, ids, "lost");
          return recount ? this.#recountedGroup(api, loss, group, task) : task();
        }),
      write,
    );
    return guarded();
  }

  /**
   * Whether somebody is an admin by the group and would be none any more.
   * @throws {Refusal} where too few are left by that.
   */
  async #takesGroupAdmins(api: Api, { what }: Loss, group: NonNullable<Loss["group"]>): Promise<boolean> {
    const { organizationId, groupId, members, assignments } = group;
    const { minAdmins } = this.settings;
    const given = (await api.groupRoleAssignments.list({ group_id: groupId }).all().catch(undefinedIfMissing)) ?? [];
    const ends = ({ id }: { readonly id: string }) => assignments?.includes(id) ?? true;
    const makes = given.filter((one) => makesAdmin(one, this.settings));
    if (makes.length === 0 || !makes.every(ends)) return false;
    const now = new Reach(api);
    const [active, byGroup] = await Promise.all([
      now.members(organizationId),
      now.adminsByGroup(organizationId, this.settings),
    ]);
    const admins = active.filter((one) => this.#isAdmin(rolesOf(one)) || byGroup.has(one.id));
    const losing = admins.filter(
      (one) =>
        !this.#isAdmin(rolesOf(one)) &&
        (members?.includes(one.id) ?? true) &&
        byGroup.get(one.id)?.every((id) => id === groupId) === true,
    );
    const left = admins.length - losing.length;
    const [first] = losing;
    if (first && left < minAdmins) {
      throw new Refusal(
        `Refused: ${whereOf(first)} would be left with ${plural(left, "active admin")}, fewer than workos:minAdmins = ${minAdmins}, because ${lowerFirst(what)} takes the admin role from ${named(losing.map(whoOf))}. Promote somebody first: give them the role, and let this resource depend on theirs with dependsOn. To override once, set ${overrides.minAdmins}=1 in the environment.`,
      );
    }
    return losing.length > 0;
  }

  /** Takes what a group gave, counts again, and gives it back where too few admins are left. */
  #recountedGroup<T>(
    api: Api,
    { what }: Loss,
    { organizationId, undo }: NonNullable<Loss["group"]>,
    write: () => Promise<T>,
  ): Promise<T> {
    return thenLook(write, async () => {
      const reason = await tooFewAdmins(api, { organizationId, where: organizationId }, this.settings);
      if (reason === undefined) return;
      if (!undo) throw new Error(`${what} cannot be undone, and ${reason}. ${remedyNow(organizationId)}`);
      await undo().catch((error: unknown) => {
        throw new Error(
          `${what} was carried out, and ${reason}. It could not be undone: ${briefly(error)}. ${remedyNow(organizationId)}`,
        );
      });
      throw new Refusal(
        `Refused: ${reason}. So ${lowerFirst(what)} was undone. Promote somebody first, or override once with ${overrides.minAdmins}=1 in the environment.`,
      );
    });
  }

  #assertLossAllowed(what: string, ids: readonly string[], active: readonly OrganizationMembershipObject[]): void {
    const losing = active.filter(({ id }) => ids.includes(id));
    const [first] = losing;
    if (!first) return;
    const id = first.organization_id;
    const { people: already } = this.#losersOf(id);
    const more = losing.filter((one) => !already.has(one.id));
    const [before, allowed] = [this.#removedFrom(id), this.#allowedFrom(id, active.length)];
    if (more.length === 0 || before + more.length <= allowed) return;
    const so = before > 0 ? `, after ${counted(before)} in this run already` : "";
    throw new Refusal(
      `Refused: ${lowerFirst(what)} would take rights from ${plural(more.length, "person", "people")} of ${whereOf(first)} (${named(more.map(whoOf))})${so}, and a run may take access from ${counted(allowed)} (workos:maxRemovals). If that is meant, override once with ${overrides.maxRemovals}=1 in the environment.`,
    );
  }

  async removeUser<T>(
    api: Api,
    userId: string,
    forced: boolean,
    write: (active?: readonly OrganizationMembershipObject[]) => Promise<T>,
  ): Promise<T> {
    if (!this.#watches("removed") && !this.#demandsForce(forced)) {
      return write();
    }
    const until = this.#clock.now() + graceMs;
    for (;;) {
      try {
        return await this.#removeGuardedUser(api, userId, forced, write);
      } catch (error) {
        if (!(error instanceof Refusal) || this.#clock.now() >= until) {
          throw error;
        }
        await this.#clock.sleep(pollMs);
      }
    }
  }

  async #removeGuardedUser<T>(
    api: Api,
    userId: string,
    forced: boolean,
    write: (active?: readonly OrganizationMembershipObject[]) => Promise<T>,
  ): Promise<T> {
    const all = await listed(api, { user_id: userId, statuses: [...everyStatus] });
    // What ends with its organization is not ended by this.
    const ended = await Promise.all(
      all.map(({ organization_id }) => this.#ending.get(organization_id) ?? Promise.resolve(false)),
    );
    const memberships = all.filter((_, index) => ended[index] !== true);
    if (memberships.length > 0 && this.#demandsForce(forced)) {
      throw new Refusal(
        `Refused: the user ${memberships[0]?.user?.email ?? userId} still has ${memberships.length} ${memberships.length === 1 ? "membership" : "memberships"} (${named(memberships.map(whereOf))}) that would end as well. Remove those first, set forceDestroy: true and run \`pulumi up\`, or override once with ${overrides.forceDestroy}=1.`,
      );
    }
    const losing = memberships.filter(({ status }) => status === "active");
    if (!this.#watches("removed")) return write(losing);
    // In one organization once: a turn that waits for itself would wait for ever.
    const active = new Map(losing.map((one) => [one.organization_id, one] as const));
    const admins: OrganizationMembershipObject[] = [];
    const guarded = [...active.values()]
      .sort((one, other) => one.organization_id.localeCompare(other.organization_id))
      .reduce<() => Promise<T>>(
        (inner, { id, organization_id: organizationId }) =>
          () =>
            this.#inTurn(organizationId, () =>
              this.#guarded(api, { id, organizationId }, "removed", (target, admin) => {
                if (target && admin) admins.push(target);
                return inner();
              }),
            ),
        () =>
          thenLook(
            () => write(losing),
            () => this.#assertAdminsLeft(api, admins),
          ),
      );
    return guarded();
  }

  /** What a user had is not given back by making them anew: it can only be said. */
  async #assertAdminsLeft(api: Api, memberships: readonly OrganizationMembershipObject[]): Promise<void> {
    const reasons = await Promise.all(
      memberships.map(async (one) => {
        const where = whereOf(one);
        const reason = await tooFewAdmins(api, { organizationId: one.organization_id, where }, this.settings);
        return reason === undefined ? [] : [`${whoOf(one)} is deleted, and ${reason}. ${remedyNow(where)}`];
      }),
    );
    const [first, ...others] = reasons.flat();
    if (first !== undefined) {
      throw new Error(["A deleted user cannot be brought back.", first, ...others].join("\n"));
    }
  }

  removeOrganization<T>(
    api: Api,
    organizationId: string,
    forced: boolean,
    write: (active?: readonly OrganizationMembershipObject[]) => Promise<T>,
  ): Promise<T> {
    const removal = this.#inTurn(organizationId, () =>
      this.#removeGuardedOrganization(api, organizationId, forced, write),
    );
    const ended = removal.then(
      () => true,
      () => false,
    );
    this.#ending.set(organizationId, ended);
    return removal;
  }

  async #removeGuardedOrganization<T>(
    api: Api,
    organizationId: string,
    forced: boolean,
    write: (active?: readonly OrganizationMembershipObject[]) => Promise<T>,
  ): Promise<T> {
    const limited = this.#limitsRemovals() && !forced;
    const wanted = this.#demandsForce(forced) || limited;
    const members = await listed(api, { organization_id: organizationId, statuses: ["active", "pending"] }).catch(
      (error: unknown) => {
        // Where nothing is counted, who was in it is only something to be told.
        if (wanted) throw error;
        return undefined;
      },
    );
    const active = members?.filter(({ status }) => status === "active");
    if (this.#demandsForce(forced)) {
      if (members && members.length > 0) {
        throw new Refusal(
          `Refused: ${members[0]?.organization_name ?? "the organization"} (${organizationId}) still has ${members.length} active or pending ${members.length === 1 ? "member" : "members"} (${named(members.map(whoOf))}). Remove them first, set forceDestroy: true and run \`pulumi up\`, or override once with ${overrides.forceDestroy}=1.`,
        );
      }
    }
    if (!active) return write();
    const [removed, allowed] = [this.#removedFrom(organizationId), this.#allowedFrom(organizationId, active.length)];
    if (limited && active.length > 0 && removed + active.length > allowed) {
      const where = oneLine(active[0]?.organization_name ?? organizationId);
      const before = removed > 0 ? ` after ${counted(removed)} in this run already` : "";
      throw new Refusal(
        `Refused: deleting ${where} would take access from ${peopleIn(active, this.settings)}${before}, and a run may remove ${counted(allowed)} (workos:maxRemovals). If all of them are meant to go, set forceDestroy: true and run \`pulumi up\` before, or override once with ${overrides.maxRemovals}=1 in the environment.`,
      );
    }
    return this.#counted(
      organizationId,
      () => write(active),
      active.map(({ id }) => id),
    );
  }

  #limitsRemovals(): boolean {
    const { maxRemovals, overridden } = this.settings;
    return maxRemovals !== undefined && !overridden.has("maxRemovals");
  }

  #demandsForce(forced: boolean): boolean {
    return this.settings.requireForceDestroy && !forced && !this.settings.overridden.has("forceDestroy");
  }

  #guardsAdmins(): boolean {
    const { minAdmins, overridden } = this.settings;
    return minAdmins > 0 && !overridden.has("minAdmins");
  }

  #watches(change: AccessChange): boolean {
    return this.#guardsAdmins() || (change === "removed" && this.#limitsRemovals());
  }

  /** @param write is given the membership as it is now, where it gives access, and whether it takes an admin. */
  async #guarded<T>(
    api: Api,
    { id, organizationId }: Pick<GuardedMembership, "id" | "organizationId">,
    change: AccessChange,
    write: (target?: OrganizationMembershipObject, admin?: TakenAdmin) => Promise<T>,
  ): Promise<T> {
    const active = await listed(api, { organization_id: organizationId, statuses: ["active"] });
    const target = active.find((one) => one.id === id);
    // Who is not active has no access to lose, and counts neither as an admin nor as a removal.
    if (!target) return write();
    const admin = this.#guardsAdmins() ? await this.#assertAdminsStay(api, target, active, change) : undefined;
    if (change !== "removed") return write(target, admin);
    this.#assertRemovalsLeft(target, active);
    return this.#counted(organizationId, () => write(target, admin), [target.id]);
  }

  /** Counts people while something is taken from them, and for good unless that fails. */
  async #counted<T>(
    organizationId: string,
    write: () => Promise<T>,
    ids: readonly string[],
    how: "removed" | "lost" = "removed",
  ): Promise<T> {
    const losers = this.#losersOf(organizationId);
    const more = ids.filter((id) => !losers.people.has(id));
    for (const id of more) losers.people.add(id);
    losers.stayed ||= how === "lost" && more.length > 0;
    try {
      return await write();
    } catch (error) {
      for (const id of more) losers.people.delete(id);
      throw error;
    }
  }

  /** Takes an admin, counts again, and gives back what was taken where too few are left. */
  #recounted<T>(
    api: Api,
    target: OrganizationMembershipObject,
    groups: readonly string[],
    write: () => Promise<T>,
  ): Promise<T> {
    const { user_id: userId, organization_id: organizationId } = target;
    const loser = { who: whoOf(target), where: whereOf(target) };
    const roles = rolesOf(target);
    return thenLook(write, async () => {
      const reason = await tooFewAdmins(api, { organizationId, where: loser.where }, this.settings);
      if (reason === undefined) return;
      await giveBack(api, this.#clock, { userId, organizationId, roles, groups }).catch((error: unknown) => {
        throw new Error(notTakenBack(reason, loser, briefly(error)));
      });
      throw new Refusal(
        `${takenBack(reason, loser, roles)} Promote somebody first, or override once with ${overrides.minAdmins}=1 in the environment.`,
      );
    });
  }

  /**
   * The admin whom a change takes, if it takes one. Groups are asked only where the admins by a membership would be too
   * few, or where the target may be one by a group.
   * @throws {Refusal} where too few are left by that, or where that cannot be counted.
   */
  async #assertAdminsStay(
    api: Api,
    target: OrganizationMembershipObject,
    active: readonly OrganizationMembershipObject[],
    change: AccessChange,
  ): Promise<TakenAdmin | undefined> {
    const { minAdmins } = this.settings;
    if (change !== "removed" && this.#isAdmin(change.roles)) return undefined;
    const others = active.filter((one) => one.id !== target.id && this.#isAdmin(rolesOf(one))).length;
    const wasDirect = this.#isAdmin(rolesOf(target));
    const { organization_id: id } = target;
    if (others >= minAdmins) {
      // Enough are left without anybody's group. It is counted again afterwards all the same where this takes an admin.
      if (!wasDirect && change === "removed" && !(await this.#mayBeAdminByGroup(api, target))) return undefined;
      return change === "removed" ? { groups: await groupsOf(api, target) } : wasDirect ? { groups: [] } : undefined;
    }
    const byGroup = await new Reach(api).adminsByGroup(id, this.settings).catch((error: unknown) => {
      throw new Refusal(
        `Refused: how many admins ${whereOf(target)} has by its groups could not be counted (${briefly(error)}), and it must keep ${minAdmins} (workos:minAdmins). Try again, or override once with ${overrides.minAdmins}=1 in the environment.`,
      );
    });
    const isAdminNow = (one: OrganizationMembershipObject) => this.#isAdmin(rolesOf(one)) || byGroup.has(one.id);
    this.#tellWhereNobodyIsAdmin(target, active.some(isAdminNow));
    const staysByGroup = change !== "removed" && byGroup.has(target.id);
    if (!isAdminNow(target) || staysByGroup) return undefined;
    const left = active.filter((one) => one.id !== target.id && isAdminNow(one)).length;
    if (left < minAdmins) {
      throw new Refusal(
        `Refused: ${whereOf(target)} would be left with ${left} active ${left === 1 ? "admin" : "admins"}, fewer than workos:minAdmins = ${minAdmins}, because ${whoOf(target)} would ${change === "removed" ? "lose access" : "lose the admin role"}. Promote somebody first: give them the role, and let this resource depend on theirs with dependsOn. To override once, set ${overrides.minAdmins}=1 in the environment.`,
      );
    }
    return { groups: change === "removed" ? await groupsOf(api, target) : [] };
  }

  /** As the run has found it when it first asked: once for an organization, whoever is removed from it. */
  async #mayBeAdminByGroup(api: Api, { id, organization_id }: OrganizationMembershipObject): Promise<boolean> {
    this.#groups ??= new Reach(api);
    const admins = await this.#groups.adminsByGroup(organization_id, this.settings).catch(() => undefined);
    return admins?.has(id) ?? true;
  }

  /** A misspelt role in `adminRoles` would make of everybody somebody who may go. */
  #tellWhereNobodyIsAdmin(target: OrganizationMembershipObject, somebody: boolean): void {
    const { organization_id: id } = target;
    if (somebody || this.#leaderless.has(id)) return;
    this.#leaderless.add(id);
    this.#say(nobodyIsAdmin(whereOf(target), "workos:minAdmins", this.settings.adminRoles));
  }

  #assertRemovalsLeft(target: OrganizationMembershipObject, active: readonly OrganizationMembershipObject[]): void {
    const { maxRemovals, overridden } = this.settings;
    if (!maxRemovals || overridden.has("maxRemovals")) {
      return;
    }
    const { organization_id: id } = target;
    const { people, stayed } = this.#losersOf(id);
    if (people.has(target.id)) return;
    const [removed, allowed] = [this.#removedFrom(id), this.#allowedFrom(id, active.length)];
    if (removed >= allowed) {
      const so = stayed
        ? `this run has taken access from ${removed} people of ${whereOf(target)} and may take it from ${allowed} by workos:maxRemovals`
        : `this run has removed ${removed} of the ${allowed} people it may remove from ${whereOf(target)} by workos:maxRemovals`;
      throw new Refusal(
        `Refused: ${so}, and ${whoOf(target)} would be one more. If all of them are meant to go, override once with ${overrides.maxRemovals}=1 in the environment.`,
      );
    }
  }

  #removedFrom(organizationId: string): number {
    const { people, others } = this.#losersOf(organizationId);
    return people.size + others;
  }

  #losersOf(organizationId: string): Losers {
    const known = this.#removed.get(organizationId) ?? { people: new Set<string>(), others: 0, stayed: false };
    this.#removed.set(organizationId, known);
    return known;
  }

  /** The share is of those who were active at the run's first removal, so that it does not shrink as it is used. */
  #allowedFrom(organizationId: string, active: number): number {
    const allowed = this.#allowed.get(organizationId) ?? allowedRemovals(this.settings.maxRemovals ?? {}, active);
    this.#allowed.set(organizationId, allowed);
    return allowed;
  }

  #isAdmin(roles: readonly string[]): boolean {
    return isAdmin(roles, this.settings);
  }

  /** One guarded write of an organization at a time: what was counted still holds when the write is sent. */
  async #inTurn<T>(organizationId: string, task: () => Promise<T>): Promise<T> {
    const previous = this.#queues.get(organizationId) ?? Promise.resolve();
    const own = previous.then(task, task);
    this.#queues.set(organizationId, own);
    return own;
  }
}

/** Looks once a write is answered, and where its answer was lost, as it may have been carried out. */
async function thenLook<T>(write: () => Promise<T>, look: () => Promise<void>): Promise<T> {
  try {
    const result = await write();
    await look();
    return result;
  } catch (error) {
    if (isWorkosError(error) && error.ambiguous) await look();
    throw error;
  }
}

/** @throws {Refusal} where nobody can be counted. */
async function losersBy(loss: Loss): Promise<ReadonlyMap<string, string[]>> {
  try {
    return new Map([...(await loss.people())].map(([place, ids]) => [place, [...ids]]));
  } catch (error) {
    throw new Refusal(
      `Refused: from whom ${lowerFirst(loss.what)} takes rights could not be counted (${briefly(error)}), and workos:maxRemovals is set. Try again, or override once with ${overrides.maxRemovals}=1 in the environment.`,
    );
  }
}

/** The groups that somebody leaves with the organization, to be put into again; none where nobody can tell. */
async function groupsOf(api: Api, { id }: OrganizationMembershipObject): Promise<string[]> {
  const groups = await api.membershipGroups
    .list({ id })
    .all()
    .catch(() => []);
  return groups.map((one) => one.id);
}

const lowerFirst = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

type Query = Parameters<Api["organizationMemberships"]["list"]>[0];

/** Where the user or the organization is gone, so are the memberships. */
async function listed(api: Api, query: Query): Promise<OrganizationMembershipObject[]> {
  return (await api.organizationMemberships.list(query).all().catch(undefinedIfMissing)) ?? [];
}
