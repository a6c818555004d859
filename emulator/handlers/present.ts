/** Stored objects as the vendor shows them: exactly the specification's fields. */
import {
  type GroupObject,
  type GroupRoleAssignmentObject,
  type CorsOriginObject,
  type AuditLogActionObject,
  type AuditLogSchemaObject,
  type AuthorizationResourceObject,
  type ConnectionObject,
  type DataIntegrationConfigurationObject,
  type DataIntegrationObject,
  type DirectoryGroupObject,
  type DirectoryObject,
  type DirectoryUserObject,
  type InvitationObject,
  type OrganizationApiKeyObject,
  type OrganizationDomainObject,
  type OrganizationMembershipObject,
  type OrganizationObject,
  type PermissionObject,
  type RedirectUriObject,
  type RoleAssignmentObject,
  type RoleObject,
  type UserApiKeyObject,
  type UserObject,
  type WebhookEndpointObject,
  type VaultMetadataObject,
  type VaultObject,
} from "../../api/schemas";
import { type Context } from "../context";
import {
  type StoredApiKey,
  type StoredCorsOrigin,
  type StoredAuditLogAction,
  type StoredAuditLogSchema,
  type StoredConnection,
  type StoredDirectory,
  type StoredDirectoryGroup,
  type StoredDirectoryUser,
  type StoredDomain,
  type StoredGroup,
  type StoredGroupRole,
  type StoredIntegration,
  type StoredIntegrationOverride,
  type StoredInvitation,
  type StoredMembership,
  type StoredOrganization,
  type StoredPermission,
  type StoredRedirectUri,
  type StoredResource,
  type StoredRole,
  type StoredRoleAssignment,
  type StoredUser,
  type StoredWebhookEndpoint,
  type StoredVaultObject,
} from "../store/entities";

export function presentUser(user: StoredUser): UserObject {
  return {
    object: "user",
    id: user.id,
    first_name: user.first_name,
    last_name: user.last_name,
    name: user.name,
    profile_picture_url: null,
    email: user.email,
    email_verified: user.email_verified,
    external_id: user.external_id,
    metadata: { ...user.metadata },
    last_sign_in_at: user.last_sign_in_at,
    locale: user.locale,
    created_at: user.created_at,
    updated_at: user.updated_at,
  };
}

export function presentMembership(membership: StoredMembership, { store }: Context): OrganizationMembershipObject {
  const user = store.users.get(membership.user_id);
  return {
    object: "organization_membership",
    id: membership.id,
    user_id: membership.user_id,
    organization_id: membership.organization_id,
    status: membership.status,
    directory_managed: membership.directory_managed,
    organization_name: store.organizations.get(membership.organization_id)?.name,
    created_at: membership.created_at,
    updated_at: membership.updated_at,
    role: { slug: membership.role_slugs[0] ?? "member" },
    roles: membership.role_slugs.map((slug) => ({ slug })),
    user: user && presentUser(user),
  };
}

export const isExpired = (expiresAt: string | null, now: number) => expiresAt !== null && Date.parse(expiresAt) <= now;

export function acceptUrl(token: string, { url }: Pick<Context, "url">): string {
  return `${url}/invite?invitation_token=${encodeURIComponent(token)}`;
}

export function presentInvitation(
  invitation: StoredInvitation,
  membership: StoredMembership | undefined,
  context: Context,
): InvitationObject {
  const expired = invitation.state === "pending" && isExpired(invitation.expires_at, context.clock.now());
  return {
    object: "invitation",
    id: invitation.id,
    email: invitation.email,
    state: expired ? "expired" : invitation.state,
    accepted_at: invitation.accepted_at,
    revoked_at: invitation.revoked_at,
    expires_at: invitation.expires_at,
    organization_id: invitation.organization_id,
    inviter_user_id: invitation.inviter_user_id,
    accepted_user_id: invitation.accepted_user_id,
    role_slug: membership?.status === "pending" ? (membership.role_slugs[0] ?? null) : invitation.role_slug,
    created_at: invitation.created_at,
    updated_at: invitation.updated_at,
    token: invitation.token,
    accept_invitation_url: acceptUrl(invitation.token, context),
  };
}

export function presentApiKey(key: StoredApiKey): OrganizationApiKeyObject {
  return {
    object: "api_key",
    id: key.id,
    owner: { type: "organization", id: key.organization_id },
    name: key.name,
    obfuscated_value: key.obfuscated_value,
    last_used_at: key.last_used_at,
    expires_at: key.expires_at,
    permissions: [...key.permissions],
    created_at: key.created_at,
    updated_at: key.updated_at,
  };
}

export function presentUserApiKey(key: StoredApiKey): UserApiKeyObject {
  const owner = { type: "user" as const, id: key.user_id ?? "", organization_id: key.organization_id };
  return { ...presentApiKey(key), owner };
}

export const presentAnyApiKey = (key: StoredApiKey) =>
  key.user_id === null ? presentApiKey(key) : presentUserApiKey(key);

