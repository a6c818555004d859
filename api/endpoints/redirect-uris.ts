/** Where sign-ins may lead back to: `RedirectUrisController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { listOf, page, redirectUri } from "../schemas";

export const redirectUris = {
  /** The redirect URIs of the environment, newest first. */
  list: endpoint({
    operation: "RedirectUrisController_list",
    method: "GET",
    path: "/user_management/redirect_uris",
    query: page,
    success: { 200: listOf(redirectUri) },
    repeat: "safe",
    lane: "read",
  }),
  /** Adds a redirect URI. */
  create: endpoint({
    operation: "RedirectUrisController_create",
    method: "POST",
    path: "/user_management/redirect_uris",
    body: z.object({ uri: z.string() }),
    success: { 201: redirectUri },
    repeat: "unsafe",
    lane: "write",
  }),
  /** Deletes a redirect URI that is not the default one. */
  delete: endpoint({
    operation: "RedirectUrisController_delete",
    method: "DELETE",
    path: "/user_management/redirect_uris/{id}",
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
} as const;
