/**
 * Organization API keys: `OrganizationApiKeysController` and `ApiKeysController` in the vendor's specification.
 * There is no operation that gets one key by id: list the organization's keys and match.
 */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { apiKey, listOf, organizationApiKey, organizationApiKeyWithValue, page, timestamp } from "../schemas";

export const apiKeys = {
  /** Keys of an organization, without their values. */
  listForOrganization: endpoint({
    operation: "OrganizationApiKeysController_list",
    method: "GET",
    path: "/organizations/{organization_id}/api_keys",
    query: page,
    success: { 200: listOf(organizationApiKey) },
    repeat: "safe",
    lane: "read",
  }),
  /** A key. The answer is the only one that ever carries `value`. Each call makes another key. */
  createForOrganization: endpoint({
    operation: "OrganizationApiKeysController_create",
    method: "POST",
    path: "/organizations/{organization_id}/api_keys",
    body: z.object({
      name: z.string(),
      permissions: z.array(z.string()).optional(),
      expires_at: timestamp.optional(),
    }),
    success: { 201: organizationApiKeyWithValue },
    repeat: "unsafe",
    lane: "write",
    refusesWithoutCode: true,
  }),
  /** Whose key a value is; `api_key` is null for one that is unknown or over. */
  validate: endpoint({
    operation: "ApiKeysController_validateApiKey",
    method: "POST",
    path: "/api_keys/validations",
    body: z.object({ value: z.string() }),
    success: { 200: z.object({ api_key: apiKey.nullable(), agent_registration_id: z.string().optional() }) },
    repeat: "safe",
    lane: "read",
  }),
  /** A future `expires_at` reschedules, `null` clears, none or a past one ends the key now. */
  expire: endpoint({
    operation: "ApiKeysController_expire",
    method: "POST",
    path: "/api_keys/{id}/expire",
    body: z.object({ expires_at: timestamp.nullish() }),
    success: { 200: apiKey },
    // Repeating "end it now" answers 409 `api_key_already_expired`; a date or null converges.
    repeat: "safe",
    lane: "write",
  }),
  /** Revokes a key of either owner at once. */
  delete: endpoint({
    operation: "ApiKeysController_delete",
    method: "DELETE",
    path: "/api_keys/{id}",
    success: { 204: null },
    alsoAccepts: [200, 202],
    repeat: "safe",
    lane: "write",
  }),
} as const;
