/** Organizations: `OrganizationsController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { commaJoinedText, externalId, listOf, metadataCreate, metadataUpdate, organization, page } from "../schemas";

const domainData = z.array(z.object({ domain: z.string(), state: z.enum(["pending", "verified"]) }));

export const organizations = {
  /** By `domains` or a part of the name where given. */
  list: endpoint({
    operation: "OrganizationsController_list",
    method: "GET",
    path: "/organizations",
    query: page.extend({ domains: commaJoinedText.optional(), search: z.string().optional() }),
    success: { 200: listOf(organization) },
    repeat: "safe",
    lane: "read",
  }),
  /** An organization. */
  create: endpoint({
    operation: "OrganizationsController_create",
    method: "POST",
    path: "/organizations",
    body: z.object({
      name: z.string(),
      allow_profiles_outside_organization: z.boolean().optional(),
      domains: z.array(z.string()).optional(),
      domain_data: domainData.optional(),
      metadata: metadataCreate.nullish(),
      external_id: externalId.nullish(),
    }),
    success: { 201: organization },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One organization. */
  get: endpoint({
    operation: "OrganizationsController_find",
    method: "GET",
    path: "/organizations/{id}",
    success: { 200: organization },
    repeat: "safe",
    lane: "read",
  }),
  /** One organization, by your own id for it. */
  getByExternalId: endpoint({
    operation: "OrganizationsController_getByExternalId",
    method: "GET",
    path: "/organizations/external_id/{external_id}",
    success: { 200: organization },
    repeat: "safe",
    lane: "read",
  }),
  /** Changes what is given, and only that. */
  update: endpoint({
    operation: "OrganizationsController_updateOrganization",
    method: "PUT",
    path: "/organizations/{id}",
    body: z.object({
      name: z.string().optional(),
      allow_profiles_outside_organization: z.boolean().optional(),
      domains: z.array(z.string()).optional(),
      /** A given list replaces the set (observed elsewhere; the specification is silent). */
      domain_data: domainData.optional(),
      stripe_customer_id: z.string().nullish(),
      metadata: metadataUpdate.nullish(),
      external_id: externalId.nullish(),
    }),
    success: { 200: organization },
    repeat: "safe",
    lane: "write",
  }),
  /** Deletes it; may take effect later. */
  delete: endpoint({
    operation: "OrganizationsController_deleteOrganization",
    method: "DELETE",
    path: "/organizations/{id}",
    success: { 200: null, 202: null },
    alsoAccepts: [204],
    repeat: "safe",
    lane: "organization_delete",
  }),
} as const;
