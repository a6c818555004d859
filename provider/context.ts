/** What the hooks of a resource are given besides the vendor's API: interfaces only, so that it lies below everything. */
import type { Api, GroupRoleAssignmentObject, OrganizationMembershipObject } from "../api";
import type { Clock } from "../api/clock";
import type { RemovalLimit } from "./removals";

/**
 * Lines that a reviewer must see: who gains, loses or keeps access, and why. Whatever the provider's process prints
 * becomes part of the run's diagnostics, which the engine shows at its end; so they are few.
 */
export interface Messages {
  say(line: string): void;
  /** How far something long has come: shown until the next one, by entries that can do that. */
  status(line: string): void;
  /** Resolves when what was said has had the time to be shown; a process that ends right after its last call loses it. */
  settled(): Promise<void>;
}

/** The guards that an override can pass. */
export type GuardName = "minAdmins" | "maxRemovals" | "forceDestroy" | "environment" | "allowedDomains";

export interface GuardSettings {
  /** Active admins that an organization must keep; 0 for no such guard. */
  readonly minAdmins: number;
  /** Slugs of the roles that make an admin. */
  readonly adminRoles: readonly string[];
  /** People of one organization from whom a run may take access. Default: any. */
  readonly maxRemovals?: RemovalLimit;
  /** Whether organizations and users with members or memberships are deleted only with `forceDestroy`. */
  readonly requireForceDestroy: boolean;
  /** Domains that the addresses of people who get access must be of. Default: any. */
  readonly allowedDomains?: readonly string[];
  /** Guards that this run may pass. */
  readonly overridden: ReadonlySet<GuardName>;
}

/** What is about to happen to a membership: the person leaves or is suspended, or keeps only these roles. */
export type AccessChange = "removed" | { readonly roles: readonly string[] };

/** A membership that is about to change. */
export interface GuardedMembership {
  readonly id: string;
  readonly organizationId: string;
  /** Whether it gives access, as the caller has found it. */
  readonly active: boolean;
}

/** Somebody who is about to get access, or more of it. */
export interface Admitted {
  /** The organization. */
  readonly where?: string;
  /** The address by which the program knows them, where it does. */
  readonly declared?: string;
  /** The address that they have now; asked only where that matters. Nothing where nobody is there. */
  address(): Promise<string | undefined>;
}

/** Who has what, as the vendor's lists tell: each is read once, and shared by whoever asks in the same run. */
export interface AccessReach {
  /** Active members of an organization; nobody where it is gone. */
  members(organizationId: string): Promise<readonly OrganizationMembershipObject[]>;
  /** Who is in a group and active: ids of memberships, with the users whose they are. */
  inGroup(organizationId: string, groupId: string): Promise<ReadonlyMap<string, string>>;
  /**
   * Who has any of these roles, by the id of the organization, by a membership or a group.
   * @param where one organization; every one of the environment where it is left out.
   */
  reached(
    roles: readonly { readonly slug: string; readonly resourceTypeSlug?: string }[],
    where?: { readonly where?: string; readonly most?: number },
  ): Promise<ReachedPeople>;
  /** What a group lets its members do; nothing where it is gone. */
  givenBy(groupId: string): Promise<readonly GroupRoleAssignmentObject[]>;
  /** Who has a permission, by a role of the environment or of an organization's own. */
  havingPermission(permission: string, most?: number): Promise<ReachedPeople>;
  /** Forgets what may be otherwise now. */
  forget(what: ChangedAccess): void;
}

/** Who is reached: users by their memberships, by organization. */
export interface ReachedPeople {
  readonly people: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Organizations that were looked at, where that are not all. */
  readonly lookedAt?: number;
}

/** What a write may change of who has which rights. */
export type ChangedAccess = "everything" | "groups" | "members of groups";

