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
      "A page stands in for every identity provider (SAML, OpenID Connect, Google and the like): it signs you in as anybody you name, and offers people of the organization's directories and members. There are no certificates; tokens of the other service are made up, and signing out there shows a page.",
  },
  {
    operations: [
      "DataIntegrationsController_getDataIntegrationAuthorizeUrl",
      "DataIntegrationsController_getUserlandUserToken",
      "DataIntegrationsController_vendCredentials",
    ],
    difference:
      "A page stands in for the other service: it allows or denies, and asks for no account there. Tokens that it gives, and those that take the place of them when they are over, are made up; API keys and imported tokens are given back as they came.",
  },
  {
    operations: ["RadarStandaloneController_assess", "RadarStandaloneController_updateRadarAttempt"],
    difference:
      "Nothing learns: the verdict goes by the allow and block lists of addresses, domains, IP addresses and user agents, and five attempts for one address within ten minutes, none reported as a success, are a challenge. Devices and countries are not known.",
  },
  {
    operations: ["PublicRadarChallengesController_sendRadarSmsChallenge", "PublicRadarChallengesController_get"],
    difference:
      "Sign-ins by password are doubted when the switch `radarChallenge` says so, on no other grounds; text messages go to the mailbox.",
  },
  {
    operations: [
      "AgentAdminController_getRegistration",
      "AgentAdminController_linkClaimAttemptToExternalUser",
      "AgentAdminController_validateCredential",
    ],
    difference:
      "Agents register, and complete a claim, by controls (`POST /_emulator/agents`), since no operation of the document does; their keys and tokens open nothing here.",
  },
  {
    operations: ["WidgetsPublicController_issueWidgetSessionToken", "ClientApiTokenController_issueClientApiToken"],
    difference:
      "The tokens are signed with the key of the sessions' tokens, and are good for an hour; there are neither widgets nor the GraphQL API behind them.",
  },
  {
    operations: ["OrganizationsController_getAuditLogConfiguration"],
    difference: "There are no log streams, so it names none.",
  },
  {
    operations: [
      "JumpWireWeb.KeyController.create_data_key",
      "JumpWireWeb.KeyController.decrypt",
      "JumpWireWeb.KeyController.rekey",
    ],
    difference:
      "AES-256-GCM with one key that is made here and kept in the data file, whatever the context; there is no key of a customer's own. Values of the vault stand in the data file as they are.",
  },
  {
    operations: ["OrganizationDomainsController_verify"],
    difference: "There is no DNS: asking finds the record, unless the switch `domainVerification` says otherwise.",
  },
  {
    operations: [
      "ConnectionsController_list",
      "ConnectionsController_find",
      "ConnectionsController_delete",
      "DirectoriesController_list",
      "DirectoriesController_find",
      "DirectoriesController_deleteDirectory",
      "DirectoryGroupsController_list",
      "DirectoryGroupsController_find",
      "DirectoryUsersController_list",
      "DirectoryUsersController_find",
    ],
    difference: "There is no identity provider behind them: seeds and controls make them, and pushes change them.",
  },
  {
    operations: ["PortalSessionsController_create"],
    difference: "The link has the vendor's form; there is no Admin Portal behind it.",
  },
];
