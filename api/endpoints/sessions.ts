/** Sessions and the keys of their access tokens: `UserlandUserSessionsController`, `UserlandSessionsController` and
 * `SsoController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { jwks, listOf, page, session } from "../schemas";

export const sessions = {
  /** Sessions of a user. */
  list: endpoint({
    operation: "UserlandUserSessionsController_list",
    method: "GET",
    path: "/user_management/users/{user_id}/sessions",
    query: page,
    success: { 200: listOf(session) },
    repeat: "safe",
    lane: "read",
  }),
  /** Ends the session; its access token stays valid by itself until it expires. */
  revoke: endpoint({
    operation: "UserlandSessionsController_revokeSession",
    method: "POST",
    path: "/user_management/sessions/revoke",
    body: z.object({ session_id: z.string() }),
    success: { 200: null },
    // Whatever a second revocation answers, it makes no second effect.
    repeat: "safe",
    lane: "write",
  }),
  /** The public keys of access tokens. */
  jwks: endpoint({
    operation: "SsoController_jsonWebKeySet",
    method: "GET",
    path: "/sso/jwks/{client_id}",
    success: { 200: jwks },
    repeat: "safe",
    lane: "read",
    public: true,
  }),
} as const;
