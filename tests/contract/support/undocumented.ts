/** What the local AuthKit answers beyond the installed edition, and what it never answers, each with its reason. */
import { type AnyEndpoint } from "../../../api/endpoint";
import { authEndpoints, endpoints } from "../../../api/endpoints/index";
import { declaredEndpoints } from "./declared";
import { type SchemaNode } from "./specification";

const { users, organizationMemberships: memberships, invitations, apiKeys, organizations, roles } = endpoints;
const {
  organizationRoles,
  dataIntegrations,
  permissions,
  groups,
  groupMemberships,
  groupRoleAssignments,
  redirectUris,
  webhookEndpoints,
} = endpoints;
const { authorizationResources: resources, roleAssignments, auditLogSchemas, vault, radarLists } = endpoints;
const { featureFlags } = endpoints;
const { connections, directories, directoryGroups, directoryUsers, portal } = endpoints;

export interface NamedAnswer {
  readonly operation: string;
  readonly status: number;
  /** `code` of the body; `null` for one without. */
  readonly code: string | null;
  readonly reason: string;
}

export function named(
  operations: readonly AnyEndpoint[],
  status: number,
  codes: readonly (string | null)[],
  reason: string,
) {
  return operations.flatMap(({ operation }): NamedAnswer[] =>
    codes.map((code) => ({ operation, status, code, reason })),
  );
}

const saysBadRequest: readonly AnyEndpoint[] = [redirectUris.create];
const silentOnKeys = declaredEndpoints.filter((one) => !saysBadRequest.includes(one));
const silentOnBodies = silentOnKeys.filter(({ body }) => body !== undefined);
/** Those whose refusals without a code are documented. */
const documents400: readonly AnyEndpoint[] = [radarLists.add, radarLists.remove, portal.generateLink];
const pageThatCannotBe = "a page that cannot be: the same answer as in every other list";
const newer = "the vendor's newer edition documents it";

/** Answers that the installed edition does not document. The run fails for any other, and for one that is not seen. */
export const undocumentedAnswers: readonly NamedAnswer[] = [
  ...named(silentOnKeys, 401, [null], "a wrong key: the specification asks for one and is silent on a wrong one"),
  ...named(
    silentOnBodies.filter((one) => !documents400.includes(one)),
    400,
    [null],
    "a body that is not JSON: the specification has no answer to that",
  ),
  ...named(
    [users.update, invitations.revoke, organizations.delete, directories.delete],
    404,
    ["entity_not_found"],
    "an unknown id: the specification lists no 404 here, and no other answer fits",
  ),
  ...named(
    [memberships.create],
    409,
    ["organization_membership_already_exists"],
    "an active member is a member already; no source says what is answered",
  ),
  ...named(declaredEndpoints, 429, ["rate_limit_exceeded"], "the vendor's page on rate limits describes it"),
  ...named([users.create], 413, [null], "a body larger than the emulator takes"),
  ...named([users.create], 422, ["idempotency_key_reused"], "no source says what a reused key with other content gets"),
  ...named([apiKeys.listForOrganization], 422, ["invalid_request_parameters"], pageThatCannotBe),
  ...named([users.delete], 202, [null], "other sources than the specification know deletes that happen later"),
  ...named([users.delete], 204, [null], "other sources than the specification answer deletes so"),
  ...named([users.delete], 409, ["user_deletion_not_allowed"], newer),
  ...named([users.create, users.update], 400, ["password_salt_position_requires_password_hash"], newer),
  ...named(Object.values(groupRoleAssignments), 404, ["entity_not_found"], newer),
  ...named([groupRoleAssignments.create], 409, ["duplicate_group_role_assignment"], newer),
  ...named([groupRoleAssignments.create, groupRoleAssignments.replace], 422, ["invalid_request_parameters"], newer),
  ...named([groupRoleAssignments.delete], 204, [null], newer),
  ...named([apiKeys.expire], 404, ["entity_not_found"], newer),
  ...named([apiKeys.expire], 409, ["api_key_already_expired"], newer),
  ...named([apiKeys.expire], 422, ["invalid_request_parameters"], newer),
  ...named([redirectUris.delete], 204, [null], newer),
  ...named([redirectUris.delete], 404, ["entity_not_found"], newer),
  ...named([redirectUris.delete], 409, [null], newer),
  ...named(
    [redirectUris.list, webhookEndpoints.list, endpoints.corsOrigins.list],
    422,
    ["invalid_request_parameters"],
    "a page that cannot be, as in every other list",
  ),
  ...named([vault.get, vault.getByName, vault.describe, vault.delete], 404, ["Item not found"], newer),
  ...named(
    Object.values(radarLists),
    422,
    ["invalid_request_parameters"],
    "what every body that does not fit is answered",
  ),
  ...named(
    [dataIntegrations.get, dataIntegrations.update, dataIntegrations.delete, dataIntegrations.listForOrganization],
    404,
    ["entity_not_found"],
    newer,
  ),
  ...named([dataIntegrations.configure], 404, ["entity_not_found"], newer),
  ...named([dataIntegrations.create], 409, [null], newer),
  ...named([dataIntegrations.delete], 204, [null], newer),
  ...named([dataIntegrations.create, dataIntegrations.update], 422, ["invalid_request_parameters"], newer),
  ...named([dataIntegrations.configure, dataIntegrations.list], 422, ["invalid_request_parameters"], newer),
  ...named([vault.update], 404, ["Item not found"], "an unknown id: the specification lists no 404 here"),
  ...named([vault.update, vault.delete], 409, ["Version mismatch"], newer),
  ...named([vault.create], 409, ["Item already exists"], newer),
  ...named([vault.create, vault.update, vault.list], 422, ["invalid_request_parameters"], newer),
  ...named([roleAssignments.listForResource], 404, ["entity_not_found"], newer),
  ...named(
    [roleAssignments.list, roleAssignments.listForResource],
    422,
    ["invalid_request_parameters"],
    pageThatCannotBe,
  ),
  ...named([resources.list], 400, ["missing_organization_id_or_resource_type_slug"], newer),
  ...named([authEndpoints.externalAuth.completeLogin], 400, ["user_consent_options_not_supported"], newer),
];

