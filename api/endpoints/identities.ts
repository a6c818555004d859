/** Services that vouch for a user: `UserlandUserIdentitiesController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { identity } from "../schemas";

export const userIdentities = {
  /** Other services that the user signs in with, all at once. A bare array: no envelope, no pages. */
  list: endpoint({
    operation: "UserlandUserIdentitiesController_get",
    method: "GET",
    path: "/user_management/users/{user_id}/identities",
    success: { 200: z.array(identity) },
    repeat: "safe",
    lane: "read",
  }),
} as const;
