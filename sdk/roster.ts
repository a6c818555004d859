/** `OrganizationRoster` as programs import it. */
import { foldAddress } from "../provider/declare/address";
import { membersAt } from "../provider/roster/expiry";
import type { Member, RosterGuards } from "../provider/roster/roster";
import { idsOf, pendingInvitationsOf, type RosterIds } from "../provider/roster/outputs";
import type { Counts } from "../provider/roster/state";
import { claim, claimPeople } from "./duplicates";
import { declared, Registered } from "./entry";
import { stopped } from "./preconditions";
import * as pulumi from "./pulumi";

export type { RosterIds } from "../provider/roster/outputs";
export type { Counts as RosterCounts } from "../provider/roster/state";
export type { RosterGuards } from "../provider/roster/roster";

/** One person of a roster, under their email address. */
export interface RosterMember extends Omit<Member, "roles" | "groups"> {
  /**
   * Slugs of their roles, in any order: as text, or as `slug` of a role that the program declares, which then comes first.
   * Left out, roles are not managed: whoever is new gets the environment's default.
   */
  readonly roles?: readonly pulumi.Input<string>[];
  /**
   * Groups of the organization that they are in, in any order: each by its name or its id (`group_…`), as text or as the
   * output of a `Group`, which then comes first. Whoever is not a member yet joins them once they are. A group that is
   * taken out of the list is left; those that the roster has never named for them are none of its business. Default: none.
   */
  readonly groups?: readonly pulumi.Input<string>[];
  /**
   * When their access ends: a day (`2027-01-31`, to its end in UTC) or a moment (RFC 3339). Looked at while the program
   * runs, so that the plan shows who leaves; a date in the past is no error.
   */
  readonly expiresAt?: string;
}

export interface OrganizationRosterArgs {
  /** Id of the organization (`org_…`). Another one replaces the roster. */
  readonly organizationId: pulumi.Input<string>;
  /** Everybody who is to have access, by email address. */
  readonly members: pulumi.Input<Readonly<Record<string, pulumi.Input<RosterMember>>>>;
  /**
   * `additive`, the default, leaves people alone whom the program has never named. `authoritative` ends their access too:
   * never when the roster is created or switched, but once a refresh has shown them in the plan.
   */
  readonly mode?: pulumi.Input<"additive" | "authoritative">;
  /** What taking somebody out of `members` does: `deactivate`, the default, suspends them; `delete` ends the membership. */
  readonly onRemove?: pulumi.Input<"deactivate" | "delete">;
  /** What removing the whole roster does: `retain`, the default, leaves all access; `remove` ends it as `onRemove` says. */
  readonly onDestroy?: pulumi.Input<"retain" | "remove">;
  /** Sets the profile of people whose user existed before as well, in the whole environment. Default: `false`. */
  readonly manageProfiles?: pulumi.Input<boolean>;
  /** What a run may never do; looked at before its first write. */
  readonly guards?: pulumi.Input<RosterGuards>;
}

/**
 * Everybody who has access to one organization, as one resource: for a few people and for ten thousand.
 *
 * @adoption Whoever is a member already is taken over, brought to the declared roles, and named in the run's messages.
 * @removal Leaves all access as it is. `onDestroy: "remove"` ends it, as `onRemove` says.
 *
 * @example
 * new workos.OrganizationRoster("acme", {
 *   organizationId: acme.id,
 *   members: { "ann@example.com": { roles: ["admin"] }, "bob@example.com": { roles: ["member"], via: "invitation" } },
 *   guards: { minAdmins: 1 },
 * });
 */
export class OrganizationRoster extends Registered {
  /** Id of the organization. */
  declare readonly organizationId: pulumi.Output<string>;
  /** Name of the organization, as of the last run or refresh. */
  declare readonly organizationName: pulumi.Output<string>;
  /** How many people the organization has, those outside of the roster included. */
  declare readonly counts: pulumi.Output<Counts>;
  /** Who has access without being in an authoritative roster. */
  declare readonly extras: pulumi.Output<readonly string[] | undefined>;
  /** For whom the last run failed, and why; the next one tries again. */
  declare readonly notApplied: pulumi.Output<Readonly<Record<string, string>> | undefined>;
  /** Ids by email address, for everybody who has access or is invited. */
  readonly ids: pulumi.Output<Readonly<Record<string, RosterIds>>>;
  /** Addresses whose invitation is open. */
  readonly pendingInvitations: pulumi.Output<readonly string[]>;

  /** The resource's name, for messages. */
  readonly #name: string;

  constructor(name: string, args: OrganizationRosterArgs, options: pulumi.CustomResourceOptions = {}) {
    const resource = declared(new.target, "OrganizationRoster", name, options);
    const once = claim(resource, [["organizationId"]], { ...args });
    const { organizationId, members } = claimPeople(
      resource,
      args.organizationId,
      pulumi.output(args.members).apply((given) => current(given)),
      namesOf(args.members),
    );
    super(
      resource,
      0,
      {
        organizationName: undefined,
        counts: undefined,
        extras: undefined,
        notApplied: undefined,
        __people: undefined,
        ...args,
        organizationId: pulumi.all([organizationId, once.organizationId]).apply(([id]) => id),
        members,
      },
      { ...args },
    );
    this.#name = name;
    // Kept as one line a person, which these read: the state of ten thousand people stays small.
    const people = (this as unknown as { __people: pulumi.Output<Record<string, string> | undefined> }).__people;
    this.ids = people.apply(idsOf);
    this.pendingInvitations = people.apply(pendingInvitationsOf);
  }

  /**
   * Ids of the memberships of people of this roster, by their addresses, letter case aside: for `GroupMembers`, say. A
   * run in which somebody is not in the roster, or has not joined yet, fails and names them.
   *
   * @example
   * new workos.GroupMembers("finance", {
   *   organizationId: acme.id,
   *   groupId: finance.id,
   *   organizationMembershipIds: people.membershipIds(["ann@example.com", "bob@example.com"]),
   * });
   */
  membershipIds(addresses: readonly string[]): pulumi.Output<string[]> {
    return this.ids.apply((ids) => {
      const byAddress = new Map(
        Object.entries(ids).map(([email, { membershipId }]) => [foldAddress(email), membershipId]),
      );
      return addresses.map((address) => {
        const id = byAddress.get(foldAddress(address));
        if (id !== undefined) return id;
        throw stopped(
          `${address} has no membership by the roster "${this.#name}": put them into it, or take them out of what names them here. Whoever is invited has one once they accept.`,
        );
      });
    });
  }

  /** The same, for one person. */
  membershipId(address: string): pulumi.Output<string> {
    return this.membershipIds([address]).apply(([id = ""]) => id);
  }
}

/** The addresses, as far as the program itself tells them: then mistakes show before anything is known. */
function namesOf(members: unknown): readonly string[] | undefined {
  const plain = typeof members === "object" && members !== null && !pulumi.Output.isInstance(members);
  return plain && !(members instanceof Promise) ? Object.keys(members) : undefined;
}

/** Who is to have access now. */
function current(members: Readonly<Record<string, Member>>): Readonly<Record<string, Member>> {
  try {
    return membersAt(members, Date.now());
  } catch (error) {
    throw stopped((error as Error).message);
  }
}
