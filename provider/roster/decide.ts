/** What has to be done for one declared person. */
import type { Person } from "./current-people";
import type { Change, Note, Situation, Step } from "./change";
import { effectOf } from "./effects";
import { canJoin, joins, leaves } from "./group-steps";
import { profileUpdate } from "./profile";
import { foldAddress } from "../declare/address";
import { sameRoles } from "../people";
import { type Member, profileOf } from "./roster";
import type { Entry } from "./state";

export interface Decided {
  readonly change?: Change;
  readonly notes: readonly Note[];
}

interface Case {
  readonly email: string;
  readonly member: Member;
  readonly person: Person | undefined;
  readonly entry: Entry | undefined;
  readonly situation: Situation;
}

export function decide(given: Case): Decided {
  const { email, member, entry } = given;
  const { change, notes } = accessOf(given);
  const ends =
    member.expiresAt === entry?.expiresAt ? [] : [{ reason: "ends", email, now: member.expiresAt ?? "never" } as const];
  return { change, notes: [...notes, ...ends, ...joinsLater(given, change)] };
}

/** Whoever is invited joins their groups once they are a member, which a refresh finds. */
function joinsLater({ email, member, person, entry }: Case, change: Change | undefined): Note[] {
  const waits = person ? !canJoin(person) : change?.steps.some((step) => step.do === "invite");
  const enrolled = change?.steps.some((step) => step.do === "enrol");
  const fresh = (member.groups ?? []).some((group) => !entry?.groups?.includes(group));
  return waits && !enrolled && fresh ? [{ reason: "joins later", email }] : [];
}

function accessOf(given: Case): Decided {
  const { person, email, member } = given;
  const invited = member.via === "invitation";
  if (!person) {
    return comes(given, invited ? { do: "invite", member } : { do: "enrol", member });
  }
  if (person.status === "stale" && invited) {
    return { notes: [{ reason: "stale", email }] };
  }
  if (person.status === "expired" || person.status === "stale") {
    return comes(given, invited ? { do: "invite", member } : { do: "enrol", member, dead: person.membershipId });
  }
  if (person.directoryManaged) {
    const differs =
      !rolesHold(member, person) ||
      (person.status === "inactive") !== (member.status === "inactive") ||
      joins(member, person, given.situation.live.groups).length > 0;
    return { notes: [...notesOn(given, person), ...(differs ? [{ reason: "directory", email } as const] : [])] };
  }
  return stays(given, person);
}

function comes({ email, member, person, situation }: Case, step: Step): Decided {
  const suspended = member.status === "inactive";
  const givesAdmin = !suspended && situation.isAdmin(member.roles ?? []);
  const steps = [step, ...(step.do === "enrol" ? joins(member, undefined, situation.live.groups) : [])];
  const effect = effectOf({ steps, givesAdmin, comes: true });
  const change = { email, effect, steps, person, member, givesAdmin, takesAdmin: false, removes: false };
  return { change, notes: [] };
}

function stays(given: Case, person: Person): Decided {
  const { email, member, entry, situation } = given;
  const { membershipId, status, invitationId } = person;
  const suspend = member.status === "inactive";
  const notes = [...notesOn(given, person)];
  const steps: Step[] = [];
  if (!rolesHold(member, person)) {
    if (membershipId !== undefined) steps.push({ do: "roles", membershipId, roles: member.roles ?? [] });
    else steps.push({ do: "invite", member, revoke: invitationId });
  }
  if (status === "inactive" && !suspend && membershipId !== undefined) steps.push({ do: "reactivate", membershipId });
  if (status === "active" && suspend && membershipId !== undefined) steps.push({ do: "deactivate", membershipId });
  if (status === "pending" && suspend) notes.push({ reason: "waiting", email });
  if (canJoin(person)) {
    const { groups } = situation.live;
    steps.push(...joins(member, person, groups), ...leaves(member, person, entry, groups));
  }
  const declared = profileOf(member);
  if (declared && person.userId !== undefined) {
    const managed = isManaged(situation, entry, person);
    const update = managed ? profileUpdate(declared, person.profile) : undefined;
    if (update) steps.push({ do: "profile", userId: person.userId, profile: update });
    if (!managed && !entry?.profile) notes.push({ reason: "profile", email });
  }
  return steps.length === 0 ? { notes } : { change: { ...changeOf(given, person, steps), steps }, notes };
}

/** The profile holds in the whole environment: a roster sets it on the users that it made, or when told to. */
export function isManaged(
  { manageProfiles }: Pick<Situation, "manageProfiles">,
  entry: Entry | undefined,
  person: Pick<Person, "userId">,
): boolean {
  return manageProfiles || (entry?.created === true && entry.userId === person.userId);
}

function changeOf({ email, member, situation }: Case, person: Person, steps: readonly Step[]): Omit<Change, "steps"> {
  const { isAdmin } = situation;
  const active = person.status === "active";
  const wasAdmin = isAdmin(person.roles) && active;
  const willBe = isAdmin(member.roles ?? person.roles) && member.status !== "inactive";
  const removes = steps.some((step) => step.do === "deactivate");
  const takesAdmin = wasAdmin && !willBe;
  const givesAdmin = willBe && !wasAdmin && (person.status !== "pending" || !isAdmin(person.roles));
  const effect = effectOf({ steps, givesAdmin, takesAdmin, removes });
  return { email, effect, person, member, givesAdmin, takesAdmin, removes };
}

/** Roles that the program leaves out are not managed. An invitation without a membership carries one role. */
function rolesHold({ roles }: Member, person: Person): boolean {
  if (!roles) return true;
  return person.membershipId === undefined && person.status === "pending"
    ? roles[0] === person.roles[0]
    : sameRoles(roles, person.roles);
}

function notesOn({ email, entry }: Case, person: Person): Note[] {
  const notes: Note[] = [];
  if (!entry || entry.status === "missing" || entry.extra) {
    notes.push({ reason: "adopted", email });
  }
  if (foldAddress(person.email) !== foldAddress(email)) {
    notes.push({ reason: "renamed", email, now: person.email });
  }
  return notes;
}
