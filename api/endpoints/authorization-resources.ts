/**
 * What people have roles on below an organization: `AuthorizationResourcesController` and
 * `AuthorizationResourcesByExternalIdController` in the vendor's specification.
 */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { authorizationResource, externalId, listOf, page, queryFlag, textUpTo } from "../schemas";
import { limits } from "../schemas/limits";

const name = textUpTo(limits.authorizationResource.name);
const description = textUpTo(limits.authorizationResource.description).nullish();
/** Of the parent either its id, or its external id and its type. */
const parent = { parent_resource_external_id: z.string().optional(), parent_resource_type_slug: z.string().optional() };
const update = z.object({
  name: name.optional(),
  description,
  parent_resource_id: z.string().optional(),
  ...parent,
});
const cascade = z.object({ cascade_delete: queryFlag.optional() });

export const authorizationResources = {
  /** Of one organization or of one type (one is needed), by their parent too. */
  list: endpoint({
    operation: "AuthorizationResourcesController_list",
    method: "GET",
    path: "/authorization/resources",
    query: page.extend({
      organization_id: z.string().optional(),
      resource_type_slug: z.string().optional(),
      resource_external_id: z.string().optional(),
      parent_resource_id: z.string().optional(),
      parent_resource_type_slug: z.string().optional(),
      parent_external_id: z.string().optional(),
    }),
    success: { 200: listOf(authorizationResource) },
    repeat: "safe",
    lane: "read",
  }),
  /** A resource of a type that the environment has, below another one if wanted. */
  create: endpoint({
    operation: "AuthorizationResourcesController_create",
    method: "POST",
    path: "/authorization/resources",
    body: z.object({
      external_id: externalId,
      name,
      description,
      resource_type_slug: z.string(),
      organization_id: z.string(),
      parent_resource_id: z.string().nullish(),
      ...parent,
    }),
    success: { 201: authorizationResource },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One resource. */
  get: endpoint({
    operation: "AuthorizationResourcesController_findById",
    method: "GET",
    path: "/authorization/resources/{resource_id}",
    success: { 200: authorizationResource },
    repeat: "safe",
    lane: "read",
  }),
  /** Changes what is given, and only that. A parent can be changed, and not be taken away. */
  update: endpoint({
    operation: "AuthorizationResourcesController_update",
    method: "PATCH",
    path: "/authorization/resources/{resource_id}",
    body: update,
    success: { 200: authorizationResource },
    repeat: "safe",
    lane: "write",
  }),
  /** Deletes a resource that nothing hangs on; with `cascade_delete` what is below it, and all roles on them, too. */
  delete: endpoint({
    operation: "AuthorizationResourcesController_delete",
    method: "DELETE",
    path: "/authorization/resources/{resource_id}",
    query: cascade,
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
  /** One resource, by your own id for it. */
  getByExternalId: endpoint({
    operation: "AuthorizationResourcesByExternalIdController_getByExternalId",
    method: "GET",
    path: "/authorization/organizations/{organization_id}/resources/{resource_type_slug}/{external_id}",
    success: { 200: authorizationResource },
    repeat: "safe",
    lane: "read",
  }),
  /** The same as `update`, by your own id. */
  updateByExternalId: endpoint({
    operation: "AuthorizationResourcesByExternalIdController_updateByExternalId",
    method: "PATCH",
    path: "/authorization/organizations/{organization_id}/resources/{resource_type_slug}/{external_id}",
    body: update,
    success: { 200: authorizationResource },
    repeat: "safe",
    lane: "write",
  }),
  /** The same as `delete`, by your own id. */
  deleteByExternalId: endpoint({
    operation: "AuthorizationResourcesByExternalIdController_deleteByExternalId",
    method: "DELETE",
    path: "/authorization/organizations/{organization_id}/resources/{resource_type_slug}/{external_id}",
    query: cascade,
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
} as const;
