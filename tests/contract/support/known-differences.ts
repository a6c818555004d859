/**
 * Where our declarations and the vendor's specification differ, and why that is right. The contract test fails for a
 * difference that is not here and for an entry that no longer applies.
 */
import { authEndpoints, endpoints } from "../../../api/endpoints/index";
import { webhookEvents } from "../../../api/schemas/webhook-events";
import { connectionTypes } from "../../../api/schemas";
import {
  differs,
  known,
  type KnownDifference,
  limitsForRequests,
  metadataLimits,
  newerField,
  ours,
  pathParameters,
  undeclared,
  unspecified,
} from "./difference-entries";
import { signInDifferences } from "./known-sign-in-differences";

const { users, organizationMemberships: memberships, invitations, apiKeys, organizations } = endpoints;
const {
  roles,
  organizationRoles,
  permissions,
  groupMemberships,
  groupRoleAssignments,
  membershipGroups,
  redirectUris,
  webhookEndpoints,
  userApiKeys,
} = endpoints;
const { authorizationResources, roleAssignments } = endpoints;
const { connections, directories, directoryUsers, portal, dataIntegrations } = endpoints;
const { auditLogSchemas, events, featureFlags, vault } = endpoints;

const answersMembership = [
  ...[memberships.list, memberships.create, memberships.get],
  ...[memberships.update, memberships.deactivate, memberships.reactivate],
];
const answersUser = [users.list, users.create, users.get, users.getByExternalId, users.update, ...answersMembership];
const answersOrganization = [
  ...[organizations.list, organizations.create, organizations.get],
  ...[organizations.getByExternalId, organizations.update],
];
const answersRole = [...Object.values(roles), ...Object.values(organizationRoles)].filter(
  (one) => one !== organizationRoles.delete,
);
const answersPermission = Object.values(permissions).filter((one) => one !== permissions.delete);
const newerEvents =
  /^(?:agent\.|pipes\.|radar\.challenge_created$|authentication\.reauthentication_succeeded$|api_key\.updated$)/;
const eventsWithoutWebhook = [
  ...["action.authentication.denied", "action.user_registration.denied", "authentication.email_verification_failed"],
  ...["authentication.mfa_failed", "dsync.deactivated", "vault.byok_key.deleted"],
  ...["vault.byok_key.verification_completed", "vault.data.created", "vault.data.deleted", "vault.data.read"],
  ...["vault.data.updated", "vault.dek.decrypted", "vault.dek.read", "vault.kek.created", "vault.metadata.read"],
  "vault.names.listed",
];
const writesUser = [users.create, users.update];
const writesOrganization = [organizations.create, organizations.update];

const leftOut = "other implementations of this API leave it out; the resources do without";
const permissionToo = "the permission's slug in the body is called so too, and both are given in one object";

const isOld = (type: string) => !["GrokOAuth", "XOAuth"].includes(type);
const wordsOf = (types: readonly string[]) => [...types].sort().join();
const answeredTypes = [
  ...["Pending", "Auth0Migration", "GitHubOAuth", "TestIdp"],
  ...connectionTypes.filter((type) => type !== "GithubOAuth"),
];

