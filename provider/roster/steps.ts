/** The steps of a plan as requests, each of which ends with what the vendor has then, whatever happens to answers. */
import type { Api, InvitationObject, OrganizationMembershipObject, UserObject } from "../../api";
import { hasCode } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import type { Context } from "../lifecycle/context";
import { sendOnce } from "../lifecycle/lost-answers";
import type { Groups } from "./current-groups";
import { type Person, personOf, profileOfUser } from "./current-people";
import type { Change, Step } from "./change";
import type { ProfileUpdate } from "./profile";
import { foldAddress } from "../declare/address";
import {
  accessWords,
  findMembership,
  findUser,
  givesMore,
  isAdmin,
  membershipFrom,
  revokeInvitation,
  rolesBody,
  rolesOf,
  sameRoles,
  whereOf,
  whoIsInTheWay,
} from "../people";
import { oneLine, sentence } from "../wording";
import { withinLimits } from "../declare/comparisons";
import { limits } from "../../api/schemas/limits";
import { type Member, profileOf } from "./roster";

/** What has become of a person so far; kept when a later step fails. */
export interface Progress {
  /** Nobody any more, once their access has ended. */
  person?: Person;
  /** The user was made by this run. */
  created?: boolean;
  userId?: string;
}

export interface Run {
  readonly context: Context;
  readonly organizationId: string;
  /** As they were before the run. */
  readonly groups: Groups;
}

/** The vendor's codes for an address that has a user already. */
const taken = ["email_not_available", "user_already_exists"];

/** The user who is to be enrolled, where there is one: what has to be read before anything is written. */
export async function userOf({ email, steps }: Change, { context }: Run): Promise<UserObject | undefined> {
  return steps.some((step) => step.do === "enrol") ? findUser(context.api, email) : undefined;
}

/** @param user as found by `userOf`. */
export async function carryOut(
  step: Step,
  { email, person }: Change,
  progress: Progress,
  run: Run,
  user: UserObject | undefined,
): Promise<void> {
  const { api } = run.context;
  const became = (membership: OrganizationMembershipObject) => {
    progress.person = { ...progress.person, ...personOf(membership) };
  };
  switch (step.do) {
    case "enrol":
      return enrol(email, step, progress, run, user);
    case "invite":
      return invite(email, step, progress, run);
    case "roles":
      return became(await api.organizationMemberships.update({ id: step.membershipId, ...rolesBody(step.roles) }));
    case "reactivate":
      return became(await api.organizationMemberships.reactivate({ id: step.membershipId }));
    case "deactivate":
      return became(await api.organizationMemberships.deactivate({ id: step.membershipId }));
    case "join":
      return join(step, progress, run);
    case "leave": {
      const which = { organization_id: run.organizationId, group_id: step.groupId };
      const { person: now } = progress;
      if (now?.membershipId === undefined) return;
      await ended(api.groupMemberships.remove({ ...which, organization_membership_id: now.membershipId }));
      progress.person = { ...now, groups: now.groups?.filter((id) => id !== step.groupId) };
      return;
    }
    case "profile": {
      const { firstName: first_name, lastName: last_name, externalId: external_id, metadata } = step.profile;
      for (const body of withinLimits({ first_name, last_name, external_id, metadata }, limits.metadata.keys)) {
        const user = await api.users
          .update({ id: step.userId, ...body })
          .catch((error: unknown) => refusedFor(error, email, step.profile, api));
        if (progress.person) progress.person = { ...progress.person, profile: profileOfUser(user) };
      }
      return;
    }
    case "end": {
      const invitation = step.invitationId === undefined ? undefined : await revokeInvitation(api, step.invitationId);
      progress.person = undefined;
      progress.userId = person?.userId;
      if (invitation?.state === "accepted") {
        return endAccepted(email, invitation, step, progress, run);
      }
      if (step.membershipId !== undefined) {
        // Revoking takes the pending membership along, so that it may be gone by now.
        await api.organizationMemberships.delete({ id: step.membershipId }).catch(undefinedIfMissing);
      }
    }
  }
}

