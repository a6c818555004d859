/** Invitations: `UserlandUserInvitesController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { invitationLocales } from "../schemas/locales";
import { invitation, listOf, page, emailAddress } from "../schemas";

const locale = z.enum(invitationLocales);

export const invitations = {
  /** By `email` or `organization_id` where given, in every state. */
  list: endpoint({
    operation: "UserlandUserInvitesController_list",
    method: "GET",
    path: "/user_management/invitations",
    query: page.extend({ organization_id: z.string().optional(), email: emailAddress.optional() }),
    success: { 200: listOf(invitation) },
    repeat: "safe",
    lane: "read",
  }),
  /** Invites by email. Sends an email: never repeated blindly. */
  send: endpoint({
    operation: "UserlandUserInvitesController_create",
    method: "POST",
    path: "/user_management/invitations",
    body: z.object({
      email: emailAddress,
      organization_id: z.string().optional(),
      role_slug: z.string().optional(),
      /** 1 to 30, default 7; the vendor refuses others by an error code, not by the schema. */
      expires_in_days: z.int().optional(),
      inviter_user_id: z.string().optional(),
      locale: locale.optional(),
    }),
    success: { 201: invitation },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One invitation. */
  get: endpoint({
    operation: "UserlandUserInvitesController_get",
    method: "GET",
    path: "/user_management/invitations/{id}",
    success: { 200: invitation },
    repeat: "safe",
    lane: "read",
  }),
  /** One invitation, by the token in its email. */
  getByToken: endpoint({
    operation: "UserlandUserInvitesController_getByToken",
    method: "GET",
    path: "/user_management/invitations/by_token/{token}",
    success: { 200: invitation },
    repeat: "safe",
    lane: "read",
  }),
  /** Accepts in the name of the invited user. */
  accept: endpoint({
    operation: "UserlandUserInvitesController_accept",
    method: "POST",
    path: "/user_management/invitations/{id}/accept",
    success: { 200: invitation },
    repeat: "unsafe",
    lane: "write",
  }),
  /** Takes a pending invitation back. */
  revoke: endpoint({
    operation: "UserlandUserInvitesController_revoke",
    method: "POST",
    path: "/user_management/invitations/{id}/revoke",
    success: { 200: invitation },
    // A second revoke answers 400 `invite_not_pending`, which the caller reads as done.
    repeat: "safe",
    lane: "write",
  }),
  /** Sends its email again. Sends an email: never repeated blindly. */
  resend: endpoint({
    operation: "UserlandUserInvitesController_resend",
    method: "POST",
    path: "/user_management/invitations/{id}/resend",
    body: z.object({ locale: locale.optional() }),
    success: { 200: invitation },
    repeat: "unsafe",
    lane: "write",
  }),
} as const;
