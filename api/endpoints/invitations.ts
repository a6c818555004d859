/** Invitations: `UserlandUserInvitesController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { invitationLocales } from "../schemas/locales";
import { invitation, listOf, page } from "../schemas";

const locale = z.enum(invitationLocales);

export const listInvitations = endpoint({
  operation: "UserlandUserInvitesController_list",
  method: "GET",
  path: "/user_management/invitations",
  query: page.extend({ organization_id: z.string().optional(), email: z.string().optional() }),
  success: { 200: listOf(invitation) },
  repeat: "safe",
  lane: "read",
});

/** Sends an email: never repeated blindly. */
export const sendInvitation = endpoint({
  operation: "UserlandUserInvitesController_create",
  method: "POST",
  path: "/user_management/invitations",
  body: z.object({
    email: z.email(),
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
});

export const getInvitation = endpoint({
  operation: "UserlandUserInvitesController_get",
  method: "GET",
  path: "/user_management/invitations/{id}",
  success: { 200: invitation },
  repeat: "safe",
  lane: "read",
});

export const getInvitationByToken = endpoint({
  operation: "UserlandUserInvitesController_getByToken",
  method: "GET",
  path: "/user_management/invitations/by_token/{token}",
  success: { 200: invitation },
  repeat: "safe",
  lane: "read",
});

export const acceptInvitation = endpoint({
  operation: "UserlandUserInvitesController_accept",
  method: "POST",
  path: "/user_management/invitations/{id}/accept",
  success: { 200: invitation },
  repeat: "unsafe",
  lane: "write",
});

export const revokeInvitation = endpoint({
  operation: "UserlandUserInvitesController_revoke",
  method: "POST",
  path: "/user_management/invitations/{id}/revoke",
  success: { 200: invitation },
  // A second revoke answers 400 `invite_not_pending`, which the caller reads as done.
  repeat: "safe",
  lane: "write",
});

/** Sends an email: never repeated blindly. */
export const resendInvitation = endpoint({
  operation: "UserlandUserInvitesController_resend",
  method: "POST",
  path: "/user_management/invitations/{id}/resend",
  body: z.object({ locale: locale.optional() }),
  success: { 200: invitation },
  repeat: "unsafe",
  lane: "write",
});