export function listedAnswer(operation: string, status: number, code: string | null): NamedAnswer | undefined {
  return undocumentedAnswers.find(
    (entry) => entry.operation === operation && entry.status === status && entry.code === code,
  );
}

const changesOfResources = [
  ...[resources.create, resources.update, resources.delete],
  ...[resources.updateByExternalId, resources.deleteByExternalId],
];

/** Documented answers that the local AuthKit never gives. An entry that is seen after all fails the test. */
export const neverAnswered: readonly NamedAnswer[] = [
  ...named(
    [
      ...[organizationRoles.create, organizationRoles.update, organizationRoles.delete],
      ...[organizationRoles.addPermission, roles.create, roles.update, roles.setPermissions, roles.addPermission],
      ...[permissions.create, groups.create, groups.update],
    ],
    400,
    ["bad_request"],
    "422, documented too, is what every malformed field answers",
  ),
  ...named(
    [roles.create, permissions.create],
    404,
    [null],
    "nothing that they name is looked up: the emulator has no resource types",
  ),
  ...named([permissions.list], 404, [null], "a list of the whole environment is always there"),
  ...named(
    [
      ...[organizations.update, organizations.delete, ...Object.values(roles), ...Object.values(organizationRoles)],
      ...[...Object.values(groups), ...Object.values(groupMemberships), ...Object.values(resources)],
      ...[...Object.values(connections), ...Object.values(directories), ...Object.values(portal)],
      ...[...Object.values(directoryGroups), ...Object.values(directoryUsers)],
      ...[roleAssignments.list, roleAssignments.assign, roleAssignments.remove, roleAssignments.removeById],
    ],
    403,
    [null],
    "every key of the emulator may do everything",
  ),
  ...named([auditLogSchemas.listActions], 404, [null], "there is always a list, of none where there is none"),
  ...named([resources.create], 400, ["bad_request"], "422, documented too, is what every malformed field answers"),
  ...named(changesOfResources, 400, ["lock_timeout"], "one request at a time is carried out, so nothing is locked"),
  ...named(changesOfResources, 409, ["resource_type_update_in_progress"], "the emulator has no types of resources"),
  ...named([connections.delete], 200, [null], "204, documented too, is what it answers"),
  ...named([directories.delete], 200, [null], "202, documented too, is what it answers"),
  ...named([radarLists.add], 201, [null], "204, documented too, is what it answers"),
  ...named([resources.get], 422, [null], "an id has no form that could be wrong"),
  ...named(
    [featureFlags.addTarget, featureFlags.removeTarget],
    403,
    [null],
    "every key of the emulator may do everything",
  ),
  ...named([featureFlags.list], 400, ["invalid_request_parameters"], "422, documented too, is what every list answers"),
  ...named([featureFlags.list], 404, [null], "a list of the whole environment names nothing that could be missing"),
  ...named([invitations.accept], 400, ["invite_has_accepted_user_id"], "such an invitation is accepted: not pending"),
  ...named(
    [memberships.create, memberships.update],
    422,
    ["sub_resource_scoped_role_not_allowed"],
    "the emulator has no roles below an organization",
  ),
  ...named(
    [memberships.deactivate, memberships.reactivate],
    422,
    ["invalid_request_parameters"],
    "they take neither query nor body, so there is nothing to be wrong",
  ),
  ...named([memberships.list], 400, ["invalid_request_parameters"], "422, documented too, is what every list answers"),
  ...named([users.create], 404, [null], "nothing that a new user names is looked up"),
  ...named([users.update], 400, ["email_change_not_allowed"], "the emulator has no rule against changing an email"),
  ...named([users.update], 400, ["invalid_email"], "422, documented too, is what every malformed field answers"),
];