/** Whoever is in it already stays, so that this can be sent again. */
async function join(
  { group, groupId }: Extract<Step, { do: "join" }>,
  progress: Progress,
  { context: { api }, organizationId, groups }: Run,
): Promise<void> {
  const { person } = progress;
  if (groupId === undefined) {
    throw new Error(`${sentence(groups.problemOf(group))} Nobody was put into it; run again once it is there.`);
  }
  if (person?.membershipId === undefined) return;
  const which = { organization_id: organizationId, group_id: groupId };
  await api.groupMemberships.add({ ...which, organization_membership_id: person.membershipId });
  progress.person = { ...person, groups: [...(person.groups ?? []), groupId] };
}

/** Whoever has accepted while the invitation was taken back is a member by now, and leaves as members do. */
async function endAccepted(
  email: string,
  invitation: InvitationObject,
  { onRemove }: Extract<Step, { do: "end" }>,
  progress: Progress,
  { context: { api, messages } }: Run,
): Promise<void> {
  const membership = await membershipFrom(api, invitation);
  if (!membership) return;
  const { id } = membership;
  progress.userId = membership.user_id;
  const meanwhile = `${oneLine(email)} has accepted the invitation meanwhile and`;
  if (onRemove === "deactivate") {
    const suspended =
      membership.status === "inactive" ? membership : await api.organizationMemberships.deactivate({ id });
    progress.person = personOf(suspended);
    messages.say(`${meanwhile} is suspended in ${whereOf(membership)}.`);
  } else {
    await api.organizationMemberships.delete({ id }).catch(undefinedIfMissing);
    messages.say(`${meanwhile} ${accessWords[membership.status].goes} ${whereOf(membership)}.`);
  }
}

async function enrol(
  email: string,
  { member, dead }: Extract<Step, { do: "enrol" }>,
  progress: Progress,
  run: Run,
  found: UserObject | undefined,
): Promise<void> {
  const { api } = run.context;
  if (dead !== undefined) {
    await api.organizationMemberships.delete({ id: dead }).catch(undefinedIfMissing);
  }
  const user = found ?? (await makeUser(email, member, progress, run));
  progress.userId = user.id;
  const membership = await makeMembership(user, member, run);
  progress.person = { ...personOf(membership, user), profile: profileOfUser(user) };
  if (member.status === "inactive") {
    const suspended = await api.organizationMemberships.deactivate({ id: membership.id });
    progress.person = { ...personOf(suspended, user), profile: profileOfUser(user) };
  }
}

async function makeUser(email: string, member: Member, progress: Progress, { context }: Run): Promise<UserObject> {
  const { api } = context;
  const { firstName: first_name, lastName: last_name, externalId: external_id, metadata } = profileOf(member) ?? {};
  const body = { email, first_name, last_name, external_id, metadata: metadata && { ...metadata } };
  // There was no such user a moment ago: what is there after a lost answer was made by the lost call.
  const find = () => findUser(api, email);
  try {
    const user = await surely(context, () => api.users.create(body), find);
    progress.created = true;
    return user;
  } catch (error) {
    // Somebody else made them since.
    const there = taken.some((code) => hasCode(error, code)) ? await find() : undefined;
    return there ?? refusedFor(error, email, profileOf(member), api);
  }
}

/** Throws the error, and says who has what it was refused for. */
async function refusedFor(error: unknown, email: string, profile: ProfileUpdate | undefined, api: Api): Promise<never> {
  const why = await whoIsInTheWay(error, api, { email, externalId: profile?.externalId });
  throw why === undefined || !(error instanceof Error)
    ? error
    : new Error(`${error.message}\n${why}`, { cause: error });
}

async function makeMembership(user: UserObject, member: Member, run: Run): Promise<OrganizationMembershipObject> {
  const { context, organizationId } = run;
  const { api } = context;
  const find = () => findMembership(api, user.id, organizationId);
  const body = { user_id: user.id, organization_id: organizationId, ...rolesBody(member.roles) };
  return surely(context, () => api.organizationMemberships.create(body), find).catch(async (error: unknown) => {
    // Somebody else enrolled them since the organization was read.
    const there = hasCode(error, "organization_membership_already_exists") ? await find() : undefined;
    if (!there) throw error;
    return member.roles ? api.organizationMemberships.update({ id: there.id, ...rolesBody(member.roles) }) : there;
  });
}

