/**
 * Operations whose real counterpart needs what cannot be here: other companies' servers, DNS, text messages, an engine
 * that learns. They answer as the vendor's document says; what is behind them is not the same. The table for people is in
 * `docs/local-authkit-coverage.md`.
 */

export interface StandIn {
  readonly operations: readonly string[];
  /** What is different. */
  readonly difference: string;
}

export const standIns: readonly StandIn[] = [
  {
    operations: [
      "SsoController_authorize",
      "SsoController_token",
      "SsoController_getProfile",
      "SsoController_logoutAuthorize",
      "SsoController_logout",
    ],
    difference:
      "A page stands in for every identity provider (SAML, OpenID Connect, Google and the like): it believes whoever you say you are, and offers people of the organization's directories and members. There are no certificates; tokens of the other service are made up, and signing out there shows a page.",
  },
  {
    operations: ["OrganizationDomainsController_verify"],
    difference: "There is no DNS: asking finds the record, unless the switch `domainVerification` says otherwise.",
  },
  {
    operations: [
      "ConnectionsController_list",
      "ConnectionsController_find",
      "DirectoriesController_list",
      "DirectoriesController_find",
      "DirectoryGroupsController_list",
      "DirectoryGroupsController_find",
      "DirectoryUsersController_list",
      "DirectoryUsersController_find",
    ],
    difference: "There is no identity provider behind them: a seed makes them.",
  },
  {
    operations: ["PortalSessionsController_create"],
    difference: "The link has the vendor's form; there is no Admin Portal behind it.",
  },
];