/** As the vendor's newer edition has it. */
const roleAssignment: SchemaNode = {
  type: "object",
  properties: {
    object: { const: "group_role_assignment" },
    id: { type: "string" },
    group_id: { type: "string" },
    role: { type: "object", properties: { slug: { type: "string" } }, required: ["slug"] },
    resource: {
      type: "object",
      properties: { id: { type: "string" }, external_id: { type: "string" }, resource_type_slug: { type: "string" } },
      required: ["id", "external_id", "resource_type_slug"],
    },
    created_at: { type: "string", format: "date-time" },
    updated_at: { type: "string", format: "date-time" },
  },
  required: ["object", "id", "group_id", "role", "resource", "created_at", "updated_at"],
};
const roleAssignmentList: SchemaNode = {
  type: "object",
  properties: { object: { const: "list" }, data: { type: "array", items: roleAssignment } },
  required: ["object", "data", "list_metadata"],
};

const anyList = { type: "object", required: ["object", "data", "list_metadata"] };

const integration = { type: "object", required: ["object", "id", "slug", "enabled", "credentials"] };
const vaultValue = { type: "object", required: ["id", "name", "value", "metadata"] };

/** Schemas of the installed edition for an operation that only the vendor's newer edition has. */
export const standIns: Readonly<Record<string, Readonly<Record<number, SchemaNode>>>> = {
  [dataIntegrations.list.operation]: { 200: { type: "object", required: ["object", "data", "list_metadata"] } },
  [dataIntegrations.create.operation]: { 201: integration },
  [dataIntegrations.get.operation]: { 200: integration },
  [dataIntegrations.update.operation]: { 200: integration },
  [dataIntegrations.listForOrganization.operation]: { 200: { type: "object", required: ["object", "data"] } },
  [dataIntegrations.configure.operation]: { 200: { type: "object", required: ["object", "id", "slug", "enabled"] } },
  [vault.list.operation]: { 200: { type: "object", required: ["data", "list_metadata"] } },
  [vault.create.operation]: { 201: { type: "object", required: ["id", "context", "updated_by"] } },
  [vault.get.operation]: { 200: vaultValue },
  [vault.getByName.operation]: { 200: vaultValue },
  [vault.describe.operation]: { 200: { type: "object", required: ["id", "name", "metadata"] } },
  [vault.update.operation]: { 201: { type: "object", required: ["id", "name", "metadata"] } },
  [vault.delete.operation]: { 200: { type: "object", required: ["success", "name"] } },
  [roleAssignments.listForResource.operation]: { 200: { $ref: "#/components/schemas/RoleAssignmentList" } },
  [apiKeys.expire.operation]: { 200: { $ref: "#/components/schemas/ApiKey" } },
  [groupRoleAssignments.list.operation]: { 200: roleAssignmentList },
  [groupRoleAssignments.replace.operation]: { 200: roleAssignmentList },
  [groupRoleAssignments.create.operation]: { 201: roleAssignment },
  [groupRoleAssignments.get.operation]: { 200: roleAssignment },
  [redirectUris.list.operation]: { 200: anyList },
  [endpoints.corsOrigins.list.operation]: { 200: anyList },
  [authEndpoints.authorizedApplications.listForOrganization.operation]: {
    200: anyList,
  },
};
