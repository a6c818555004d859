/** The operations that the emulator serves: every declared one, and some that only it declares so far. */
import { z } from "zod";
import { type AnyEndpoint, endpoint } from "../provider/api/endpoint";
import { endpoints } from "../provider/api/endpoints";
import { organizationDomain } from "../provider/api/schemas";

/** The vendor manages domains through organizations and, one by one, through these. */
const organizationDomains = {
  create: endpoint({
    operation: "OrganizationDomainsController_create",
    method: "POST",
    path: "/organization_domains",
    body: z.object({ domain: z.string(), organization_id: z.string() }),
    success: { 201: organizationDomain },
    repeat: "unsafe",
    lane: "write",
  }),
  get: endpoint({
    operation: "OrganizationDomainsController_get",
    method: "GET",
    path: "/organization_domains/{id}",
    success: { 200: organizationDomain },
    repeat: "safe",
    lane: "read",
  }),
  verify: endpoint({
    operation: "OrganizationDomainsController_verify",
    method: "POST",
    path: "/organization_domains/{id}/verify",
    success: { 201: organizationDomain },
    repeat: "safe",
    lane: "write",
  }),
  delete: endpoint({
    operation: "OrganizationDomainsController_delete",
    method: "DELETE",
    path: "/organization_domains/{id}",
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
};

export const operations = { ...endpoints, organizationDomains };
export type Operations = typeof operations;

export interface Alias {
  readonly method: AnyEndpoint["method"];
  readonly path: string;
  readonly of: AnyEndpoint;
}

/**
 * Other spellings of the same operations, found in older descriptions of this API. They are answered so that clients
 * written from those can be tried; the specification's spellings are the ones to use.
 */
export const aliases: readonly Alias[] = [
  {
    method: "GET",
    path: "/user_management/users/by_external_id/{external_id}",
    of: endpoints.users.getByExternalId,
  },
  {
    method: "POST",
    path: "/user_management/organization_memberships/{id}/deactivate",
    of: endpoints.organizationMemberships.deactivate,
  },
  {
    method: "POST",
    path: "/user_management/organization_memberships/{id}/reactivate",
    of: endpoints.organizationMemberships.reactivate,
  },
  { method: "POST", path: "/user_management/invitations/{id}/send", of: endpoints.invitations.resend },
  {
    method: "GET",
    path: "/user_management/organizations/{organization_id}/api_keys",
    of: endpoints.apiKeys.listForOrganization,
  },
  {
    method: "POST",
    path: "/user_management/organizations/{organization_id}/api_keys",
    of: endpoints.apiKeys.createForOrganization,
  },
  { method: "DELETE", path: "/user_management/api_keys/{id}", of: endpoints.apiKeys.delete },
];
