/** Applications that a person let in: `AuthorizedApplicationsController` and
 * `OrganizationAuthorizedApplicationsController` in the vendor's specification. */
import { endpoint } from "../endpoint";
import { authorizedApplication, listOf, organizationAuthorizedApplication, page } from "../schemas";

export const authorizedApplications = {
  /** Applications that a user let in. */
  listForUser: endpoint({
    operation: "AuthorizedApplicationsController_list",
    method: "GET",
    path: "/user_management/users/{user_id}/authorized_applications",
    query: page,
    success: { 200: listOf(authorizedApplication) },
    repeat: "safe",
    lane: "read",
  }),
  /** Takes a user's permission back; by the application's id or client id. `application_id` is the application's id or its client id, not the authorization's. */
  deleteForUser: endpoint({
    operation: "AuthorizedApplicationsController_delete",
    method: "DELETE",
    path: "/user_management/users/{user_id}/authorized_applications/{application_id}",
    success: { 204: null },
    alsoAccepts: [200, 202],
    repeat: "safe",
    lane: "write",
  }),
  /** Applications that members of an organization let in, and who did. */
  listForOrganization: endpoint({
    operation: "OrganizationAuthorizedApplicationsController_list",
    method: "GET",
    path: "/organizations/{organization_id}/authorized_applications",
    query: page,
    success: { 200: listOf(organizationAuthorizedApplication) },
    repeat: "safe",
    lane: "read",
  }),
} as const;