export const knownDifferences: readonly KnownDifference[] = [
  ...known("both", [events.list], "an event is declared by what all have; its name says what its data is", [
    ...["context", "created_at", "data", "event", "id", "object"].map((field) => unspecified(`event.${field}`)),
    unspecified("list.list_metadata.before"),
    ...[...webhookEvents.filter((name) => !newerEvents.test(name)), ...eventsWithoutWebhook].map((name) =>
      undeclared(`list.data[][event=${name}]`),
    ),
  ]),
  ...known(
    "newer",
    [events.list],
    "the same of the vendor's newer edition",
    webhookEvents.filter((name) => newerEvents.test(name)).map((name) => undeclared(`list.data[][event=${name}]`)),
  ),
  ...known("both", answersUser, limitsForRequests, metadataLimits("user")),
  ...known("both", answersOrganization, limitsForRequests, metadataLimits("organization")),
  ...known("both", answersMembership, leftOut, [differs("organization_membership.user", "required", "yes", "no")]),
  ...known("both", answersRole, leftOut, [
    differs("role.resource_type_slug", "required", "yes", "no"),
    differs("role.permissions", "required", "yes", "no"),
  ]),
  ...known("both", [roles.addPermission], permissionToo, [
    differs("operation", "path parameters", "slug", "role_slug"),
  ]),
  ...known("both", [organizationRoles.addPermission], permissionToo, [
    differs("operation", "path parameters", "organization_id,slug", "organization_id,role_slug"),
  ]),
  ...known("both", answersPermission, leftOut, [differs("permission.resource_type_slug", "required", "yes", "no")]),
  ...known("both", [membershipGroups.list], ours, pathParameters("om_id", "id")),
  ...known(
    "both",
    [groupMemberships.remove],
    ours,
    pathParameters("organization_id,group_id,om_id", "organization_id,group_id,organization_membership_id"),
  ),
  ...known("both", [users.update, organizations.update], "null removes one key: the vendor's own client types it so", [
    differs("body.metadata.*", "type", "string", "null or string"),
  ]),
  ...known("both", [users.update], "null clears a name: no source documents another way", [
    differs("body.first_name", "type", "string", "null or string"),
    differs("body.last_name", "type", "string", "null or string"),
  ]),
  ...known("both", [organizations.update], "null clears it: the vendor's own client types and tests it so", [
    differs("body.stripe_customer_id", "type", "string", "null or string"),
  ]),
  ...known(
    "both",
    [featureFlags.addTarget, featureFlags.removeTarget],
    "the document lists them in another order than the path has them",
    [differs("operation", "path parameters", "resource_id,slug", "slug,resource_id")],
  ),

  ...known("installed", answersUser, newerField, [unspecified("user.name")]),
  ...known("installed", writesUser, newerField, [unspecified("body.name"), unspecified("body.password_salt_position")]),
  ...known("installed", writesUser, "ssha256 is new in the vendor's newer edition", [
    differs(
      "body.password_hash_type",
      "enum",
      "argon2,bcrypt,firebase-scrypt,pbkdf2,scrypt,ssha",
      "argon2,bcrypt,firebase-scrypt,pbkdf2,scrypt,ssha,ssha256",
    ),
  ]),
  ...known(
    "installed",
    [...writesUser, ...writesOrganization, authorizationResources.create],
    "the vendor's newer edition says so",
    [differs("body.external_id", "pattern", "none", "^[\\x00-\\x7F]+$")],
  ),
  ...known("installed", [users.create], newerField, [
    unspecified("body.ip_address"),
    unspecified("body.user_agent"),
    unspecified("body.signals_id"),
  ]),
  ...known("installed", [...writesUser, invitations.send], "the vendor's newer edition says that it is an email", [
    differs("body.email", "format", "none", "email"),
  ]),
  ...known("installed", [invitations.list], "the vendor's newer edition says that it is an email", [
    differs("query.email", "format", "none", "email"),
  ]),
  ...known("installed", answersMembership, newerField, [unspecified("organization_membership.roles")]),
  ...known("installed", [memberships.list, invitations.list], "an oversight that the vendor's newer edition mends", [
    differs("list.object", "required", "no", "yes"),
    differs("list.data", "required", "no", "yes"),
    differs("list.list_metadata", "required", "no", "yes"),
  ]),
  ...known("installed", [apiKeys.createForOrganization, userApiKeys.create], newerField, [
    unspecified("body.expires_at"),
  ]),
  ...known("installed", [apiKeys.listForOrganization, apiKeys.createForOrganization, apiKeys.validate], newerField, [
    unspecified("api_key.expires_at"),
  ]),
  ...known("installed", [userApiKeys.list, userApiKeys.create], newerField, [unspecified("api_key.expires_at")]),
  ...known("installed", [apiKeys.validate], newerField, [unspecified("answer 200.agent_registration_id")]),
  ...known("installed", [roleAssignments.list, roleAssignments.assign], newerField, [
    unspecified("role_assignment.organization_membership_id"),
    unspecified("role_assignment.source"),
  ]),
  ...known("installed", [roleAssignments.list], newerField, [
    ...[unspecified("query.resource_id"), unspecified("query.resource_external_id")],
    unspecified("query.resource_type_slug"),
  ]),
  ...known("newer", [roleAssignments.list, roleAssignments.listForResource, roleAssignments.assign], leftOut, [
    differs("role_assignment.organization_membership_id", "required", "yes", "no"),
    differs("role_assignment.source", "required", "yes", "no"),
  ]),
  ...known("both", [connections.list, connections.get], "an older word for the state, which nobody needs", [
    differs("connection.status", "required", "yes", "no"),
  ]),
  ...known("installed", [connections.list, connections.get], "gone in the vendor's newer edition", [
    undeclared("connection.options"),
  ]),
  ...known("installed", [connections.list, connections.get], "new types of the vendor's newer edition", [
    differs("connection.connection_type", "enum", wordsOf(answeredTypes.filter(isOld)), wordsOf(answeredTypes)),
  ]),
  ...known("installed", [connections.list], "new types of the vendor's newer edition", [
    differs("query.connection_type", "enum", wordsOf(connectionTypes.filter(isOld)), wordsOf(connectionTypes)),
  ]),
  ...known("both", [directories.delete], "a body that may be anything, and is none", [undeclared("answer 202")]),
  ...known("installed", [directoryUsers.list], newerField, [unspecified("query.email"), unspecified("query.idp_id")]),
  ...known("newer", [directoryUsers.list], "the installed edition has it, and it is left out where it is not there", [
    unspecified("directory_user.groups"),
  ]),
  ...known("installed", [portal.generateLink], "gone in the vendor's newer edition", [
    undeclared("body.intent_options"),
  ]),
  ...known("installed", [portal.generateLink], "the vendor's newer edition says that it is an email", [
    differs("body.it_contact_emails[]", "format", "none", "email"),
  ]),
  ...known("both", [auditLogSchemas.listActions, auditLogSchemas.list], "every list has them", [
    differs("list.object", "required", "no", "yes"),
    differs("list.data", "required", "no", "yes"),
    differs("list.list_metadata", "required", "no", "yes"),
  ]),
  ...known("both", [auditLogSchemas.create], "a JSON Schema: the specification says nothing of what is in it", [
    unspecified("body.actor.metadata.*"),
    unspecified("body.metadata.*"),
    unspecified("body.targets[].metadata.*"),
  ]),
  ...known("installed", [auditLogSchemas.create], "the vendor's newer edition says so", [
    differs("body.targets", "minItems", "none", "1"),
  ]),
  ...known("installed", [authorizationResources.list], "gone in the vendor's newer edition", [
    undeclared("query.search"),
  ]),

  ...known("newer", [users.create], "about sign-ins that the vendor examines; no resource has a use for it", [
    undeclared("user.radar_auth_attempt_id"),
  ]),
  ...known("newer", [users.update], "null clears a name: no source documents another way", [
    differs("body.name", "type", "string", "null or string"),
  ]),
  ...known("newer", answersMembership, leftOut, [differs("organization_membership.roles", "required", "yes", "no")]),
  ...known("newer", [apiKeys.expire], "the client always sends a body, an empty one where there is nothing to say", [
    differs("body", "required", "no", "yes"),
  ]),
  ...known("installed", [webhookEndpoints.create, webhookEndpoints.update], "the newer edition has more events", [
    differs(
      "body.events[]",
      "enum",
      eventNames((name) => !newerEvents.test(name)),
      eventNames(() => true),
    ),
  ]),
  ...known(
    "newer",
    [redirectUris.list, endpoints.corsOrigins.list],
    "an oversight of the document: a page without it would be none",
    [
      differs("list.data", "required", "no", "yes"),
      differs("list.object", "required", "no", "yes"),
      differs("list.list_metadata", "required", "no", "yes"),
    ],
  ),

  ...signInDifferences,
];

