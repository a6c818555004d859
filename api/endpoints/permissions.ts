/** Permissions of the environment, which roles and API keys name: `AuthorizationPermissionsController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { listOf, page, permission, textUpTo } from "../schemas";
import { limits } from "../schemas/limits";

const name = textUpTo(limits.permission.name);
const description = textUpTo(limits.permission.description).nullish();

export const permissions = {
  /** The permissions of the environment. */
  list: endpoint({
    operation: "AuthorizationPermissionsController_list",
    method: "GET",
    path: "/authorization/permissions",
    query: page,
    success: { 200: listOf(permission) },
    repeat: "safe",
    lane: "read",
  }),
  /** A permission, which roles of the environment and of organizations can be given then. */
  create: endpoint({
    operation: "AuthorizationPermissionsController_create",
    method: "POST",
    path: "/authorization/permissions",
    body: z.object({
      slug: textUpTo(limits.permission.slug),
      name,
      description,
      resource_type_slug: textUpTo(limits.permission.resourceTypeSlug).optional(),
    }),
    success: { 201: permission },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One permission, by its slug. */
  get: endpoint({
    operation: "AuthorizationPermissionsController_find",
    method: "GET",
    path: "/authorization/permissions/{slug}",
    success: { 200: permission },
    repeat: "safe",
    lane: "read",
  }),
  /** Changes what is given, and only that. */
  update: endpoint({
    operation: "AuthorizationPermissionsController_update",
    method: "PATCH",
    path: "/authorization/permissions/{slug}",
    body: z.object({ name: name.optional(), description }),
    success: { 200: permission },
    repeat: "safe",
    lane: "write",
  }),
  /** Deletes a permission, unless it is one of the vendor's own (`system`). */
  delete: endpoint({
    operation: "AuthorizationPermissionsController_delete",
    method: "DELETE",
    path: "/authorization/permissions/{slug}",
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
} as const;
