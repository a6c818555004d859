/** What a roster is: who is to have which access to one organization, as a program declares it. */

/** How somebody gets in: by a membership at once, or by an invitation that is mailed to them. */
export type Via = "membership" | "invitation";

/** Facts about a person that hold everywhere in the environment, not in this organization alone. */
export interface Profile {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly externalId?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export const profileFields = ["firstName", "lastName", "externalId", "metadata"] as const;

/** One person, under their email address. */
export interface Member extends Profile {
  readonly roles?: readonly string[];
  readonly status?: "active" | "inactive";
  readonly via?: Via;
}

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
