/** The operations that the emulator serves, and their other spellings. */
import { type AnyEndpoint } from "../provider/api/endpoint";
import { clientEndpoints, endpoints } from "../provider/api/endpoints";

export const operations = clientEndpoints;
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