export function presentDomain(domain: StoredDomain): OrganizationDomainObject {
  return {
    object: "organization_domain",
    id: domain.id,
    organization_id: domain.organization_id,
    domain: domain.domain,
    state: domain.state,
    verification_prefix: domain.verification_prefix,
    verification_token: domain.verification_token,
    verification_strategy: domain.verification_strategy,
    created_at: domain.created_at,
    updated_at: domain.updated_at,
  };
}

export function presentOrganization(organization: StoredOrganization, { store }: Context): OrganizationObject {
  return {
    object: "organization",
    id: organization.id,
    name: organization.name,
    domains: store.domains.by("organization", organization.id).map(presentDomain),
    metadata: { ...organization.metadata },
    external_id: organization.external_id,
    ...(organization.stripe_customer_id === null ? {} : { stripe_customer_id: organization.stripe_customer_id }),
    created_at: organization.created_at,
    updated_at: organization.updated_at,
    allow_profiles_outside_organization: organization.allow_profiles_outside_organization,
  };
}

export function presentRole(role: StoredRole): RoleObject {
  return {
    slug: role.slug,
    object: "role",
    id: role.id,
    name: role.name,
    description: role.description,
    type: role.organization_id === null ? "EnvironmentRole" : "OrganizationRole",
    resource_type_slug: role.resource_type_slug,
    permissions: [...role.permissions],
    created_at: role.created_at,
    updated_at: role.updated_at,
  };
}

export function presentPermission(permission: StoredPermission): PermissionObject {
  return {
    object: "permission",
    id: permission.id,
    slug: permission.slug,
    name: permission.name,
    description: permission.description,
    system: permission.system,
    resource_type_slug: permission.resource_type_slug,
    created_at: permission.created_at,
    updated_at: permission.updated_at,
  };
}

export function presentGroup(group: StoredGroup): GroupObject {
  return {
    object: "group",
    id: group.id,
    organization_id: group.organization_id,
    name: group.name,
    description: group.description,
    created_at: group.created_at,
    updated_at: group.updated_at,
  };
}

export function presentGroupRole(given: StoredGroupRole): GroupRoleAssignmentObject {
  return {
    object: "group_role_assignment",
    id: given.id,
    group_id: given.group_id,
    role: { slug: given.role_slug },
    resource: {
      id: given.resource_id,
      external_id: given.external_id,
      resource_type_slug: given.resource_type_slug,
    },
    created_at: given.created_at,
    updated_at: given.updated_at,
  };
}

export const presentRedirectUri = (uri: StoredRedirectUri): RedirectUriObject => ({ object: "redirect_uri", ...uri });

export const presentWebhookEndpoint = (endpoint: StoredWebhookEndpoint): WebhookEndpointObject => ({
  object: "webhook_endpoint",
  ...endpoint,
  events: [...endpoint.events],
});

export const presentCorsOrigin = (origin: StoredCorsOrigin): CorsOriginObject => ({ object: "cors_origin", ...origin });

export function presentResource(resource: StoredResource): AuthorizationResourceObject {
  return {
    object: "authorization_resource",
    id: resource.id,
    external_id: resource.external_id,
    name: resource.name,
    description: resource.description,
    resource_type_slug: resource.resource_type_slug,
    organization_id: resource.organization_id,
    parent_resource_id: resource.parent_resource_id,
    created_at: resource.created_at,
    updated_at: resource.updated_at,
  };
}

export function presentRoleAssignment(assignment: StoredRoleAssignment, { store }: Context): RoleAssignmentObject {
  const resource = store.resources.get(assignment.resource_id);
  return {
    object: "role_assignment",
    id: assignment.id,
    organization_membership_id: assignment.organization_membership_id,
    role: { slug: assignment.role_slug },
    resource: {
      id: assignment.resource_id,
      external_id: resource?.external_id ?? "",
      resource_type_slug: resource?.resource_type_slug ?? "",
    },
    source: { type: "direct", group_role_assignment_id: null },
    created_at: assignment.created_at,
    updated_at: assignment.updated_at,
  };
}

export function presentAuditLogSchema(schema: StoredAuditLogSchema): AuditLogSchemaObject {
  return {
    object: "audit_log_schema",
    version: schema.version,
    ...(schema.actor && { actor: schema.actor }),
    targets: [...schema.targets],
    ...(schema.metadata && { metadata: schema.metadata }),
    created_at: schema.created_at,
  };
}

export function presentAuditLogAction(
  action: StoredAuditLogAction,
  newest: StoredAuditLogSchema,
): AuditLogActionObject {
  return {
    object: "audit_log_action",
    name: action.name,
    schema: presentAuditLogSchema(newest),
    created_at: action.created_at,
    updated_at: action.updated_at,
  };
}

