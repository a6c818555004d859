/** What a roster is: who is to have which access to one organization, as a program declares it. */

import { limits } from "../../api/schemas/limits";
import { externalId, listOf, metadata, oneOf, type Shape, slug, someOf, text } from "../declare/shapes";

/** Facts about a person that hold everywhere in the environment, not in this organization alone. */
export interface Profile {
  /** Given name. Like all of the profile, set only on users that the roster creates, unless `manageProfiles` is on. */
  readonly firstName?: string;
  /** Family name. */
  readonly lastName?: string;
  /** The person's id in your own system: unique in the environment, at most 128 ASCII characters. */
  readonly externalId?: string;
  /** Your own data about the person; the declared map is the whole map. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export const profileFields = ["firstName", "lastName", "externalId", "metadata"] as const;

/** One person, under their email address. */
export interface Member extends Profile {
  /** Slugs of their roles, in any order. Left out, roles are not managed: whoever is new gets the environment's default. */
  readonly roles?: readonly string[];
  /**
   * Groups of the organization that they are in, each by its name or its id (`group_…`), in any order. Whoever is not a
   * member yet joins them once they are. A group that is taken out of the list is left; those that the roster has never
   * named are none of its business. Default: none.
   */
  readonly groups?: readonly string[];
  /** `inactive` suspends them and keeps their roles. Default: `active`. */
  readonly status?: "active" | "inactive";
  /**
   * How they get in: `membership`, the default, at once and without a mail, the user being created where there is none;
   * `invitation` by a mail, and with access once they accept it. An expired invitation is sent again, three times at most.
   */
  readonly via?: "membership" | "invitation";
  /**
   * When their access ends: a day or a moment. Whoever declares it takes them out by then; here it is only kept, so that
   * a plan can say it.
   */
  readonly expiresAt?: string;
}

export type Via = NonNullable<Member["via"]>;

/** What each of these may be: in a program, and in a roster file. */
export const memberShapes = {
  roles: someOf(slug(), "role"),
  groups: listOf(text({ max: limits.group.name }), "group"),
  firstName: text(),
  lastName: text(),
  externalId: externalId(),
  metadata: metadata(),
  status: oneOf(["active", "inactive"]),
  via: oneOf(["membership", "invitation"]),
  expiresAt: text({ max: 64 }),
} satisfies { readonly [Name in keyof Member]-?: Shape<NonNullable<Member[Name]>> };

/** What a run may never do; looked at before its first write. */
export interface RosterGuards {
  /** Active admins that the organization must keep. Default: the setting `workos:minAdmins`. */
  readonly minAdmins?: number;
  /** Addresses of people who must stay admins. */
  readonly requiredAdmins?: readonly string[];
  /**
   * How many people may lose access in a run: in `people`, and as a `fraction` of the active members, rounded up; both
   * hold. Default: the setting `workos:maxRemovals`, else 10 people and 0.1.
   */
  readonly maxRemovals?: { readonly people?: number; readonly fraction?: number };
}

export type Mode = "additive" | "authoritative";
export type OnRemove = "deactivate" | "delete";

/** What a program may say of the roster besides its people. */
export interface Options {
  readonly mode?: Mode;
  readonly onRemove?: OnRemove;
  readonly onDestroy?: "retain" | "remove";
  readonly manageProfiles?: boolean;
  readonly guards?: RosterGuards;
}

export const optionNames = ["mode", "onRemove", "onDestroy", "manageProfiles", "guards"] as const;

export interface Roster extends Options {
  readonly organizationId: string;
  readonly members: Readonly<Record<string, Member>>;
}

export function profileOf(member: Member): Profile | undefined {
  const given = profileFields.filter((field) => member[field] !== undefined);
  return given.length > 0 ? Object.fromEntries(given.map((field) => [field, member[field]])) : undefined;
}
