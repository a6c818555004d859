/** Domains of organizations, one by one: `OrganizationDomainsController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { organizationDomain } from "../schemas";

export const organizationDomains = {
  /** Adds a domain to an organization. */
  create: endpoint({
    operation: "OrganizationDomainsController_create",
    method: "POST",
    path: "/organization_domains",
    body: z.object({ domain: z.string(), organization_id: z.string() }),
    success: { 201: organizationDomain },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One domain, with the DNS record that verifies it. */
  get: endpoint({
    operation: "OrganizationDomainsController_get",
    method: "GET",
    path: "/organization_domains/{id}",
    success: { 200: organizationDomain },
    repeat: "safe",
    lane: "read",
  }),
  /** Starts the verification by DNS anew. */
  verify: endpoint({
    operation: "OrganizationDomainsController_verify",
    method: "POST",
    path: "/organization_domains/{id}/verify",
    success: { 201: organizationDomain },
    repeat: "safe",
    lane: "write",
  }),
  /** Removes a domain. */
  delete: endpoint({
    operation: "OrganizationDomainsController_delete",
    method: "DELETE",
    path: "/organization_domains/{id}",
    success: { 204: null },
    alsoAccepts: [200, 202],
    repeat: "safe",
    lane: "write",
  }),
} as const;
