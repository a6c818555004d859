/** API keys of users: `UserApiKeysController` in the vendor's specification. The other operations on keys are the same
 * for both owners (`api-keys.ts`). */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { listOf, page, timestamp, userApiKey, userApiKeyWithValue } from "../schemas";

export const userApiKeys = {
  /** Keys of a user, without their values. */
  list: endpoint({
    operation: "UserApiKeysController_list",
    method: "GET",
    path: "/user_management/users/{user_id}/api_keys",
    query: page.extend({ organization_id: z.string().optional() }),
    success: { 200: listOf(userApiKey) },
    repeat: "safe",
    lane: "read",
  }),
  /** A key in one organization. Needs an active membership. The answer is the only one that ever carries `value`; each call makes another key. */
  create: endpoint({
    operation: "UserApiKeysController_create",
    method: "POST",
    path: "/user_management/users/{user_id}/api_keys",
    body: z.object({
      name: z.string(),
      organization_id: z.string(),
      permissions: z.array(z.string()).optional(),
      expires_at: timestamp.optional(),
    }),
    success: { 201: userApiKeyWithValue },
    repeat: "unsafe",
    lane: "write",
  }),
} as const;