function eventNames(named: (name: string) => boolean): string {
  return webhookEvents.filter(named).join();
}

const newerOperation = "an operation of the vendor's newer edition";

/** Declared operations that the installed edition does not have at all. */
export const unspecifiedOperations: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.values(dataIntegrations).map(({ operation }) => [operation, newerOperation])),
  ...Object.fromEntries(Object.values(vault).map(({ operation }) => [operation, newerOperation])),
  [apiKeys.expire.operation]: newerOperation,
  [redirectUris.list.operation]: newerOperation,
  [redirectUris.delete.operation]: newerOperation,
  [endpoints.corsOrigins.list.operation]: newerOperation,
  [roleAssignments.listForResource.operation]: newerOperation,
  [authEndpoints.authorizedApplications.listForOrganization.operation]: newerOperation,
  ...Object.fromEntries(Object.values(groupRoleAssignments).map(({ operation }) => [operation, newerOperation])),
};

const whoMayDo = "who may do what is asked by programs that let people in, not by those that give access";
const standaloneSso = "the vendor's product for SSO without AuthKit";

/** Operations of the families we declare that are not declared, so that a new one in these families is noticed. */
export const undeclaredOperations: Readonly<Record<string, string>> = {
  AuthorizationResourcesByExternalIdController_listOrganizationMembershipsForResourceByExternalId: whoMayDo,
  AuthorizationResourcesController_listOrganizationMembershipsForResource: whoMayDo,
  SsoController_authorize: standaloneSso,
  SsoController_getProfile: standaloneSso,
  SsoController_logout: standaloneSso,
  SsoController_logoutAuthorize: standaloneSso,
  SsoController_token: standaloneSso,
  RadarStandaloneController_assess: whoMayDo,
  RadarStandaloneController_updateRadarAttempt: whoMayDo,
  OrganizationsController_getAuditLogConfiguration: "audit logs are no part of access management",
};
