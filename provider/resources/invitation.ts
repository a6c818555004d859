/**
 * An email that asks somebody to join the environment or an organization. Operations: `UserlandUserInvitesController`
 * in the vendor's specification.
 */
import type { Api, InvitationObject, OrganizationMembershipObject } from "../../api";
import { isAnswered, isWorkosError, type WorkosError } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { limits } from "../../api/schemas/limits";
import { invitationLocales } from "../../api/schemas/locales";
import type { HookContext } from "../context";
import { sameAddress } from "../declare/address";
import { foldedCase } from "../declare/comparisons";
import { adopt, adopted, fieldsOf } from "../declare/fields";
import {
  type CreateBody,
  DoneInDoubt,
  type Failure,
  type Inputs,
  type InputValues,
  type Kept,
  type Recorded,
  resourceOf,
  type UpdateCall,
} from "../declare/resource";
import { emailAddress, idOf, integer, oneOf, slug, text } from "../declare/shapes";
import {
  accessWords,
  findMembership,
  findUser,
  membershipFrom,
  noteKeeping,
  revokeInvitation,
  rolesOf,
  standardSends,
  whereOf,
  whoOf,
} from "../people";

const { required, optional, writeOnly, option, output } = fieldsOf<InvitationObject>();

const inputs = {
  /** Address to invite. Another one replaces the invitation; letter case aside. */
  email: required(emailAddress(), { immutable: true, same: foldedCase }),
  /** Id of the organization to join (`org_…`); without one, the invitation is to the environment alone. */
  organizationId: optional(idOf("org_"), { immutable: true }),
  /** Slug of the role the person will have there. Until the invitation is accepted, another one replaces it. */
  roleSlug: optional(slug(), { immutable: "sometimes" }),
  /** Days until the invitation expires, 1 to 30. Default: 7. A change takes effect with the next mail only. */
  expiresInDays: writeOnly(integer(limits.invitationDays.least, limits.invitationDays.most), { inert: true }),
  /** Id of the user the mail names as inviting (`user_…`). A change takes effect with the next mail only. */
  inviterUserId: optional(idOf("user_"), { inert: true }),
  /** Language of the mail. A change takes effect with the next mail only. */
  locale: writeOnly(oneOf(invitationLocales), { inert: true }),
  /** Any text: when it changes, a pending invitation is mailed again, and an expired one is replaced. */
  resend: option(text(), { immutable: "sometimes" }),
  /** What an expired invitation is: gone, so that the next `up` invites again (`recreate`, the default), or `keep`. */
  onExpired: option(oneOf(["recreate", "keep"])),
  /** Mails that an address gets at most before it is reported as stale instead of being invited again. Default: 3. */
  maxSends: option(integer(1, 100)),
  /**
   * What to do when the object exists already. `never`, the default: fail and name it. `if-exists`: take it over and
   * bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /**
   * What removing it from the program does once it was accepted: `revoke`, the default, only ever ends what is still
   * pending, so that the person keeps the membership it led to; `removeMembership` ends that as well.
   */
  onDestroy: option(oneOf(["revoke", "removeMembership"])),
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** `pending`, `accepted`, `expired` or `revoked`. */
  state: output<"pending" | "accepted" | "expired" | "revoked">(),
  /** Slug of the role, as the invited person's membership has it now. */
  roleSlug: output<string | undefined>(),
  /** When the invitation ends (RFC 3339). */
  expiresAt: output<string>(),
  /** When it was accepted (RFC 3339). */
  acceptedAt: output<string | undefined>(),
  /** When it was revoked (RFC 3339). */
  revokedAt: output<string | undefined>(),
  /** Id of the user who accepted it. */
  acceptedUserId: output<string | undefined>(),
  /** What accepts the invitation; a secret. */
  token: output<string>({ secret: true }),
  /** Where the person accepts; it contains the token, so it is a secret too. */
  acceptInvitationUrl: output<string>({ secret: true }),
  /** When the invitation was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the invitation last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Values = InputValues<typeof inputs>;
type Outputs = Recorded<typeof inputs, typeof outputs>;
/** Whom an invitation is for. */
type Invitee = Pick<Values, "email" | "organizationId">;

export const invitation = resourceOf<InvitationObject>()({
  kind: "Invitation",
  noun: "invitation",
  keys: [["email", "organizationId"]],
  inputs,
  outputs,
  changesAccess: "everything",
  access: { organization: "organizationId", address: "email", roles: ["roleSlug"] },
  label: ({ email }) => `of ${email}`,
  together: roleSomewhere,

  create: ({ api, body }) => api.invitations.send(body),
  existing: {
    find,
    taken: [
      "email_already_invited_to_organization",
      "email_already_invited",
      "user_already_organization_member",
      "user_already_exists",
    ],
    describe: (found) =>
      isMembership(found.id)
        ? `${found.email} is a member already`
        : `${found.state}, role ${found.role_slug ?? "none"}`,
    revive,
  },
  // Sending is a mail to a person: where it may have been sent, it is not sent again.
  lostAnswer: (values) => ({
    find: (api) => findPending(api, values),
    repeat: "answered",
    unsure: () =>
      `No new pending invitation of ${values.email} was found, but the mail may still be sent, so it was not sent again. Run again: if the invitation has appeared by then, the vendor refuses a second one.`,
  }),
  admits: ({ email }, _context, found) => found && { declared: email, address: () => Promise.resolve(found.email) },
  gain: (found) => (found.state === "pending" ? invited(found) : undefined),

  list: {
    group: ({ organizationId }) => organizationId ?? "",
    byId: true,
    page: (api, { organizationId }, page) => api.invitations.list({ ...page, organization_id: organizationId }),
  },
  get,
  gone,
  updates: [{ fields: ["resend", "locale"], send: mailAgain }],
  replacedBy: ({ state }) => [
    ...(state === "accepted" ? [] : (["roleSlug"] as const)),
    ...(state === "expired" ? (["resend"] as const) : []),
  ],
  onlyCounting: ({ state }) => (state === "accepted" ? ["email", "organizationId", "onDestroy"] : undefined),
  deleteFirst: (replaced) => !replaced.includes("email") && !replaced.includes("organizationId"),
  delete: end,
});

const invited = ({ email, role_slug: role }: InvitationObject): string =>
  `${email} is invited${role ? ` as ${role}` : ""}.`;

async function get(api: Api, id: string): Promise<InvitationObject | undefined> {
  return isMembership(id)
    ? api.organizationMemberships.get({ id }).then(asAccepted, undefinedIfMissing)
    : api.invitations.get({ id }).catch(undefinedIfMissing);
}

/** The vendor answers no role for an invitation to the environment, so a declared one would differ for ever. */
function roleSomewhere({ roleSlug, organizationId }: Partial<Values>): Failure<keyof Values>[] {
  return roleSlug !== undefined && organizationId === undefined
    ? [{ property: "roleSlug", reason: "needs organizationId: a role is held in an organization" }]
    : [];
}

/**
 * Mails a pending invitation again when the program says so, and never twice for one change: where nothing tells whether
 * the mail went out, it counts as sent, and the user is told.
 */
async function mailAgain({ api, context, id, inputs: declared, state }: UpdateCall<typeof inputs, typeof outputs>) {
  if (state.state !== "pending") {
    return undefined;
  }
  const before = await api.invitations.get({ id });
  // A run that died after the mail left a state older than the invitation, which a refresh since may have hidden.
  const { mails, refreshed } = context;
  const { resend = "" } = declared;
  const recorded = refreshed.get(id) ?? state;
  refreshed.delete(id);
  const now = { token: before.token, expiresAt: before.expires_at };
  if (wasMailedSince(recorded, before) || (await mails.sentBefore(id, resend, now))) {
    mails.settled(id, resend);
    return before;
  }
  if (before.state === "accepted") {
    context.messages.say(`${before.email} has accepted the invitation meanwhile: nothing is mailed again.`);
    return before;
  }
  await context.guards.admit({ declared: declared.email, address: () => Promise.resolve(before.email) });
  mails.begin(id, resend, now);
  try {
    return await api.invitations.resend({ id, locale: declared.locale });
  } catch (error) {
    if (!isWorkosError(error) || !error.ambiguous) {
      throw error;
    }
    return await whatWasMailed(api, error, before, state);
  } finally {
    mails.settled(id, resend);
  }
}

async function whatWasMailed(api: Api, error: WorkosError, before: InvitationObject, state: Outputs) {
  const after = await api.invitations.get({ id: before.id });
  if (wasMailedSince(state, after) || after.updated_at !== before.updated_at) {
    return after;
  }
  if (isAnswered(error)) {
    throw error;
  }
  throw new DoneInDoubt(
    after,
    `${error.message}\nThe mail to ${after.email} may have been sent all the same, so it will not be sent again by itself. To send it again, change the value of resend once more.`,
    error,
  );
}

function wasMailedSince(state: Pick<Outputs, "token" | "expiresAt">, { token, expires_at }: InvitationObject): boolean {
  return token !== state.token || Date.parse(expires_at) > Date.parse(state.expiresAt);
}

/** Revoked is gone; so is expired, until the address has had its share of mails. */
async function gone(
  found: InvitationObject,
  state: Outputs,
  { api, messages, refreshed }: HookContext,
): Promise<boolean> {
  if (found.state === "pending" && !refreshed.has(found.id)) {
    refreshed.set(found.id, { token: state.token, expiresAt: state.expiresAt });
  }
  if (found.state !== "expired" || state.onExpired === "keep") {
    return found.state === "revoked";
  }
  const maxSends = state.maxSends ?? standardSends;
  const sent = (await listAll(api, { email: found.email, organizationId: found.organization_id ?? undefined })).filter(
    (other) => other.state === "expired",
  );
  if (sent.length < maxSends) {
    return true;
  }
  messages.say(
    `The invitation of ${found.email} is stale: ${sent.length} mails were sent and none was accepted. Nothing more is sent; remove it, raise maxSends, or change resend to try again.`,
  );
  return false;
}

async function end(context: HookContext, id: string, state: Outputs): Promise<"gone" | Kept<InvitationObject>> {
  const { api, messages } = context;
  const found = await get(api, id);
  const now = found?.state === "pending" ? await revokeInvitation(api, id) : found;
  if (now?.state === "accepted") {
    return leave(context, id, now, state);
  }
  if (found?.state === "pending") {
    messages.say(endsBy(found, context.replacing.get(id)));
  }
  return "gone";
}

/** Whoever is mailed again by the other half of a replacement stays invited, with another role perhaps. */
function endsBy({ email, role_slug: role, organization_id: organization }: InvitationObject, next?: Inputs): string {
  const again =
    typeof next?.email === "string" && sameAddress(next.email, email) && (next.organizationId ?? null) === organization;
  if (!again) return `${email} is no longer invited.`;
  const roles = [role, next.roleSlug].map((one) => (typeof one === "string" ? ` as ${one}` : ""));
  return `The invitation of ${email}${roles[0]} is revoked, to be sent anew${roles[1]}.`;
}

/** What was accepted is a membership now: it can no longer be taken back by the invitation. */
async function leave(
  context: HookContext,
  id: string,
  found: InvitationObject,
  state: Outputs,
): Promise<"gone" | Kept<InvitationObject>> {
  const { api, guards, messages, replacing } = context;
  const membership = await membershipFrom(api, found);
  if (!membership) {
    return "gone";
  }
  const next = replacing.get(id);
  const [email, organizationId] = [next?.email, next?.organizationId];
  if (typeof email === "string" && sameAddress(email, state.email) && organizationId === state.organizationId) {
    messages.say(
      `${found.email} has accepted the invitation meanwhile: it is the membership ${membership.id} in ${whereOf(membership)} now (${rolesOf(membership).join(", ")}), so nothing is revoked or sent. Its role is that membership's: to manage it, declare an OrganizationMembership with adopt: "if-exists".`,
    );
    return { kept: found };
  }
  if (state.onDestroy === "removeMembership") {
    const deleted = await guards.change(
      api,
      { id: membership.id, organizationId: membership.organization_id, active: membership.status === "active" },
      "removed",
      () => ended(api.organizationMemberships.delete({ id: membership.id })),
    );
    if (deleted)
      messages.say(
        `${found.email} ${accessWords[membership.status].goes} ${whereOf(membership)}, which the accepted invitation had led to.`,
      );
  } else {
    noteKeeping(context, [membership.organization_id, membership.user_id], found.email);
    messages.say(
      `${found.email} ${accessWords[membership.status].stays} ${whereOf(membership)}: the invitation was accepted and is the membership ${membership.id} now. Set onDestroy: "removeMembership" to end it as well.`,
    );
  }
  return "gone";
}

/** Whoever is a member already has no invitation: the membership stands for one that was accepted. */
const isMembership = (id: string) => id.startsWith("om_");

function asAccepted(membership: OrganizationMembershipObject): InvitationObject {
  const { id, organization_id, user_id, role, created_at, updated_at } = membership;
  return {
    object: "invitation",
    id,
    email: whoOf(membership),
    state: "accepted",
    organization_id,
    accepted_user_id: user_id,
    role_slug: role.slug,
    accepted_at: created_at,
    revoked_at: null,
    expires_at: created_at,
    inviter_user_id: null,
    created_at,
    updated_at,
    token: "",
    accept_invitation_url: "",
  };
}

/** The pending invitation of the same address, or the membership that whoever has the address got without one. */
async function find(api: Api, invitee: Invitee): Promise<InvitationObject | undefined> {
  const { email, organizationId } = invitee;
  const [pending] = await findPending(api, invitee);
  if (pending || organizationId === undefined) {
    return pending;
  }
  const person = await findUser(api, email);
  const membership = person && (await findMembership(api, person.id, organizationId));
  return membership && membership.status !== "pending" ? asAccepted(membership) : undefined;
}

/** An invitation with another role than the declared one cannot be changed, only sent anew. */
async function revive(
  existing: InvitationObject,
  { roleSlug }: Values,
  body: CreateBody<typeof inputs>,
  { api, messages }: HookContext,
): Promise<InvitationObject> {
  if (existing.state !== "pending" || roleSlug === undefined || roleSlug === existing.role_slug) {
    return existing;
  }
  const now = await revokeInvitation(api, existing.id);
  if (now?.state === "accepted") {
    messages.say(
      `${existing.email} has accepted the pending invitation meanwhile, with the role ${now.role_slug ?? "none"}: nothing is sent.`,
    );
    return now;
  }
  const before = `The pending invitation of ${existing.email} had the role ${existing.role_slug ?? "none"}: it is revoked`;
  const sent = await api.invitations.send(body).catch((error: unknown) => {
    messages.say(`${before}, and another could not be sent.`);
    throw error;
  });
  messages.say(`${before} and sent anew as ${roleSlug}.`);
  return sent;
}

const findPending = async (api: Api, invitee: Invitee) =>
  (await listAll(api, invitee)).filter(({ state }) => state === "pending");

async function listAll(api: Api, { email, organizationId }: Invitee): Promise<InvitationObject[]> {
  const all = await api.invitations.list({ email, organization_id: organizationId }).all();
  return all.filter(
    (candidate) => sameAddress(email, candidate.email) && candidate.organization_id === (organizationId ?? null),
  );
}
