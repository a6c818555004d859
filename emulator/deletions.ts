/** What goes with an object, and deletes that are accepted now and happen later. */
import { leavePages } from "./auth/page-sessions";
import { type Context } from "./context";
import { emailCodeKinds } from "./store/auth-entities";
import { type StoredMembership } from "./store/entities";
import { pairKey, type Store } from "./store/store";

export function deleteUser(id: string, context: Context): number {
  if (context.settings.asyncDeletes !== false) return later("user", id, context.settings.asyncDeletes.delayMs, context);
  removeUser(id, context);
  return context.settings.switches.userDelete;
}

export function deleteOrganization(id: string, context: Context): number {
  if (context.settings.asyncDeletes !== false) {
    return later("organization", id, context.settings.asyncDeletes.delayMs, context);
  }
  removeOrganization(id, context);
  return 200;
}

/** Carries out the accepted deletes whose time has come on the emulator's clock. */
export function settleDeletions(context: Context): void {
  const { store, clock } = context;
  const waiting = store.deletions.idsBy("due", "");
  for (let first = waiting.at(0); first !== undefined; first = waiting.at(0)) {
    const [due, id] = first.split(" ") as [string, string];
    if (Number(due) > clock.now()) return;
    if (store.deletions.get(id)?.kind === "user") removeUser(id, context);
    else removeOrganization(id, context);
  }
}

/** Asking again while a delete is pending is accepted and changes nothing. */
function later(kind: "user" | "organization", id: string, delayMs: number, { store, clock }: Context): number {
  store.write(() => {
    if (store.deletions.get(id) === undefined) store.deletions.put({ id, kind, due_at: clock.now() + delayMs });
  });
  return 202;
}

/** Invitations stay: they belong to the address, and accepting one later makes a new user. */
function removeUser(id: string, { store }: Context): void {
  store.write(() => {
    for (const membership of store.memberships.by("user", id)) removeMembership(membership, store);
    removeSignIn(id, store);
    for (const account of store.connectedAccounts.by("user", id)) store.connectedAccounts.delete(account.id);
    removeFlagTargets(id, store);
    store.users.delete(id);
    store.deletions.delete(id);
  });
}

/** Everything a person signs in with, and what they signed in to. */
function removeSignIn(userId: string, store: Store): void {
  leavePages(userId, store);
  for (const { id } of store.sessions.by("user", userId)) store.sessions.delete(id);
  for (const { id } of store.codes.by("user", userId)) store.codes.delete(id);
  for (const { id } of store.pendingSignIns.by("user", userId)) store.pendingSignIns.delete(id);
  for (const { id } of store.passwordResets.by("user", userId)) store.passwordResets.delete(id);
  for (const { id } of store.radarChallenges.by("user", userId)) store.radarChallenges.delete(id);
  for (const { id } of store.identities.by("user", userId)) store.identities.delete(id);
  for (const { id } of store.authorizations.by("user", userId)) store.authorizations.delete(id);
  for (const { id } of store.apiKeys.by("user", userId)) store.apiKeys.delete(id);
  for (const kind of emailCodeKinds) {
    for (const { id } of store.emailCodes.by("user", pairKey(kind, userId))) store.emailCodes.delete(id);
  }
  for (const { id } of store.factors.by("user", userId)) {
    for (const challenge of store.challenges.by("factor", id)) store.challenges.delete(challenge.id);
    store.factors.delete(id);
  }
}

function removeOrganization(id: string, { store }: Context): void {
  store.write(() => {
    for (const membership of store.memberships.by("organization", id)) removeMembership(membership, store);
    for (const group of store.groups.by("organization", id)) removeGroup(group.id, store);
    for (const invitation of store.invitations.by("organization", id)) store.invitations.delete(invitation.id);
    for (const key of store.apiKeys.by("organization", id)) store.apiKeys.delete(key.id);
    for (const domain of store.domains.by("organization", id)) store.domains.delete(domain.id);
    for (const role of store.roles.by("organization", id)) store.roles.delete(role.id);
    for (const resource of store.resources.by("organization", id)) store.resources.delete(resource.id);
    for (const one of store.integrationOverrides.by("organization", id)) store.integrationOverrides.delete(one.id);
    for (const all of [store.auditLogEvents, store.auditLogExports, store.connectedAccounts, store.agents]) {
      for (const one of all.idsBy("organization", id).toArray()) all.delete(one);
    }
    for (const one of store.connections.idsBy("organization", id).toArray()) store.connections.delete(one);
    for (const one of store.directories.idsBy("organization", id).toArray()) removeDirectory(one, store);
    for (const application of store.applications.by("organization", id)) removeApplication(application.id, store);
    for (const { id: authorization } of store.authorizations.by("organization", id)) {
      store.authorizations.delete(authorization);
    }
    removeFlagTargets(id, store);
    store.organizations.delete(id);
    store.deletions.delete(id);
  });
}

/** A flag is on for nobody who is gone. */
function removeFlagTargets(resourceId: string, store: Store): void {
  for (const { id } of store.flagTargets.by("resource", resourceId)) store.flagTargets.delete(id);
}

/** Ends a membership, its places in groups, its roles on resources, and the keys that its user has in the organization; within a step of the store. */
export function removeMembership({ id, user_id, organization_id }: StoredMembership, store: Store): void {
  for (const group of store.groupMembers.idsBy("membership", id).toArray())
    store.groupMembers.delete(pairKey(group, id));
  for (const assignment of store.roleAssignments.by("membership", id)) store.roleAssignments.delete(assignment.id);
  for (const key of store.apiKeys.by("user_organization", pairKey(user_id, organization_id))) {
    store.apiKeys.delete(key.id);
  }
  store.memberships.delete(id);
}

/** Deletes a group, who is in it, and the roles that it gives; within a step of the store. */
export function removeGroup(id: string, store: Store): void {
  for (const member of store.groupMembers.idsBy("group", id).toArray()) store.groupMembers.delete(pairKey(id, member));
  for (const role of store.groupRoles.by("group", id)) store.groupRoles.delete(role.id);
  store.groups.delete(id);
}

/** Deletes a resource with all that is below it; within a step of the store. */
export function removeResource(id: string, store: Store): void {
  for (const child of store.resources.by("parent", id)) removeResource(child.id, store);
  for (const assignment of store.roleAssignments.by("resource", id)) store.roleAssignments.delete(assignment.id);
  for (const given of store.groupRoles.by("resource", id)) store.groupRoles.delete(given.id);
  store.resources.delete(id);
}

/** Deletes a directory with all that is in it; within a step of the store. Whom it provisioned stays as they are. */
export function removeDirectory(id: string, store: Store): void {
  for (const one of store.directoryUsers.idsBy("directory", id).toArray()) store.directoryUsers.delete(one);
  for (const one of store.directoryGroups.idsBy("directory", id).toArray()) store.directoryGroups.delete(one);
  store.directories.delete(id);
}

/** Deletes a Connect application with its secrets and with what people granted it; within a step of the store. */
export function removeApplication(id: string, store: Store): void {
  for (const secret of store.clientSecrets.by("application", id)) store.clientSecrets.delete(secret.id);
  for (const authorization of store.authorizations.by("application", id)) store.authorizations.delete(authorization.id);
  store.applications.delete(id);
}