/** A mail to a person: where it may have been sent, it is not sent again. */
async function invite(
  email: string,
  { member, revoke: revoked }: Extract<Step, { do: "invite" }>,
  progress: Progress,
  { context, organizationId }: Run,
): Promise<void> {
  const { api } = context;
  const before = revoked === undefined ? undefined : await revokeInvitation(api, revoked);
  const joined = before?.state === "accepted" ? await membershipFrom(api, before) : undefined;
  if (joined) return joins(email, joined, member, progress, context);
  const open = async () => {
    for await (const invitation of api.invitations.list({ email, organization_id: organizationId })) {
      const ours = invitation.state === "pending" && invitation.organization_id === organizationId;
      if (ours && foldAddress(invitation.email) === foldAddress(email)) return invitation;
    }
    return undefined;
  };
  const [role] = member.roles ?? [];
  const sent = await surely(
    context,
    () => api.invitations.send({ email, organization_id: organizationId, role_slug: role }),
    open,
    "never",
  ).catch(async (error: unknown) => {
    const there = hasCode(error, "email_already_invited_to_organization") ? await open() : undefined;
    if (there) return there;
    const user = hasCode(error, "user_already_organization_member") ? await findUser(api, email) : undefined;
    const membership = user && (await findMembership(api, user.id, organizationId));
    if (!membership) throw error;
    return membership;
  });
  if (sent.object === "organization_membership") return joins(email, sent, member, progress, context);
  const roles = member.roles ?? (sent.role_slug === null ? [] : [sent.role_slug]);
  progress.person = { email: sent.email, status: "pending", roles: roles.slice(0, 1), invitationId: sent.id };
  if (roles.length > 1) await addRoles(email, roles, progress, { context, organizationId });
}

/** Whoever has become a member since the organization was read needs no invitation: they get the declared roles. */
async function joins(
  email: string,
  membership: OrganizationMembershipObject,
  { roles }: Member,
  progress: Progress,
  { api, guards, messages }: Context,
): Promise<void> {
  const differs = roles !== undefined && !sameRoles(roles, rolesOf(membership));
  if (differs && givesMore(roles, rolesOf(membership), (some) => isAdmin(some, guards.settings))) {
    const address = () => Promise.resolve(membership.user?.email);
    await guards.admit({ where: whereOf(membership), declared: email, address });
  }
  const now = differs
    ? await api.organizationMemberships.update({ id: membership.id, ...rolesBody(roles) })
    : membership;
  progress.userId = now.user_id;
  progress.person = personOf(now);
  messages.say(
    `${oneLine(email)} has joined ${whereOf(now)} meanwhile: no invitation is sent, and the roles are ${rolesOf(now).join(", ")}.`,
  );
}

/** An invitation carries one role; the pending membership that it makes, if the vendor makes one, takes all. */
async function addRoles(
  email: string,
  roles: readonly string[],
  progress: Progress,
  { context: { api }, organizationId }: Pick<Run, "context" | "organizationId">,
): Promise<void> {
  const user = await findUser(api, email);
  const pending = user && (await findMembership(api, user.id, organizationId));
  if (pending) {
    const updated = await api.organizationMemberships.update({ id: pending.id, ...rolesBody(roles) });
    progress.person = { ...progress.person, ...personOf(updated, user) };
  }
}

/**
 * Sends a create, and looks for what it made when its answer is lost.
 * @param repeat `never`: what may have happened without being found is not risked a second time.
 */
function surely<T>(
  { clock }: Context,
  create: () => PromiseLike<T>,
  find: () => Promise<T | undefined>,
  repeat: "safe" | "never" = "safe",
): Promise<T> {
  return sendOnce(clock, create, async (lost, answered) => {
    const found = await find();
    if (found === undefined && repeat === "never" && !answered) throw unsure(lost);
    return found ?? "repeat";
  });
}

const unsure = (error: Error) =>
  new Error(
    `${error.message}\nNo open invitation was found, but the mail may still be sent, so it was not sent again. Run again: what has appeared by then is taken over.`,
    { cause: error },
  );
