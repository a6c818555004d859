/** What the hooks of a resource are given besides the vendor's API: interfaces only, so that it lies below everything. */
import type { Api, OrganizationMembershipObject } from "../api";
import type { Clock } from "../api/clock";
import type { RemovalLimit } from "./removals";

/**
 * Lines that a reviewer must see: who gains, loses or keeps access, and why. Whatever the provider's process prints
 * becomes part of the run's diagnostics, which the engine shows at its end; so they are few.
 */
export interface Messages {
  say(line: string): void;
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
  /** People of one organization that a run may remove. Default: any. */
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

/**
 * Refusals that protect an organization from a mistake in a program. Each throws before anything is sent, except where
 * another process has taken an admin at the same moment: that shows afterwards, and is undone.
 */
export interface AccessGuards {
  readonly settings: GuardSettings;
  /** Carries out a change of one membership, unless a guard refuses it. */
  change<T>(api: Api, membership: GuardedMembership, change: AccessChange, write: () => Promise<T>): Promise<T>;
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