/** Rights that are about to go from people who stay in their organization. */
export interface Loss {
  /** What takes them, as the beginning of a sentence: `Deleting the group Support`. */
  readonly what: string;
  /** Ids of the active memberships that lose something, by organization; asked only where a guard counts. */
  people(): Promise<ReadonlyMap<string, Iterable<string>>>;
  /** The group that gives them, where one does: whoever is an admin by it may be none any more. */
  readonly group?: {
    readonly organizationId: string;
    readonly groupId: string;
    /** Ids of the memberships that leave it. Default: everybody in it. */
    readonly members?: readonly string[];
    /** Ids of the role assignments that end. Default: all of the group. */
    readonly assignments?: readonly string[];
    /** Gives it back; nothing where that is not possible. */
    readonly undo?: () => Promise<unknown>;
  };
}

/**
 * Refusals that protect an organization from a mistake in a program. Each throws before anything is sent, except where
 * another process has taken an admin at the same moment: that shows afterwards, and is undone.
 */
export interface AccessGuards {
  readonly settings: GuardSettings;
  /** Carries out a change of one membership, unless a guard refuses it. */
  change<T>(api: Api, membership: GuardedMembership, change: AccessChange, write: () => Promise<T>): Promise<T>;
  /** Carries out what takes rights from people who stay in the organization, unless a guard refuses it. */
  lose<T>(context: Pick<HookContext, "api" | "reach">, loss: Loss, write: () => Promise<T>): Promise<T>;
  /**
   * Looks at the address of somebody before the first write that gives them access: whoever is declared within the
   * allowed domains may have another address by now.
   * @throws where it is outside.
   */
  admit(person: Admitted): Promise<void>;
  /**
   * Carries out what a roster does to an organization, while no single membership of it is changed: what either counts
   * still holds when it writes.
   * @param task is told how many people this run has removed from the organization already.
   */
  changeMany<T>(organizationId: string, task: (removedBefore: number) => Promise<T>): Promise<T>;
  /** Counts people whom a roster has removed, of so many active members before. */
  countRemoved(organizationId: string, people: number, active: number): void;
  /**
   * Deletes a user, which ends all memberships at once, unless a guard refuses it for one of them.
   * @param write is told what the user is about to lose, where a guard has looked.
   */
  removeUser<T>(
    api: Api,
    userId: string,
    forced: boolean,
    write: (active?: readonly OrganizationMembershipObject[]) => Promise<T>,
  ): Promise<T>;
  /**
   * Deletes an organization, unless more people are in it than may go and nothing says that they are meant too.
   * @param write is told who is about to lose access by it, where that could be read.
   */
  removeOrganization<T>(
    api: Api,
    organizationId: string,
    forced: boolean,
    write: (active?: readonly OrganizationMembershipObject[]) => Promise<T>,
  ): Promise<T>;
}

/** What tells whether an invitation was mailed since. */
export interface MailMark {
  readonly token: string;
  readonly expiresAt: string;
}

export interface Mails {
  /**
   * Whether an earlier process of this stack mailed the invitation again, and nobody recorded that.
   * @param resend the declared value for which it was to be mailed.
   */
  sentBefore(id: string, resend: string, now: MailMark): Promise<boolean>;
  begin(id: string, resend: string, before: MailMark): void;
  /** The engine is told of it, or nothing was mailed. */
  settled(id: string, resend: string): void;
}

export interface HookContext {
  readonly api: Api;
  readonly clock: Clock;
  readonly messages: Messages;
  readonly guards: AccessGuards;
  readonly reach: AccessReach;
  readonly creates: {
    /** Whether this run has made the object: what it takes away again is nothing that anybody had before. */
    made(id: string): boolean;
    /** What was there before and this run has taken over. */
    readonly takenOver: ReadonlySet<string>;
  };
  /** Who was said to keep access in this run, by the id of the organization and of the user on which that hangs. */
  readonly keeping: Map<string, readonly string[]>;
  /** What was recorded of invitations before this run refreshed them, by their ids: a mail may have gone out since. */
  readonly refreshed: Map<string, MailMark>;
  /** Mails that are sent again. A process can die between the vendor's answer and the engine's record of it. */
  readonly mails: Mails;
  /** The inputs by which objects are about to be replaced in this run, by the id of the old one. */
  readonly replacing: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** The key this provider itself works with. */
  readonly apiKey?: string;
}
