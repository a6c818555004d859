import { randomBytes } from "node:crypto";
import { type InvitationObject } from "../../api/schemas";
import { limits } from "../../api/schemas/limits";
import { type Context } from "../context";
import { removeMembership } from "../deletions";
import { notFound, refuse } from "../errors";
import { sendInvitationMail } from "../mailbox";
import { page } from "../pages";
import { type StoredInvitation, type StoredUser } from "../store/entities";
import { type SortedIds } from "../store/sorted-ids";
import { foldAddress } from "../../api/address";
import { pairKey } from "../store/store";
import { type Family } from "./handler";
import { change, membershipOf, putMembership } from "./memberships";
import { isExpired, presentInvitation } from "./present";
import { defaultRole, readRoles } from "./roles";
import { newUser } from "./users";

const dayMs = 24 * 60 * 60 * 1000;

export const invitations: Family<"invitations"> = {
  /** Filters that match nothing give an empty list: the specification has no 404 for this operation. */
  list: (query, context) => {
    const { store } = context;
    const ids = filtered(query.email, query.organization_id, context);
    const found = page(ids, "invitation", query, (id) => store.invitations.get(id));
    return { ...found, data: found.data.map((invitation) => present(invitation, context)) };
  },

  send: (body, context) => {
    const { store } = context;
    const organizationId = body.organization_id ?? null;
    const days = body.expires_in_days ?? 7;
    const { least, most } = limits.invitationDays;
    if (days < least) throw refuse(400, "expires_in_days_too_short", `An invitation lasts at least ${least} day.`);
    if (days > most) throw refuse(400, "expires_in_days_too_long", `An invitation lasts at most ${most} days.`);
    if (organizationId !== null && store.organizations.get(organizationId) === undefined) {
      throw notFound("Organization", organizationId);
    }
    if (body.inviter_user_id !== undefined && store.users.get(body.inviter_user_id) === undefined) {
      throw notFound("User", body.inviter_user_id);
    }
    // A role means nothing without an organization, where memberships and their roles live.
    const roles =
      organizationId === null ? undefined : readRoles({ role_slug: body.role_slug }, organizationId, 400, context);
    refuseDuplicate(body.email, organizationId, context);
    return store.write(() => {
      const role = roles?.[0] ?? defaultRole;
      if (organizationId !== null) invite(body.email, organizationId, role, context);
      const invitation = putInvitation(
        {
          email: body.email,
          expires_in_days: days,
          organization_id: organizationId,
          inviter_user_id: body.inviter_user_id ?? null,
          role_slug: organizationId === null ? null : role,
        },
        body.locale,
        context,
      );
      return present(invitation, context);
    });
  },

  get: ({ id }, context) => present(existing(id, context), context),

  getByToken: ({ token }, context) => {
    const invitation = context.store.invitations.by("token", token)[0];
    // Without the token, which would let a reader of logs accept.
    if (invitation === undefined) throw refuse(404, "entity_not_found", "Invitation not found.");
    return present(invitation, context);
  },

  accept: ({ id }, context) => acceptInvitation(id, context),

  revoke: ({ id }, context) => {
    const invitation = existing(id, context);
    if (invitationState(invitation, context) !== "pending") throw notPending();
    return context.store.write(() => {
      const membership = membershipOf(invitation.email, invitation.organization_id, context);
      if (membership?.status === "pending") removeMembership(membership, context.store);
      const now = context.clock.iso();
      const role_slug = membership?.status === "pending" ? (membership.role_slugs[0] ?? null) : invitation.role_slug;
      const revoked: StoredInvitation = {
        ...invitation,
        state: "revoked",
        role_slug,
        revoked_at: now,
        updated_at: now,
      };
      context.store.invitations.put(revoked);
      return present(revoked, context);
    });
  },

  resend: ({ id, locale }, context) => {
    const invitation = existing(id, context);
    const state = invitationState(invitation, context);
    if (state === "expired") throw refuse(400, "invite_expired", "The invitation has expired.");
    if (state === "revoked") throw refuse(400, "invite_revoked", "The invitation has been revoked.");
    if (state === "accepted") throw refuse(400, "invite_accepted", "The invitation has been accepted.");
    return context.store.write(() => {
      const renewed: StoredInvitation = {
        ...invitation,
        ...(context.settings.switches.resend === "new-token"
          ? { token: newToken(), expires_at: expiry(invitation.expires_in_days, context) }
          : {}),
        updated_at: context.clock.iso(),
      };
      context.store.invitations.put(renewed);
      sendInvitationMail(renewed, locale, context);
      return present(renewed, context);
    });
  },
};

type NewInvitation = Pick<
  StoredInvitation,
  "email" | "expires_in_days" | "organization_id" | "inviter_user_id" | "role_slug"
>;

