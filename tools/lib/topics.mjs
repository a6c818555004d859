// The kinds by what they are about, in the order of the documentation.

/** @type {Readonly<Record<string, readonly string[]>>} */
export const topics = {
  "Customers and people": [
    "Organization",
    "OrganizationDomain",
    "User",
    "OrganizationMembership",
    "OrganizationRoster",
    "Invitation",
  ],
  "Roles and permissions": [
    "Permission",
    "EnvironmentRole",
    "OrganizationRole",
    "AuthorizationResource",
    "RoleAssignment",
  ],
  Groups: ["Group", "GroupMembers", "GroupMembership", "GroupRoleAssignments"],
  "API keys": ["OrganizationApiKey", "UserApiKey"],
  Applications: ["ConnectApplication", "ConnectApplicationSecret"],
  "Settings of the environment": ["RedirectUri", "CorsOrigin", "WebhookEndpoint", "JwtTemplate", "RadarListEntry"],
  "Feature flags": ["FeatureFlagState", "FeatureFlagTarget"],
  "Audit logs": ["AuditLogSchema", "AuditLogRetention"],
  "Stored secrets and connected accounts": ["VaultObject", "DataIntegration", "OrganizationDataIntegration"],
};

/**
 * @param {readonly string[]} kinds all that there are
 * @throws where one is under no topic, or a topic has what is no kind
 */
export function assertComplete(kinds) {
  const placed = Object.values(topics).flat();
  const absent = kinds.filter((kind) => !placed.includes(kind));
  const unknown = placed.filter((kind) => !kinds.includes(kind));
  if (absent.length + unknown.length > 0) {
    throw new Error(
      `tools/lib/topics.mjs lacks ${absent.join(", ") || "nothing"} and has ${unknown.join(", ") || "nothing"} too many`,
    );
  }
}
