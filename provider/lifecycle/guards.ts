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
import type { AccessChange, AccessGuards, Admitted, GuardedMembership, GuardName, GuardSettings } from "../context";
import { allowedRemovals } from "../removals";
import { counted, named, oneLine } from "../wording";
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

export class Guards implements AccessGuards {
  readonly settings: GuardSettings;
  readonly #clock: Clock;
  /** Whether the organizations whose deletion has begun were deleted. */
  readonly #ending = new Map<string, Promise<boolean>>();
  readonly #queues = new Map<string, Promise<unknown>>();
  /** People whom the run has removed, or is removing, by organization. */
  readonly #removed = new Map<string, number>();
  /** People whom it may remove. */
  readonly #allowed = new Map<string, number>();

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
        this.#guarded(api, membership, change, (target) =>
          target && this.#takesAdmin(target, change) ? this.#recounted(api, target, write) : write(),
        ),
      );
    }
    // A roster of the same organization may have a guard of its own, which counts all removals of the run.
    return change === "removed" && active ? this.#counted(organizationId, write) : write();
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
    this.#removed.set(organizationId, this.#removedFrom(organizationId) + people);
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
    const admins = [...active.values()].filter((one) => this.#takesAdmin(one, "removed"));
    const guarded = [...active.values()]
      .sort((one, other) => one.organization_id.localeCompare(other.organization_id))
      .reduce<() => Promise<T>>(
        (inner, { id, organization_id: organizationId }) =>
          () =>
            this.#inTurn(organizationId, () => this.#guarded(api, { id, organizationId }, "removed", inner)),
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
    return this.#counted(organizationId, () => write(active), active.length);
  }

  #limitsRemovals(): boolean {
    const { maxRemovals, overridden } = this.settings;
    return maxRemovals !== undefined && !overridden.has("maxRemovals");
  }

  #demandsForce(forced: boolean): boolean {
    return this.settings.requireForceDestroy && !forced && !this.settings.overridden.has("forceDestroy");
  }

  #watches(change: AccessChange): boolean {
    const { minAdmins, overridden } = this.settings;
    return (minAdmins > 0 && !overridden.has("minAdmins")) || (change === "removed" && this.#limitsRemovals());
  }

  /** @param write is given the membership as it is now, where it gives access. */
  async #guarded<T>(
    api: Api,
    { id, organizationId }: Pick<GuardedMembership, "id" | "organizationId">,
    change: AccessChange,
    write: (target?: OrganizationMembershipObject) => Promise<T>,
  ): Promise<T> {
    const active = await listed(api, { organization_id: organizationId, statuses: ["active"] });
    const target = active.find((one) => one.id === id);
    // Who is not active has no access to lose, and counts neither as an admin nor as a removal.
    if (!target) return write();
    this.#assertAdminsStay(target, active, change);
    if (change !== "removed") return write(target);
    this.#assertRemovalsLeft(target, active);
    return this.#counted(organizationId, () => write(target));
  }

  /** Counts people as removed while that is under way, and for good unless it fails. */
  async #counted<T>(organizationId: string, write: () => Promise<T>, people = 1): Promise<T> {
    const count = (more: number) => this.#removed.set(organizationId, this.#removedFrom(organizationId) + more);
    count(people);
    try {
      return await write();
    } catch (error) {
      count(-people);
      throw error;
    }
  }

  /** Whether a change takes the rights of an admin from somebody active, where that matters. */
  #takesAdmin(target: OrganizationMembershipObject, change: AccessChange): boolean {
    const { minAdmins, overridden } = this.settings;
    const staysAdmin = change !== "removed" && this.#isAdmin(change.roles);
    return minAdmins > 0 && !overridden.has("minAdmins") && !staysAdmin && this.#isAdmin(rolesOf(target));
  }

  /** Takes an admin, counts again, and gives back what was taken where too few are left. */
  #recounted<T>(api: Api, target: OrganizationMembershipObject, write: () => Promise<T>): Promise<T> {
    const { user_id: userId, organization_id: organizationId } = target;
    const loser = { who: whoOf(target), where: whereOf(target) };
    const roles = rolesOf(target);
    return thenLook(write, async () => {
      const reason = await tooFewAdmins(api, { organizationId, where: loser.where }, this.settings);
      if (reason === undefined) return;
      await giveBack(api, this.#clock, { userId, organizationId, roles }).catch((error: unknown) => {
        throw new Error(notTakenBack(reason, loser, briefly(error)));
      });
      throw new Refusal(
        `${takenBack(reason, loser, roles)} Promote somebody first, or override once with ${overrides.minAdmins}=1 in the environment.`,
      );
    });
  }

  #assertAdminsStay(
    target: OrganizationMembershipObject,
    active: readonly OrganizationMembershipObject[],
    change: AccessChange,
  ): void {
    const { minAdmins } = this.settings;
    this.#tellWhereNobodyIsAdmin(target, active);
    if (!this.#takesAdmin(target, change)) {
      return;
    }
    const left = active.filter((member) => this.#isAdmin(rolesOf(member))).length - 1;
    if (left < minAdmins) {
      throw new Refusal(
        `Refused: ${whereOf(target)} would be left with ${left} active ${left === 1 ? "admin" : "admins"}, fewer than workos:minAdmins = ${minAdmins}, because ${whoOf(target)} would ${change === "removed" ? "lose access" : "lose the admin role"}. Promote somebody first: give them the role, and let this resource depend on theirs with dependsOn. To override once, set ${overrides.minAdmins}=1 in the environment.`,
      );
    }
  }

  /** A misspelt role in `adminRoles` would make of everybody somebody who may go. */
  #tellWhereNobodyIsAdmin(target: OrganizationMembershipObject, active: readonly OrganizationMembershipObject[]): void {
    const { minAdmins, adminRoles, overridden } = this.settings;
    const { organization_id: id } = target;
    if (minAdmins === 0 || overridden.has("minAdmins") || this.#leaderless.has(id)) return;
    if (active.some((member) => this.#isAdmin(rolesOf(member)))) return;
    this.#leaderless.add(id);
    this.#say(nobodyIsAdmin(whereOf(target), "workos:minAdmins", adminRoles));
  }

  #assertRemovalsLeft(target: OrganizationMembershipObject, active: readonly OrganizationMembershipObject[]): void {
    const { maxRemovals, overridden } = this.settings;
    if (!maxRemovals || overridden.has("maxRemovals")) {
      return;
    }
    const { organization_id: id } = target;
    const [removed, allowed] = [this.#removedFrom(id), this.#allowedFrom(id, active.length)];
    if (removed >= allowed) {
      throw new Refusal(
        `Refused: this run has removed ${removed} of the ${allowed} people it may remove from ${whereOf(target)} by workos:maxRemovals, and ${whoOf(target)} would be one more. If all of them are meant to go, override once with ${overrides.maxRemovals}=1 in the environment.`,
      );
    }
  }

  #removedFrom(organizationId: string): number {
    return this.#removed.get(organizationId) ?? 0;
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

type Query = Parameters<Api["organizationMemberships"]["list"]>[0];

/** Where the user or the organization is gone, so are the memberships. */
async function listed(api: Api, query: Query): Promise<OrganizationMembershipObject[]> {
  return (await api.organizationMemberships.list(query).all().catch(undefinedIfMissing)) ?? [];
}