/** Invites by mail; what the invitation is to is the caller's to make. */
export function putInvitation(fields: NewInvitation, locale: string | undefined, context: Context): StoredInvitation {
  const { store, clock, ids } = context;
  const now = clock.iso();
  const invitation: StoredInvitation = {
    ...fields,
    id: ids.make("invitation"),
    state: "pending",
    accepted_at: null,
    revoked_at: null,
    expires_at: expiry(fields.expires_in_days, context),
    accepted_user_id: null,
    token: newToken(),
    created_at: now,
    updated_at: now,
  };
  store.write(() => {
    store.invitations.put(invitation);
    sendInvitationMail(invitation, locale, context);
  });
  return invitation;
}

/** Accepting proves that the address belongs to the person, so it verifies the user's email. */
export function acceptInvitation(id: string, context: Context): InvitationObject {
  const { store, clock, settings } = context;
  const invitation = existing(id, context);
  if (invitationState(invitation, context) !== "pending") throw notPending();
  const known = store.users.by("email", foldAddress(invitation.email))[0];
  if (known === undefined && !settings.switches.acceptCreatesUser) {
    throw refuse(400, "invalid_invite", "No user has the invitation's email.");
  }
  return store.write(() => {
    const now = clock.iso();
    const user: StoredUser =
      known === undefined
        ? newUser({ email: invitation.email, email_verified: true }, context.ids.make("user"), now)
        : known.email_verified
          ? known
          : { ...known, email_verified: true, updated_at: now };
    if (user !== known) store.users.put(user);
    const role = enrol(user.id, invitation, context);
    const accepted: StoredInvitation = {
      ...invitation,
      state: "accepted",
      accepted_at: now,
      accepted_user_id: user.id,
      role_slug: role,
      updated_at: now,
    };
    store.invitations.put(accepted);
    return present(accepted, context);
  });
}

/** Makes the invited user an active member; answers the role that they have then. */
function enrol(userId: string, invitation: StoredInvitation, context: Context): string | null {
  const { organization_id: organizationId, role_slug: role } = invitation;
  if (organizationId === null) return null;
  const membership = context.store.memberships.by("pair", pairKey(userId, organizationId))[0];
  if (membership === undefined) {
    const roles = [role ?? defaultRole];
    putMembership({ user_id: userId, organization_id: organizationId, roles, status: "active" }, context);
    return role;
  }
  if (membership.status !== "active") change(membership, { status: "active" }, context);
  return membership.role_slugs[0] ?? role;
}

/** Gives the invited user a pending membership; an expired invitation may have left one, which gets the new role. */
function invite(email: string, organizationId: string, role: string, context: Context): void {
  const { store, settings } = context;
  const membership = membershipOf(email, organizationId, context);
  if (membership !== undefined) {
    change(membership, { role_slugs: [role] }, context);
    return;
  }
  let user = store.users.by("email", foldAddress(email))[0];
  if (user === undefined) {
    if (!settings.switches.inviteCreatesUser) return;
    user = newUser({ email, email_verified: false }, context.ids.make("user"), context.clock.iso());
    store.users.put(user);
  }
  putMembership({ user_id: user.id, organization_id: organizationId, roles: [role], status: "pending" }, context);
}

/** An inactive member counts as a member: they are reactivated, not invited. */
function refuseDuplicate(email: string, organizationId: string | null, context: Context): void {
  const pending = context.store.invitations
    .by("pair", pairKey(foldAddress(email), organizationId))
    .some((invitation) => invitationState(invitation, context) === "pending");
  if (organizationId === null) {
    if (context.store.users.by("email", foldAddress(email)).length > 0) throw refuse(400, "user_already_exists");
    if (pending) throw refuse(400, "email_already_invited");
    return;
  }
  const membership = membershipOf(email, organizationId, context);
  if (membership && membership.status !== "pending") throw refuse(400, "user_already_organization_member");
  if (pending) throw refuse(400, "email_already_invited_to_organization");
}

function filtered(email: string | undefined, organizationId: string | undefined, { store }: Context): SortedIds {
  if (email !== undefined && organizationId !== undefined) {
    return store.invitations.idsBy("pair", pairKey(foldAddress(email), organizationId));
  }
  if (email !== undefined) return store.invitations.idsBy("email", foldAddress(email));
  if (organizationId !== undefined) return store.invitations.idsBy("organization", organizationId);
  return store.invitations.ids();
}

function existing(id: string, { store }: Context): StoredInvitation {
  const invitation = store.invitations.get(id);
  if (invitation === undefined) throw notFound("Invitation", id);
  return invitation;
}

function present(invitation: StoredInvitation, context: Context): InvitationObject {
  const pending = invitation.state === "pending";
  const membership = pending ? membershipOf(invitation.email, invitation.organization_id, context) : undefined;
  return presentInvitation(invitation, membership, context);
}

export function invitationState(invitation: StoredInvitation, { clock }: Context): InvitationObject["state"] {
  const expired = invitation.state === "pending" && isExpired(invitation.expires_at, clock.now());
  return expired ? "expired" : invitation.state;
}

const notPending = () => refuse(400, "invite_not_pending", "The invitation is not pending.");
const newToken = () => randomBytes(19).toString("base64url").slice(0, 25);
const expiry = (days: number, { clock }: Context) => new Date(clock.now() + days * dayMs).toISOString();