export const presentVaultMetadata = (object: StoredVaultObject): VaultMetadataObject => ({
  id: object.id,
  context: { ...object.context },
  environment_id: "environment_local",
  key_id: object.key_id,
  updated_at: object.updated_at,
  updated_by: { ...object.updated_by },
  version_id: object.version_id,
});

export const presentVaultObject = (object: StoredVaultObject): VaultObject => ({
  id: object.id,
  name: object.name,
  metadata: presentVaultMetadata(object),
});

export const presentConnection = (connection: StoredConnection): ConnectionObject => ({
  object: "connection",
  id: connection.id,
  organization_id: connection.organization_id,
  connection_type: connection.connection_type,
  name: connection.name,
  state: connection.state,
  status: connection.state === "active" ? "linked" : "unlinked",
  domains: connection.domains.map((domain) => ({
    id: `conn_domain_${connection.id.slice("conn_".length)}_${domain}`,
    object: "connection_domain",
    domain,
  })),
  created_at: connection.created_at,
  updated_at: connection.updated_at,
});

export function presentDirectory(directory: StoredDirectory, { store }: Context): DirectoryObject {
  const users = store.directoryUsers.by("directory", directory.id);
  const active = users.filter(({ state }) => state === "active").length;
  return {
    object: "directory",
    id: directory.id,
    organization_id: directory.organization_id,
    external_key: directory.id.slice("directory_".length),
    type: directory.type,
    state: directory.state,
    name: directory.name,
    ...(directory.domain === null ? {} : { domain: directory.domain }),
    metadata: {
      users: { active, inactive: users.length - active },
      groups: store.directoryGroups.idsBy("directory", directory.id).size,
    },
    created_at: directory.created_at,
    updated_at: directory.updated_at,
  };
}

export const presentDirectoryGroup = (group: StoredDirectoryGroup): DirectoryGroupObject => ({
  object: "directory_group",
  id: group.id,
  idp_id: group.idp_id ?? group.name,
  directory_id: group.directory_id,
  organization_id: group.organization_id,
  name: group.name,
  raw_attributes: {},
  created_at: group.created_at,
  updated_at: group.updated_at,
});

/** None where nothing gives one. */
export const rolesOfDirectoryUser = ({ role_slug, group_role_slugs }: StoredDirectoryUser): readonly string[] =>
  role_slug === null ? group_role_slugs : [role_slug];

export function presentDirectoryUser(user: StoredDirectoryUser): DirectoryUserObject {
  const [first, ...rest] = rolesOfDirectoryUser(user).map((slug) => ({ slug }));
  const role = first === undefined ? {} : { role: first, roles: [first, ...rest] };
  return {
    object: "directory_user",
    id: user.id,
    directory_id: user.directory_id,
    organization_id: user.organization_id,
    idp_id: user.idp_id,
    email: user.email,
    first_name: user.first_name,
    last_name: user.last_name,
    emails: [{ primary: true, type: "work", value: user.email }],
    job_title: null,
    username: user.email,
    state: user.state,
    raw_attributes: {},
    custom_attributes: { ...user.custom_attributes },
    ...role,
    created_at: user.created_at,
    updated_at: user.updated_at,
  };
}

const redirectUriOf = ({ slug, id }: StoredIntegration) =>
  `https://api.workos.com/data-integrations/${slug}/${id}/callback`;

export function presentIntegration(integration: StoredIntegration): DataIntegrationObject {
  const { custom_provider: custom } = integration;
  return {
    object: "data_integration",
    id: integration.id,
    slug: integration.slug,
    integration_type: integration.slug,
    description: integration.description,
    enabled: integration.enabled,
    state: "valid",
    scopes: integration.scopes && [...integration.scopes],
    redirect_uri: redirectUriOf(integration),
    auth_methods: [...integration.auth_methods],
    credentials: integration.credentials,
    installation: null,
    config: { ...integration.config },
    custom_provider: custom,
    created_at: integration.created_at,
    updated_at: integration.updated_at,
  };
}

export function presentIntegrationFor(
  organizationId: string,
  integration: StoredIntegration,
  override: StoredIntegrationOverride | undefined,
): DataIntegrationConfigurationObject {
  const scopes = override?.scopes ?? integration.scopes;
  const type = integration.credentials?.type ?? "shared";
  return {
    object: "data_integration_configuration",
    id: integration.id,
    organization_id: organizationId,
    slug: integration.slug,
    name: integration.custom_provider?.name ?? integration.slug,
    enabled: override?.enabled ?? integration.enabled,
    scopes: scopes && [...scopes],
    config: { ...(override?.config ?? integration.config) },
    created_at: override?.created_at ?? integration.created_at,
    updated_at: override?.updated_at ?? integration.updated_at,
    ...(type === "organization"
      ? {
          credentials: {
            credentials_type: type,
            has_credentials: override?.client_id !== undefined && override.client_id !== null,
            client_id: override?.client_id ?? null,
            client_secret_last_four: override?.client_secret_last_four ?? null,
            redirect_uri: redirectUriOf(integration),
          },
        }
      : {}),
  };
}
