/** An organization's people as WorkOS has them: every membership in any status, and the invitations that are open. */
import type { Api, InvitationObject, OrganizationMembershipObject, UserObject } from "../../api";
import { foldAddress } from "../declare/address";
import { everyStatus, rolesOf, standardSends } from "../people";
import { type FoundGroups, Groups } from "./current-groups";
import { profileFields, type Profile } from "./roster";

/** `expired`: was invited, and has to be invited again; `stale`: was invited too often for that. */
export type Status = "active" | "inactive" | "pending" | "expired" | "stale";

/** One person, as little of it as planning needs: there may be many thousands. */
export interface Person {
  readonly email: string;
  readonly userId?: string;
  readonly membershipId?: string;
  /** The open invitation. */
  readonly invitationId?: string;
  readonly status: Status;
  readonly roles: readonly string[];
  readonly directoryManaged?: boolean;
  readonly profile?: Profile;
  /** Ids of those groups that a roster names and they are in. */
  readonly groups?: readonly string[];
}

export class Live {
  readonly #byEmail = new Map<string, Person>();
  readonly #byUser = new Map<string, Person>();

  constructor(
    people: Iterable<Person>,
    /** Name of the organization. */
    readonly where: string,
    /** Groups of the organization, where any are named. */
    readonly groups: Groups = new Groups([]),
  ) {
    for (const person of people) {
      this.#byEmail.set(foldAddress(person.email), person);
      if (person.userId !== undefined) {
        this.#byUser.set(person.userId, person);
      }
    }
  }

  byEmail(email: string): Person | undefined {
    return this.#byEmail.get(foldAddress(email));
  }

  byUser(userId: string | undefined): Person | undefined {
    return userId === undefined ? undefined : this.#byUser.get(userId);
  }

  get people(): Iterable<Person> {
    return this.#byEmail.values();
  }

  /** The same with the groups that people are in. */
  within(found: FoundGroups | undefined): Live {
    if (!found) return this;
    const { groups, members } = found;
    const all = [...this.people].map((person): Person => {
      const { membershipId } = person;
      const own = membershipId === undefined ? [] : [...members].filter(([, ids]) => ids.has(membershipId));
      return own.length > 0 ? { ...person, groups: own.map(([id]) => id) } : person;
    });
    return new Live(all, this.where, groups);
  }
}

/** The open invitation of an address, and how many of its invitations have expired. */
interface Invited {
  open?: InvitationObject;
  expired: number;
  role: string | null;
}

/**
 * Reads the organization page by page and keeps no page.
 * @param wantsProfile whose profile is kept: most programs say nothing of most people's.
 * @param onPerson called for every membership that is read, for whoever shows how far the reading is.
 * @throws a `WorkosError` of kind `not_found` when there is no such organization.
 */
export async function readLive(
  api: Api,
  organizationId: string,
  wantsProfile: (userId: string, email: string) => boolean,
  onPerson: () => void = () => undefined,
): Promise<Live> {
  const people = new Map<string, Person>();
  let where: string | undefined;
  let users: ReadonlyMap<string, UserObject> | undefined;
  const invited = await readInvited(api, organizationId);
  const list = api.organizationMemberships.list({ organization_id: organizationId, statuses: [...everyStatus] });
  for await (const membership of list) {
    onPerson();
    where = membership.organization_name ?? where;
    // The specification embeds the user in every membership; an edition that leaves it out costs one more list.
    users ??= membership.user ? undefined : await readUsers(api, organizationId);
    const user = membership.user ?? users?.get(membership.user_id);
    const person = personOf(membership, user, wantsProfile);
    const email = foldAddress(person.email);
    people.set(email, withInvitation(person, invited.get(email)));
    invited.delete(email);
  }
  for (const [email, invitation] of invited) {
    const status = statusOf(invitation);
    if (status) {
      const roles = invitation.role === null ? [] : [invitation.role];
      people.set(email, { email: invitation.open?.email ?? email, status, roles, invitationId: invitation.open?.id });
    }
  }
  where ??= (await api.organizations.get({ id: organizationId })).name;
  return new Live(people.values(), where);
}

/** The people, and which groups they are in; what keeps one from reading the people is what is said first. */
export async function peopleInGroups(people: Promise<Live>, found: Promise<FoundGroups | undefined>): Promise<Live> {
  // Looked at only once the organization is known to be there.
  found.catch(() => undefined);
  const live = await people;
  return live.within(await found);
}

export function personOf(
  membership: OrganizationMembershipObject,
  user: UserObject | undefined = membership.user,
  wantsProfile: (userId: string, email: string) => boolean = () => false,
): Person {
  const { id, user_id: userId, status, directory_managed: directoryManaged } = membership;
  const email = user?.email ?? userId;
  return {
    email,
    userId,
    membershipId: id,
    status,
    roles: rolesOf(membership),
    ...(directoryManaged ? { directoryManaged } : {}),
    ...(user && wantsProfile(userId, email) ? { profile: profileOfUser(user) } : {}),
  };
}

export function profileOfUser(user: UserObject): Profile {
  const values = {
    firstName: user.first_name ?? undefined,
    lastName: user.last_name ?? undefined,
    externalId: user.external_id ?? undefined,
    metadata: user.metadata,
  };
  return Object.fromEntries(profileFields.map((field) => [field, values[field]]));
}

/** A pending membership waits for an invitation to be accepted, and means nothing once that has expired. */
function withInvitation(person: Person, invited: Invited | undefined): Person {
  if (person.status !== "pending" || !invited) {
    return person;
  }
  return { ...person, status: statusOf(invited) ?? "pending", invitationId: invited.open?.id };
}

function statusOf({ open, expired }: Invited): Status | undefined {
  if (open) return "pending";
  return expired >= standardSends ? "stale" : expired > 0 ? "expired" : undefined;
}

async function readInvited(api: Api, organizationId: string): Promise<Map<string, Invited>> {
  const all = new Map<string, Invited>();
  for await (const invitation of api.invitations.list({ organization_id: organizationId })) {
    if (invitation.state !== "pending" && invitation.state !== "expired") continue;
    const email = foldAddress(invitation.email);
    const known = all.get(email) ?? { expired: 0, role: invitation.role_slug };
    if (invitation.state === "expired") known.expired++;
    else known.open = invitation;
    all.set(email, known);
  }
  return all;
}

async function readUsers(api: Api, organizationId: string): Promise<Map<string, UserObject>> {
  const users = new Map<string, UserObject>();
  for await (const user of api.users.list({ organization_id: organizationId })) {
    users.set(user.id, user);
  }
  return users;
}
