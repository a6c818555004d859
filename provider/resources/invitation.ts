/**
 * An email that asks somebody to join the environment or an organization. Operations: `UserlandUserInvitesController`
 * in the vendor's specification.
 */
import type { Api } from "../api";
import type { EndpointInput } from "../api/endpoint";
import { hasCode, isWorkosError } from "../api/errors";
import { undefinedIfMissing } from "../api/missing";
import type { sendInvitation } from "../api/invitations";
import { invitationLocales } from "../api/locales";
import type { InvitationObject } from "../api/schemas";
import { foldedCase } from "./comparisons";
import { isAnswered } from "./recovery";
import {
  type Failure,
  type Inputs,
  option,
  optional,
  output,
  type Recovered,
  type Recovery,
  type RemoteUpdate,
  required,
  resource,
  type State,
  writeOnly,
} from "./resource";
import { emailAddress, idOf, integer, oneOf, slug, text } from "./shapes";

export const invitation = resource({
  kind: "Invitation",
  noun: "invitation",
  inputs: {
    /** Address to invite. Another one replaces the invitation; letter case aside. */
    email: required(emailAddress(), { immutable: true, same: foldedCase }),
    /** Id of the organization to join (`org_…`); without one, the invitation is to the environment alone. */
    organizationId: optional(idOf("org_"), { immutable: true }),
    /** Slug of the role the person will have there. While the invitation is pending, another one replaces it. */
    roleSlug: optional(slug(), { immutable: isPending }),
    /** Days until the invitation expires, 1 to 30. Default: 7. A change takes effect with the next mail only. */
    expiresInDays: writeOnly(integer(1, 30), { inert: true }),
    /** Id of the user the mail names as inviting (`user_…`). A change takes effect with the next mail only. */
    inviterUserId: optional(idOf("user_"), { inert: true }),
    /** Language of the mail. A change takes effect with the next mail only. */
    locale: writeOnly(oneOf(invitationLocales), { inert: true }),
    /** Any text: when it changes, a pending invitation is mailed again. */
    resend: option(text()),
  },
  outputs: {
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
    updatedAt: output<string>({ volatile: true }),
  },
  label: (values) => `invitation of ${String(values.email)}`,
  together: roleSomewhere,
  remote: {
    create: (api, body: EndpointInput<typeof sendInvitation>): Promise<InvitationObject> => api.invitations.send(body),
    recover,
    get: (api, id) => api.invitations.get({ id }).catch(undefinedIfMissing),
    async update(update: RemoteUpdate<InvitationObject, unknown>) {
      const asked = update.changes.some(({ property, value }) => property === "resend" && value !== undefined);
      if (asked && isPending(update.state)) {
        await resend(update);
      }
    },
    delete: revoke,
  },
  // Neither can be brought back: the next `up` invites again.
  gone: ({ state }: InvitationObject) => state === "revoked" || state === "expired",
  settled: (state) => state.state === "accepted",
  deleteFirst: (replaced) => !replaced.includes("email") && !replaced.includes("organizationId"),
});

function isPending(state: State): boolean {
  return state.state === "pending";
}

/** The vendor answers no role for an invitation to the environment, so a declared one would differ for ever. */
function roleSomewhere(inputs: Inputs): Failure[] {
  return inputs.roleSlug !== undefined && inputs.organizationId === undefined
    ? [{ property: "roleSlug", reason: "needs organizationId: a role is held in an organization" }]
    : [];
}

/** A mail as well: where nothing tells whether it went out, it counts as sent, and the user is told. */
async function resend({ api, id, inputs, state, done }: RemoteUpdate<InvitationObject, unknown>): Promise<void> {
  const locale = inputs.locale as (typeof invitationLocales)[number] | undefined;
  try {
    done(await api.invitations.resend({ id, locale }), "resend", "locale");
  } catch (error) {
    if (!isWorkosError(error) || !error.ambiguous) {
      throw error;
    }
    const found = await api.invitations.get({ id });
    const mailed =
      found.token !== state.token || found.expires_at !== state.expiresAt || found.updated_at !== state.updatedAt;
    if (!mailed && isAnswered(error)) {
      throw error;
    }
    done(found, "resend", "locale");
    if (!mailed) {
      throw new Error(
        `${error.message}\nThe mail to ${found.email} may have been sent all the same, so it will not be sent again by itself. To send it again, change the value of resend once more.`,
        { cause: error },
      );
    }
  }
}

async function revoke(api: Api, id: string, state: State): Promise<"gone"> {
  // What was accepted is a membership now, and no longer an invitation that could be taken back.
  if (state.state !== "accepted") {
    await api.invitations
      .revoke({ id })
      .catch(undefinedIfMissing)
      .catch((error: unknown) => {
        if (!hasCode(error, "invite_not_pending")) {
          throw error;
        }
      });
  }
  return "gone";
}

async function findPending(api: Api, inputs: Inputs): Promise<InvitationObject[]> {
  const { email, organizationId } = inputs as { email: string; organizationId?: string };
  const found: InvitationObject[] = [];
  for await (const candidate of api.invitations.list({ email, organization_id: organizationId })) {
    if (
      candidate.state === "pending" &&
      foldedCase(email, candidate.email) &&
      candidate.organization_id === (organizationId ?? null)
    ) {
      found.push(candidate);
    }
  }
  return found;
}

/**
 * Sending is a mail to a person: where it may have been sent, it is not sent again. Once the vendor itself said that it
 * failed and no invitation is there, a second attempt can send no second mail.
 */
async function recover(recovery: Recovery<InvitationObject>): Promise<Recovered<InvitationObject>> {
  const pending = await findPending(recovery.api, recovery.inputs);
  const [ours] = await recovery.ours(pending);
  if (ours ?? recovery.answered) {
    return ours ?? "repeat";
  }
  return {
    unsure: `No new pending invitation of ${String(recovery.inputs.email)} was found, but the mail may still be sent, so it was not sent again. Run again: if the invitation has appeared by then, the vendor refuses a second one.`,
  };
}
