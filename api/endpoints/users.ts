/** Users: `UserlandUsersController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { passwordHashTypes } from "../schemas/password-hash-types";
import { externalId, listOf, metadataCreate, metadataUpdate, page, user, emailAddress } from "../schemas";

const passwordFields = {
  password_hash: z.string().optional(),
  password_hash_type: z.enum(passwordHashTypes).optional(),
  password_salt_position: z.enum(["prefix", "suffix"]).optional(),
};

export const users = {
  /** Users, newest first, by `email` or `organization_id` where given. */
  list: endpoint({
    operation: "UserlandUsersController_list",
    method: "GET",
    path: "/user_management/users",
    query: page.extend({
      organization: z.string().optional(),
      organization_id: z.string().optional(),
      email: z.string().optional(),
    }),
    success: { 200: listOf(user) },
    repeat: "safe",
    lane: "read",
  }),
  /** A user, with a password, a hash of one, or neither. */
  create: endpoint({
    operation: "UserlandUsersController_create",
    method: "POST",
    path: "/user_management/users",
    body: z.object({
      email: emailAddress,
      first_name: z.string().nullish(),
      last_name: z.string().nullish(),
      name: z.string().nullish(),
      email_verified: z.boolean().nullish(),
      metadata: metadataCreate.nullish(),
      external_id: externalId.nullish(),
      ip_address: z.string().nullish(),
      user_agent: z.string().nullish(),
      signals_id: z.string().optional(),
      password: z.string().nullish(),
      ...passwordFields,
    }),
    success: { 201: user },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One user. */
  get: endpoint({
    operation: "UserlandUsersController_get",
    method: "GET",
    path: "/user_management/users/{id}",
    success: { 200: user },
    repeat: "safe",
    lane: "read",
  }),
  /** One user, by your own id for them. */
  getByExternalId: endpoint({
    operation: "UserlandUsersController_getByExternalId",
    method: "GET",
    path: "/user_management/users/external_id/{external_id}",
    success: { 200: user },
    repeat: "safe",
    lane: "read",
  }),
  /** Changes what is given, and only that. */
  update: endpoint({
    operation: "UserlandUsersController_update",
    method: "PUT",
    path: "/user_management/users/{id}",
    body: z.object({
      email: emailAddress.optional(),
      // The specification has no null here; another implementation clears with it (see the resource's `clearable`).
      first_name: z.string().nullish(),
      last_name: z.string().nullish(),
      name: z.string().nullish(),
      email_verified: z.boolean().optional(),
      metadata: metadataUpdate.nullish(),
      external_id: externalId.nullish(),
      locale: z.string().nullish(),
      password: z.string().optional(),
      ...passwordFields,
    }),
    success: { 200: user },
    repeat: "safe",
    lane: "write",
  }),
  /** Deletes the user and what is theirs. */
  delete: endpoint({
    operation: "UserlandUsersController_delete",
    method: "DELETE",
    path: "/user_management/users/{id}",
    success: { 200: null },
    alsoAccepts: [202, 204],
    repeat: "safe",
    lane: "write",
  }),
} as const;
