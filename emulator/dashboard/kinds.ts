/**
 * The kinds of objects that the dashboard shows: their columns, what can be done to them, and by which call. One table
 * for the server and the browser; what a page shows follows from it.
 */

/** A field of a form. Its name is the API's. */
export interface Field {
  readonly name: string;
  readonly label: string;
  /** Default `text`. `lines` is a list with one entry a line, `map` an object of texts, `ref` the id of an object. */
  readonly type?: "text" | "email" | "password" | "url" | "number" | "yes" | "choice" | "lines" | "map" | "ref";
  /** Of which kind, where it is a `ref`. */
  readonly of?: string;
  readonly options?: readonly string[];
  readonly required?: boolean;
  readonly hint?: string;
  /** What the form begins with. */
  readonly value?: string | boolean;
  readonly wire?: {
    /** Another name in the body. */
    readonly name?: string;
    /** How a line becomes an entry of a list. */
    readonly entry?: (line: string, index: number) => unknown;
    /** How the entries that an object has become lines. */
    readonly lines?: (entries: readonly Shown[]) => readonly string[];
  };
  /** Field and value of objects that it is for. */
  readonly when?: When;
}

type When = readonly [field: string, ...values: readonly unknown[]];

/** How the vendor's SDK spells a call; without a method of its own there is `workos.post(path, body)`. */
export interface SdkCall {
  /** `userManagement.updateUser` */
  readonly method: string;
  /** Variables of the path that are arguments of their own, in order. */
  readonly positional?: readonly string[];
  /** Names in the options, where they are not the API's in another case. */
  readonly named?: Readonly<Record<string, string>>;
}

export interface Operation {
  readonly label: string;
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  /** With variables, which are fields of the form or of the object: `/user_management/users/{id}`. */
  readonly path: string;
  readonly fields?: readonly Field[];
  /** Fields of the body that nobody chooses, with variables. */
  readonly fixed?: Readonly<Record<string, string | boolean>>;
  /** The list in the body whose one entry the fields make. */
  readonly within?: string;
  readonly sdk?: SdkCall;
  /** Asked about once more. */
  readonly danger?: string;
  /** Field and value of objects that it is for. */
  readonly when?: When;
  /** Only what is changed in the form is sent. */
  readonly changes?: boolean;
}

export interface Column {
  readonly field: string;
  readonly label: string;
  readonly as?: "text" | "id" | "time" | "state" | "list" | "yes" | "ref" | "code";
}

export interface Related {
  readonly kind: string;
  /** The field of the other kind that holds this object's id. */
  readonly by: string;
}

export interface Filter {
  readonly field: string;
  readonly label: string;
  readonly options?: readonly string[];
  /** The kind whose ids it takes. */
  readonly of?: string;
}

export interface Kind {
  /** In addresses: `/dashboard/users`. */
  readonly slug: string;
  readonly title: string;
  readonly one: string;
  readonly says: string;
  readonly prefix: string;
  /** What names an object for people, the first that it has. */
  readonly names: readonly string[];
  readonly columns: readonly Column[];
  readonly filters?: readonly Filter[];
  readonly create?: Operation;
  readonly update?: Operation;
  readonly remove?: Operation;
  readonly actions?: readonly Operation[];
  readonly related?: readonly Related[];
}

const created: Column = { field: "created_at", label: "Created", as: "time" };
const updated: Column = { field: "updated_at", label: "Updated", as: "time" };
const metadata: Field = { name: "metadata", label: "Metadata", type: "map", hint: "One key=value a line." };
const organizationId: Field = {
  ...{ name: "organization_id", label: "Organization", type: "ref", of: "organizations", required: true },
};
const userId: Field = { name: "user_id", label: "User", type: "ref", of: "users", required: true };
const ofOrganization: Filter = { field: "organization_id", label: "Organization", of: "organizations" };
const ofUser: Filter = { field: "user_id", label: "User", of: "users" };
const permissionsField: Field = { name: "permissions", label: "Permissions", type: "lines", hint: "One slug a line." };
const ofOrganizationById: Field = { ...organizationId, wire: { name: "organization" } };
const name: Field = { name: "name", label: "Name", required: true };
const roleSlug: Field = { name: "role_slug", label: "Role", hint: "Its slug: member, admin." };

/** As the API's schemas have them, which the browser does without. */
export const connectionStates = ["active", "inactive", "draft", "validating", "requires_type", "deleting"];
export const directoryStates = ["linked", "unlinked", "validating", "invalid_credentials", "deleting"];
export const directoryUserStates = ["active", "suspended", "inactive"];

const organizationRolePath = "/authorization/organizations/{organization_id}/roles/{slug}";
const pushPath = "/_emulator/directories/{directory_id}/push";
const ofDirectory: Field = {
  ...{ name: "directory_id", label: "Directory", type: "ref", of: "directories", required: true },
};
const pushedRole: Field = {
  name: "role_slug",
  label: "Role",
  hint: "Its slug: member, admin.",
  wire: { name: "role" },
};
const directoryGroups: Field = {
  ...{ name: "groups", label: "Groups", type: "lines", hint: "All groups that they are in, by name, one a line." },
};

const redirectUriEntry = (uri: string, index: number) => ({ uri, default: index === 0 });
const redirectUriLines = (entries: readonly Shown[]) =>
  [...entries].sort((a, b) => Number(b.default) - Number(a.default)).map(({ uri }) => textOf(uri));

const userFields: readonly Field[] = [
  { name: "email", label: "Email", type: "email", required: true },
  { name: "first_name", label: "First name" },
  { name: "last_name", label: "Last name" },
  { name: "email_verified", label: "Email verified", type: "yes", value: true },
  { name: "password", label: "Password", type: "password", hint: "At least 10 characters." },
  { name: "external_id", label: "External id" },
  metadata,
];

/** With a row for each kind of the vendor's API that has a page here. */
export const kinds: readonly Kind[] = [
  {
    slug: "users",
    title: "Users",
    one: "user",
    says: "People who can sign in.",
    prefix: "user",
    names: ["email"],
    columns: [
      { field: "email", label: "Email" },
      { field: "name", label: "Name" },
      { field: "email_verified", label: "Verified", as: "yes" },
      { field: "last_sign_in_at", label: "Last sign-in", as: "time" },
      created,
    ],
    filters: [{ field: "email_verified", label: "Verified", options: ["true", "false"] }],
    create: {
      ...{ label: "Create user", method: "POST", path: "/user_management/users", fields: userFields },
      sdk: { method: "userManagement.createUser" },
    },
    update: {
      ...{ label: "Edit", method: "PUT", path: "/user_management/users/{id}", fields: userFields, changes: true },
      sdk: { method: "userManagement.updateUser", named: { id: "userId" } },
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/user_management/users/{id}" },
      danger: "The user goes with all memberships, sessions, factors and keys.",
      sdk: { method: "userManagement.deleteUser", positional: ["id"] },
    },
    actions: [
      {
        ...{ label: "Send verification email", method: "POST" },
        path: "/user_management/users/{id}/email_verification/send",
        sdk: { method: "userManagement.sendVerificationEmail", named: { id: "userId" } },
      },
      {
        ...{ label: "Send password reset", method: "POST", path: "/user_management/password_reset" },
        fixed: { email: "{email}" },
        sdk: { method: "userManagement.createPasswordReset" },
      },
      {
        ...{ label: "Send sign-in code", method: "POST", path: "/user_management/magic_auth" },
        fixed: { email: "{email}" },
        sdk: { method: "userManagement.createMagicAuth" },
      },
      {
        ...{ label: "Create API key", method: "POST", path: "/user_management/users/{id}/api_keys" },
        fields: [{ name: "name", label: "Key name", required: true }, organizationId, permissionsField],
      },
    ],
    related: [
      { kind: "memberships", by: "user_id" },
      { kind: "sessions", by: "user_id" },
      { kind: "factors", by: "user_id" },
      { kind: "api-keys", by: "user_id" },
      { kind: "flag-targets", by: "resource_id" },
    ],
  },
  {
    slug: "organizations",
    title: "Organizations",
    one: "organization",
    says: "Customers, with their people, domains and roles.",
    prefix: "org",
    names: ["name"],
    columns: [
      { field: "name", label: "Name" },
      { field: "domains", label: "Domains", as: "list" },
      { field: "external_id", label: "External id" },
      created,
      updated,
    ],
    create: {
      ...{ label: "Create organization", method: "POST", path: "/organizations" },
      fields: [
        { name: "name", label: "Name", required: true },
        {
          ...{ name: "domains", label: "Verified domains", type: "lines", hint: "One a line." },
          wire: { name: "domain_data", entry: (domain) => ({ domain, state: "verified" }) },
        },
        { name: "external_id", label: "External id" },
        metadata,
      ],
      sdk: { method: "organizations.createOrganization" },
    },
    update: {
      ...{ label: "Edit", method: "PUT", path: "/organizations/{id}", changes: true },
      fields: [
        { name: "name", label: "Name", required: true },
        { name: "external_id", label: "External id" },
        metadata,
      ],
      sdk: { method: "organizations.updateOrganization", named: { id: "organization" } },
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/organizations/{id}" },
      danger: "The organization goes with its memberships, domains, roles, groups and keys.",
      sdk: { method: "organizations.deleteOrganization", positional: ["id"] },
    },
    actions: [
      {
        ...{ label: "Create role", method: "POST", path: "/authorization/organizations/{id}/roles" },
        fields: [
          { name: "name", label: "Name", required: true },
          { name: "slug", label: "Slug", hint: "Starts with org-; made up if empty." },
          { name: "description", label: "Description" },
        ],
        sdk: { method: "authorization.createOrganizationRole", positional: ["id"] },
      },
    ],
    related: [
      { kind: "memberships", by: "organization_id" },
      { kind: "invitations", by: "organization_id" },
      { kind: "domains", by: "organization_id" },
      { kind: "roles", by: "organization_id" },
      { kind: "groups", by: "organization_id" },
      { kind: "api-keys", by: "organization_id" },
      { kind: "connections", by: "organization_id" },
      { kind: "directories", by: "organization_id" },
      { kind: "flag-targets", by: "resource_id" },
    ],
  },
  {
    slug: "memberships",
    title: "Memberships",
    one: "membership",
    says: "Who is in which organization, and as what.",
    prefix: "om",
    names: ["user_id"],
    columns: [
      { field: "user_id", label: "User", as: "ref" },
      { field: "organization_id", label: "Organization", as: "ref" },
      { field: "roles", label: "Roles", as: "list" },
      { field: "status", label: "Status", as: "state" },
      created,
    ],
    filters: [{ field: "status", label: "Status", options: ["active", "inactive", "pending"] }, ofOrganization, ofUser],
    create: {
      ...{ label: "Create membership", method: "POST", path: "/user_management/organization_memberships" },
      fields: [userId, organizationId, roleSlug],
      sdk: { method: "userManagement.createOrganizationMembership" },
    },
    update: {
      ...{ label: "Change role", method: "PUT", path: "/user_management/organization_memberships/{id}" },
      fields: [{ ...roleSlug, required: true }],
      sdk: { method: "userManagement.updateOrganizationMembership", positional: ["id"] },
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/user_management/organization_memberships/{id}" },
      danger: "The membership ends for good.",
      sdk: { method: "userManagement.deleteOrganizationMembership", positional: ["id"] },
    },
    actions: [
      {
        ...{ label: "Deactivate", method: "PUT", path: "/user_management/organization_memberships/{id}/deactivate" },
        when: ["status", "active"],
        sdk: { method: "userManagement.deactivateOrganizationMembership", positional: ["id"] },
      },
      {
        ...{ label: "Reactivate", method: "PUT", path: "/user_management/organization_memberships/{id}/reactivate" },
        when: ["status", "inactive"],
        sdk: { method: "userManagement.reactivateOrganizationMembership", positional: ["id"] },
      },
    ],
    related: [{ kind: "group-members", by: "organization_membership_id" }],
  },
  {
    slug: "invitations",
    title: "Invitations",
    one: "invitation",
    says: "People who were asked to join.",
    prefix: "invitation",
    names: ["email"],
    columns: [
      { field: "email", label: "Email" },
      { field: "organization_id", label: "Organization", as: "ref" },
      { field: "state", label: "State", as: "state" },
      { field: "expires_at", label: "Expires", as: "time" },
      created,
    ],
    filters: [
      { field: "state", label: "State", options: ["pending", "accepted", "revoked", "expired"] },
      ofOrganization,
    ],
    create: {
      ...{ label: "Send invitation", method: "POST", path: "/user_management/invitations" },
      fields: [
        { name: "email", label: "Email", type: "email", required: true },
        { ...organizationId, required: false },
        roleSlug,
        { name: "expires_in_days", label: "Expires in days", type: "number", hint: "1 to 30; 7 if empty." },
      ],
      sdk: { method: "userManagement.sendInvitation" },
    },
    actions: [
      {
        ...{ label: "Resend", method: "POST", path: "/user_management/invitations/{id}/resend" },
        when: ["state", "pending", "expired"],
        sdk: { method: "userManagement.resendInvitation", positional: ["id"] },
      },
      {
        ...{ label: "Accept", method: "POST", path: "/user_management/invitations/{id}/accept" },
        when: ["state", "pending"],
        sdk: { method: "userManagement.acceptInvitation", positional: ["id"] },
      },
      {
        ...{ label: "Revoke", method: "POST", path: "/user_management/invitations/{id}/revoke" },
        when: ["state", "pending"],
        danger: "The link in the mail stops working.",
        sdk: { method: "userManagement.revokeInvitation", positional: ["id"] },
      },
    ],
  },
  {
    slug: "sessions",
    title: "Sessions",
    one: "session",
    says: "Who is signed in.",
    prefix: "session",
    names: ["user_id"],
    columns: [
      { field: "user_id", label: "User", as: "ref" },
      { field: "organization_id", label: "Organization", as: "ref" },
      { field: "auth_method", label: "Method" },
      { field: "status", label: "Status", as: "state" },
      created,
    ],
    filters: [ofUser, ofOrganization],
    actions: [
      {
        ...{ label: "Revoke", method: "POST", path: "/user_management/sessions/revoke" },
        fixed: { session_id: "{id}" },
        when: ["status", "active"],
        danger: "Whoever holds this session is signed out.",
        sdk: { method: "userManagement.revokeSession" },
      },
    ],
  },
  {
    slug: "factors",
    title: "Factors",
    one: "factor",
    says: "Second factors of users.",
    prefix: "auth_factor",
    names: ["type"],
    columns: [{ field: "user_id", label: "User", as: "ref" }, { field: "type", label: "Type" }, created],
    filters: [ofUser],
    create: {
      ...{ label: "Enroll factor", method: "POST", path: "/user_management/users/{user_id}/auth_factors" },
      fields: [userId, { name: "totp_issuer", label: "Issuer" }, { name: "totp_user", label: "Account" }],
      fixed: { type: "totp" },
      sdk: { method: "userManagement.enrollAuthFactor" },
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/auth/factors/{id}" },
      danger: "The user can sign in without it.",
      sdk: { method: "mfa.deleteFactor", positional: ["id"] },
    },
  },
  {
    slug: "domains",
    title: "Domains",
    one: "domain",
    says: "Domains of organizations.",
    prefix: "org_domain",
    names: ["domain"],
    columns: [
      { field: "domain", label: "Domain" },
      { field: "organization_id", label: "Organization", as: "ref" },
      { field: "state", label: "State", as: "state" },
      created,
    ],
    filters: [{ field: "state", label: "State", options: ["pending", "verified", "failed"] }, ofOrganization],
    create: {
      ...{ label: "Add domain", method: "POST", path: "/organization_domains" },
      fields: [organizationId, { name: "domain", label: "Domain", required: true }],
      sdk: { method: "organizationDomains.create" },
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/organization_domains/{id}" },
      danger: "The organization loses the domain.",
      sdk: { method: "organizationDomains.delete", positional: ["id"] },
    },
    actions: [
      {
        ...{ label: "Verify", method: "POST", path: "/organization_domains/{id}/verify" },
        when: ["state", "pending", "failed"],
        sdk: { method: "organizationDomains.verify", positional: ["id"] },
      },
    ],
  },
  {
    slug: "roles",
    title: "Roles",
    one: "role",
    says: "What somebody can be, of the environment or of one organization.",
    prefix: "role",
    names: ["name", "slug"],
    columns: [
      { field: "name", label: "Name" },
      { field: "slug", label: "Slug", as: "code" },
      { field: "permissions", label: "Permissions", as: "list" },
      { field: "organization_id", label: "Organization", as: "ref" },
      created,
    ],
    filters: [ofOrganization],
    create: {
      ...{ label: "Create role", method: "POST", path: "/authorization/roles" },
      fields: [
        { name: "slug", label: "Slug", required: true },
        { name: "name", label: "Name", required: true },
        { name: "description", label: "Description" },
      ],
      sdk: { method: "authorization.createEnvironmentRole" },
    },
    update: {
      ...{ label: "Edit", method: "PATCH", path: "/authorization/roles/{slug}", when: ["organization_id", null] },
      fields: [
        { name: "name", label: "Name", required: true },
        { name: "description", label: "Description" },
      ],
      changes: true,
      sdk: { method: "authorization.updateEnvironmentRole", positional: ["slug"] },
    },
    actions: [
      {
        ...{ label: "Set permissions", method: "PUT", path: "/authorization/roles/{slug}/permissions" },
        ...{ fields: [permissionsField], when: ["organization_id", null] },
        sdk: { method: "authorization.setEnvironmentRolePermissions", positional: ["slug"] },
      },
      {
        ...{ label: "Delete", method: "DELETE", path: "/_emulator/roles/{id}", when: ["organization_id", null] },
        danger: "As WorkOS's own dashboard does: the API has no operation for it.",
      },
      {
        ...{ label: "Edit", method: "PATCH", path: organizationRolePath, changes: true },
        fields: [
          { name: "name", label: "Name", required: true },
          { name: "description", label: "Description" },
        ],
        when: ["type", "OrganizationRole"],
        sdk: { method: "authorization.updateOrganizationRole", positional: ["organization_id", "slug"] },
      },
      {
        ...{ label: "Set permissions", method: "PUT" },
        path: `${organizationRolePath}/permissions`,
        ...{ fields: [permissionsField], when: ["type", "OrganizationRole"] },
        sdk: { method: "authorization.setOrganizationRolePermissions", positional: ["organization_id", "slug"] },
      },
      {
        ...{ label: "Delete", method: "DELETE", path: organizationRolePath },
        when: ["type", "OrganizationRole"],
        danger: "Only a role that nobody has can be deleted.",
        sdk: { method: "authorization.deleteOrganizationRole", positional: ["organization_id", "slug"] },
      },
    ],
  },
  {
    slug: "permissions",
    title: "Permissions",
    one: "permission",
    says: "What roles allow.",
    prefix: "perm",
    names: ["name", "slug"],
    columns: [
      { field: "name", label: "Name" },
      { field: "slug", label: "Slug", as: "code" },
      { field: "description", label: "Description" },
      created,
    ],
    create: {
      ...{ label: "Create permission", method: "POST", path: "/authorization/permissions" },
      fields: [
        { name: "slug", label: "Slug", required: true },
        { name: "name", label: "Name", required: true },
        { name: "description", label: "Description" },
      ],
      sdk: { method: "authorization.createPermission" },
    },
    update: {
      ...{ label: "Edit", method: "PATCH", path: "/authorization/permissions/{slug}", changes: true },
      fields: [
        { name: "name", label: "Name", required: true },
        { name: "description", label: "Description" },
      ],
      sdk: { method: "authorization.updatePermission", positional: ["slug"] },
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/authorization/permissions/{slug}" },
      danger: "Roles lose it.",
      sdk: { method: "authorization.deletePermission", positional: ["slug"] },
    },
  },
  {
    slug: "groups",
    title: "Groups",
    one: "group",
    says: "Members of an organization, together.",
    prefix: "group",
    names: ["name"],
    columns: [
      { field: "name", label: "Name" },
      { field: "organization_id", label: "Organization", as: "ref" },
      { field: "description", label: "Description" },
      created,
    ],
    filters: [ofOrganization],
    create: {
      ...{ label: "Create group", method: "POST", path: "/organizations/{organization_id}/groups" },
      fields: [
        organizationId,
        { name: "name", label: "Name", required: true },
        { name: "description", label: "Description" },
      ],
    },
    update: {
      ...{ label: "Edit", method: "PATCH", path: "/organizations/{organization_id}/groups/{id}", changes: true },
      fields: [
        { name: "name", label: "Name", required: true },
        { name: "description", label: "Description" },
      ],
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/organizations/{organization_id}/groups/{id}" },
      danger: "Who is in it stays in the organization.",
    },
    actions: [
      {
        ...{ label: "Add member", method: "POST" },
        path: "/organizations/{organization_id}/groups/{id}/organization-memberships",
        fields: [
          { name: "organization_membership_id", label: "Membership", type: "ref", of: "memberships", required: true },
        ],
      },
    ],
    related: [{ kind: "group-members", by: "group_id" }],
  },
  {
    slug: "group-members",
    title: "Group members",
    one: "group member",
    says: "Which membership is in which group.",
    prefix: "",
    names: ["user_id"],
    columns: [
      { field: "group_id", label: "Group", as: "ref" },
      { field: "user_id", label: "User", as: "ref" },
      { field: "organization_membership_id", label: "Membership", as: "id" },
    ],
    remove: {
      ...{ label: "Remove", method: "DELETE" },
      path: "/organizations/{organization_id}/groups/{group_id}/organization-memberships/{organization_membership_id}",
      danger: "The membership leaves the group and stays in the organization.",
    },
  },
  {
    slug: "api-keys",
    title: "API keys",
    one: "API key",
    says: "Keys of organizations and of users.",
    prefix: "api_key",
    names: ["name"],
    columns: [
      { field: "name", label: "Name" },
      { field: "obfuscated_value", label: "Value", as: "code" },
      { field: "organization_id", label: "Organization", as: "ref" },
      { field: "user_id", label: "User", as: "ref" },
      { field: "expires_at", label: "Expires", as: "time" },
      created,
    ],
    filters: [ofOrganization, ofUser],
    create: {
      ...{ label: "Create API key", method: "POST", path: "/organizations/{organization_id}/api_keys" },
      fields: [organizationId, { name: "name", label: "Name", required: true }, permissionsField],
      sdk: { method: "organizations.createOrganizationApiKey" },
    },
    remove: {
      ...{ label: "Revoke", method: "DELETE", path: "/api_keys/{id}" },
      danger: "The key stops working at once.",
      sdk: { method: "apiKeys.deleteApiKey", positional: ["id"] },
    },
    actions: [
      {
        ...{ label: "Expire now", method: "POST", path: "/api_keys/{id}/expire", when: ["expires_at", null] },
        danger: "The key ends now.",
      },
    ],
  },
  {
    slug: "applications",
    title: "Applications",
    one: "application",
    says: "Connect applications: what people may sign in to, and machines that act by themselves.",
    prefix: "conn_app",
    names: ["name"],
    columns: [
      { field: "name", label: "Name" },
      { field: "client_id", label: "Client id", as: "code" },
      { field: "application_type", label: "Type" },
      { field: "organization_id", label: "Organization", as: "ref" },
      created,
    ],
    filters: [{ field: "application_type", label: "Type", options: ["oauth", "m2m"] }, ofOrganization],
    create: {
      ...{ label: "Create application", method: "POST", path: "/connect/applications" },
      fields: [
        { name: "name", label: "Name", required: true },
        {
          ...{ name: "redirect_uris", label: "Redirect URIs", type: "lines", required: true, hint: "One a line." },
          wire: { name: "redirect_uris", entry: redirectUriEntry },
        },
        { name: "scopes", label: "Scopes", type: "lines", hint: "One a line." },
        { name: "uses_pkce", label: "Uses PKCE", type: "yes", value: true },
        { name: "is_first_party", label: "First party", type: "yes", value: true },
        { ...organizationId, required: false },
      ],
      fixed: { application_type: "oauth" },
    },
    update: {
      ...{ label: "Edit", method: "PUT", path: "/connect/applications/{id}", changes: true },
      fields: [
        { name: "name", label: "Name", required: true },
        { name: "description", label: "Description" },
        {
          ...{ name: "redirect_uris", label: "Redirect URIs", type: "lines", required: true },
          ...{ hint: "One a line, the default first.", when: ["application_type", "oauth"] },
          wire: { name: "redirect_uris", entry: redirectUriEntry, lines: redirectUriLines },
        },
        { name: "scopes", label: "Scopes", type: "lines", hint: "One a line." },
      ],
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/connect/applications/{id}" },
      danger: "Nobody can sign in to it any more.",
    },
    actions: [
      {
        ...{ label: "Create client secret", method: "POST", path: "/connect/applications/{id}/client_secrets" },
      },
      {
        ...{ label: "Create M2M application", method: "POST", path: "/connect/applications" },
        fields: [
          { name: "name", label: "Name", required: true },
          organizationId,
          { name: "scopes", label: "Scopes", type: "lines", hint: "One a line." },
        ],
        fixed: { application_type: "m2m" },
        when: ["application_type", "m2m"],
      },
    ],
    related: [{ kind: "client-secrets", by: "application_id" }],
  },
  {
    slug: "client-secrets",
    title: "Client secrets",
    one: "client secret",
    says: "Secrets of applications.",
    prefix: "conn_app_secret",
    names: ["secret_hint"],
    columns: [
      { field: "secret_hint", label: "Ends with", as: "code" },
      { field: "application_id", label: "Application", as: "ref" },
      { field: "last_used_at", label: "Last used", as: "time" },
      created,
    ],
    remove: {
      ...{ label: "Revoke", method: "DELETE", path: "/connect/client_secrets/{id}" },
      danger: "The secret stops working at once.",
    },
  },
  {
    slug: "webhooks",
    title: "Webhooks",
    one: "webhook endpoint",
    says: "Where events are sent.",
    prefix: "we",
    names: ["endpoint_url"],
    columns: [
      { field: "endpoint_url", label: "Address" },
      { field: "status", label: "Status", as: "state" },
      { field: "events", label: "Events", as: "list" },
      created,
    ],
    filters: [{ field: "status", label: "Status", options: ["enabled", "disabled"] }],
    create: {
      ...{ label: "Create endpoint", method: "POST", path: "/webhook_endpoints" },
      fields: [
        { name: "endpoint_url", label: "Address", type: "url", required: true },
        { name: "events", label: "Events", type: "lines", required: true, hint: "One a line: user.created" },
      ],
    },
    update: {
      ...{ label: "Edit", method: "PATCH", path: "/webhook_endpoints/{id}", changes: true },
      fields: [
        { name: "endpoint_url", label: "Address", type: "url", required: true },
        { name: "status", label: "Status", type: "choice", options: ["enabled", "disabled"] },
        { name: "events", label: "Events", type: "lines", required: true, hint: "One a line: user.created" },
      ],
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/webhook_endpoints/{id}" },
      danger: "Events are not sent there any more.",
    },
    related: [{ kind: "deliveries", by: "webhookEndpointId" }],
  },
  {
    slug: "deliveries",
    title: "Deliveries",
    one: "delivery",
    says: "What was sent to webhook endpoints, the latest first.",
    prefix: "webhook_delivery",
    names: ["name"],
    columns: [
      { field: "name", label: "Event", as: "code" },
      { field: "url", label: "Address" },
      { field: "state", label: "State", as: "state" },
      { field: "tries", label: "Attempts" },
      { field: "answer", label: "Last answer" },
      { field: "createdAt", label: "Time", as: "time" },
    ],
    filters: [
      { field: "state", label: "State", options: ["pending", "delivered", "failed"] },
      { field: "webhookEndpointId", label: "Endpoint", of: "webhooks" },
      { field: "event_id", label: "Event", of: "events" },
    ],
    actions: [{ label: "Resend", method: "POST", path: "/_emulator/webhook-deliveries/{id}/resend" }],
  },
  {
    slug: "flags",
    title: "Feature flags",
    one: "feature flag",
    says: "What is on, and for whom.",
    prefix: "flag",
    names: ["slug"],
    columns: [
      { field: "slug", label: "Slug", as: "code" },
      { field: "name", label: "Name" },
      { field: "enabled", label: "Enabled", as: "yes" },
      { field: "default_value", label: "For everybody", as: "yes" },
      created,
    ],
    filters: [{ field: "enabled", label: "Enabled", options: ["true", "false"] }],
    create: {
      ...{ label: "Create flag", method: "POST", path: "/_emulator/feature-flags" },
      fields: [
        { name: "slug", label: "Slug", required: true },
        { name: "name", label: "Name" },
        { name: "description", label: "Description" },
        { name: "enabled", label: "Enabled", type: "yes", value: true },
        { name: "defaultValue", label: "On for everybody", type: "yes", value: false },
      ],
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/_emulator/feature-flags/{slug}" },
      danger: "As WorkOS's own dashboard does: the API has no operation for it.",
    },
    actions: [
      {
        ...{ label: "Enable", method: "PUT", path: "/feature-flags/{slug}/enable", when: ["enabled", false] },
        sdk: { method: "featureFlags.enableFeatureFlag", positional: ["slug"] },
      },
      {
        ...{ label: "Disable", method: "PUT", path: "/feature-flags/{slug}/disable", when: ["enabled", true] },
        sdk: { method: "featureFlags.disableFeatureFlag", positional: ["slug"] },
      },
      {
        ...{ label: "Add target", method: "POST", path: "/feature-flags/{slug}/targets/{target}" },
        fields: [{ name: "target", label: "User or organization", required: true, hint: "Its id." }],
        sdk: { method: "featureFlags.addFlagTarget", named: { target: "targetId" } },
      },
    ],
    related: [{ kind: "flag-targets", by: "flag_id" }],
  },
  {
    slug: "flag-targets",
    title: "Flag targets",
    one: "flag target",
    says: "For whom flags are on.",
    prefix: "flag_target",
    names: ["resource_id"],
    columns: [
      { field: "slug", label: "Flag", as: "code" },
      { field: "resource_id", label: "On for", as: "ref" },
    ],
    remove: {
      ...{ label: "Remove", method: "DELETE", path: "/feature-flags/{slug}/targets/{resource_id}" },
      danger: "The flag is no longer on for this target.",
      sdk: { method: "featureFlags.removeFlagTarget", named: { resource_id: "targetId" } },
    },
  },
  {
    slug: "connections",
    title: "Connections",
    one: "connection",
    says: "Identity providers of organizations.",
    prefix: "conn",
    names: ["name"],
    columns: [
      { field: "name", label: "Name" },
      { field: "connection_type", label: "Type" },
      { field: "state", label: "State", as: "state" },
      { field: "organization_id", label: "Organization", as: "ref" },
      created,
    ],
    filters: [{ field: "state", label: "State", options: connectionStates }, ofOrganization],
    create: {
      ...{ label: "Create connection", method: "POST", path: "/_emulator/connections" },
      fields: [
        ofOrganizationById,
        name,
        {
          ...{ name: "type", label: "Type", type: "choice", value: "GenericSAML" },
          options: ["GenericSAML", "GenericOIDC", "OktaSAML", "AzureSAML", "GoogleSAML", "ADFSSAML", "OneLoginSAML"],
        },
        { name: "state", label: "State", type: "choice", options: connectionStates, value: "active" },
        { name: "domains", label: "Domains", type: "lines", hint: "One a line." },
      ],
    },
    update: {
      ...{ label: "Edit", method: "PUT", path: "/_emulator/connections/{id}", changes: true },
      fields: [
        name,
        { name: "state", label: "State", type: "choice", options: connectionStates },
        {
          ...{ name: "domains", label: "Domains", type: "lines", hint: "One a line." },
          wire: { lines: (entries) => entries.map(({ domain }) => textOf(domain)) },
        },
      ],
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/connections/{id}" },
      danger: "Nobody can sign in by it any more.",
      sdk: { method: "sso.deleteConnection", positional: ["id"] },
    },
  },
  {
    slug: "directories",
    title: "Directories",
    one: "directory",
    says: "Where organizations keep their people.",
    prefix: "directory",
    names: ["name"],
    columns: [
      { field: "name", label: "Name" },
      { field: "type", label: "Type" },
      { field: "state", label: "State", as: "state" },
      { field: "organization_id", label: "Organization", as: "ref" },
      created,
    ],
    filters: [{ field: "state", label: "State", options: directoryStates }, ofOrganization],
    create: {
      ...{ label: "Create directory", method: "POST", path: "/_emulator/directories" },
      fields: [
        ofOrganizationById,
        name,
        {
          ...{ name: "type", label: "Type", type: "choice", value: "okta scim v2.0" },
          options: [
            ...["okta scim v2.0", "azure scim v2.0", "generic scim v2.0", "onelogin scim v2.0"],
            ...["gsuite directory", "workday", "bamboohr", "hibob", "rippling scim v2.0", "sftp"],
          ],
        },
        { name: "state", label: "State", type: "choice", options: directoryStates, value: "linked" },
        { name: "domain", label: "Domain" },
      ],
    },
    update: {
      ...{ label: "Edit", method: "PUT", path: "/_emulator/directories/{id}", changes: true },
      fields: [name, { name: "state", label: "State", type: "choice", options: directoryStates }],
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/directories/{id}" },
      danger: "The directory goes with its users and groups. Whoever became a member by it stays one.",
      sdk: { method: "directorySync.deleteDirectory", positional: ["id"] },
    },
    related: [
      { kind: "directory-users", by: "directory_id" },
      { kind: "directory-groups", by: "directory_id" },
    ],
  },
  {
    slug: "directory-users",
    title: "Directory users",
    one: "directory user",
    says: "People in directories. What is pushed here is what the customer's provider would tell.",
    prefix: "directory_user",
    names: ["email"],
    columns: [
      { field: "email", label: "Email" },
      { field: "state", label: "State", as: "state" },
      { field: "groups", label: "Groups", as: "list" },
      { field: "directory_id", label: "Directory", as: "ref" },
      { field: "organization_id", label: "Organization", as: "ref" },
    ],
    filters: [
      { field: "state", label: "State", options: directoryUserStates },
      { field: "directory_id", label: "Directory", of: "directories" },
      { field: "group_id", label: "Group", of: "directory-groups" },
      ofOrganization,
    ],
    create: {
      ...{ label: "Push user", method: "POST", path: pushPath, within: "users" },
      fields: [
        ofDirectory,
        { name: "email", label: "Email", type: "email", required: true },
        ...[{ name: "first_name", label: "First name" } as const, { name: "last_name", label: "Last name" } as const],
        pushedRole,
        directoryGroups,
      ],
    },
    update: {
      ...{ label: "Push changes", method: "POST", path: pushPath, within: "users", changes: true },
      fixed: { id: "{id}" },
      fields: [
        { name: "email", label: "Email", type: "email", required: true },
        ...[{ name: "first_name", label: "First name" } as const, { name: "last_name", label: "Last name" } as const],
        pushedRole,
        directoryGroups,
      ],
    },
    remove: {
      ...{ label: "Push deletion", method: "POST", path: pushPath, within: "users" },
      fixed: { id: "{id}", deleted: true },
      danger: "The directory tells that they are gone, and the membership that it made goes too.",
    },
    actions: [
      {
        ...{ label: "Push suspension", method: "POST", path: pushPath, within: "users" },
        fixed: { id: "{id}", state: "suspended" },
        when: ["state", "active"],
        danger:
          "Their membership ends. They leave the directory too, unless the switch inactiveDirectoryUsers says keep.",
      },
      {
        ...{ label: "Push reactivation", method: "POST", path: pushPath, within: "users" },
        fixed: { id: "{id}", state: "active" },
        when: ["state", "suspended", "inactive"],
      },
    ],
  },
  {
    slug: "directory-groups",
    title: "Directory groups",
    one: "directory group",
    says: "Groups in directories.",
    prefix: "directory_group",
    names: ["name"],
    columns: [
      { field: "name", label: "Name" },
      { field: "role_slug", label: "Role" },
      { field: "directory_id", label: "Directory", as: "ref" },
      { field: "organization_id", label: "Organization", as: "ref" },
    ],
    filters: [{ field: "directory_id", label: "Directory", of: "directories" }, ofOrganization],
    create: {
      ...{ label: "Push group", method: "POST", path: pushPath, within: "groups" },
      fields: [ofDirectory, name, { ...pushedRole, hint: "What its members get: the slug of a role." }],
    },
    update: {
      ...{ label: "Push changes", method: "POST", path: pushPath, within: "groups", changes: true },
      fixed: { id: "{id}" },
      fields: [name, { ...pushedRole, hint: "What its members get: the slug of a role." }],
    },
    remove: {
      ...{ label: "Push deletion", method: "POST", path: pushPath, within: "groups" },
      fixed: { id: "{id}", deleted: true },
      danger: "Its members stay in the directory, without what the group gave them.",
    },
    related: [{ kind: "directory-users", by: "group_id" }],
  },
  {
    slug: "redirect-uris",
    title: "Redirect URIs",
    one: "redirect URI",
    says: "Where sign-ins lead. Without any, they lead anywhere.",
    prefix: "redir",
    names: ["uri"],
    columns: [{ field: "uri", label: "Address" }, { field: "default", label: "Default", as: "yes" }, created],
    create: {
      ...{ label: "Add redirect URI", method: "POST", path: "/user_management/redirect_uris" },
      fields: [{ name: "uri", label: "Address", required: true, value: "http://localhost:3000/callback" }],
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/user_management/redirect_uris/{id}" },
      danger: "Sign-ins cannot lead there any more.",
    },
  },
  {
    slug: "cors-origins",
    title: "CORS origins",
    one: "CORS origin",
    says: "Pages that may call the API from a browser. Those of this machine always may.",
    prefix: "cors_origin",
    names: ["origin"],
    columns: [{ field: "origin", label: "Origin" }, created],
    create: {
      ...{ label: "Add origin", method: "POST", path: "/user_management/cors_origins" },
      fields: [{ name: "origin", label: "Origin", type: "url", required: true }],
    },
    remove: {
      ...{ label: "Delete", method: "DELETE", path: "/_emulator/cors-origins/{id}" },
      danger: "As WorkOS's own dashboard does: the API has no operation for it.",
    },
  },
  {
    slug: "events",
    title: "Events",
    one: "event",
    says: "What has happened, as webhooks and the events API tell it.",
    prefix: "event",
    names: ["event"],
    columns: [
      { field: "event", label: "Event", as: "code" },
      { field: "about", label: "About", as: "ref" },
      { field: "created_at", label: "Time", as: "time" },
    ],
    related: [{ kind: "deliveries", by: "event_id" }],
  },
  {
    slug: "requests",
    title: "Requests",
    one: "request",
    says: "What programs asked of the API, the latest first.",
    prefix: "req",
    names: ["path"],
    columns: [],
    filters: [
      { field: "method", label: "Method", options: ["GET", "POST", "PUT", "PATCH", "DELETE"] },
      { field: "outcome", label: "Outcome", options: ["2xx", "3xx", "4xx", "5xx", "cut"] },
    ],
  },
  {
    slug: "mails",
    title: "Mailbox",
    one: "mail",
    says: "Mails that would have been sent.",
    prefix: "mail",
    names: ["subject"],
    columns: [],
    filters: [
      {
        field: "kind",
        label: "Kind",
        options: ["invitation", "email_verification", "email_change", "magic_auth", "password_reset"],
      },
    ],
  },
];

export const kindOf = (slug: string): Kind | undefined => kinds.find((kind) => kind.slug === slug);

/** The kind that an id is of, by the longest prefix that fits. */
export function kindOfId(id: string): Kind | undefined {
  const fits = kinds.filter(({ prefix }) => prefix !== "" && id.startsWith(`${prefix}_`));
  return fits.sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

export type Shown = Readonly<Record<string, unknown>>;

/** As text; nothing of what is none. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** How people call an object. */
export function nameOf(kind: Kind, object: Shown): string {
  const named = kind.names.map((field) => object[field]).find((value) => typeof value === "string" && value !== "");
  return typeof named === "string" ? named : String(object.id);
}

/** Whether an operation, or a field, is for this object. */
export function isFor({ when }: { readonly when?: When }, object: Shown): boolean {
  if (when === undefined) return true;
  const [field, ...values] = when;
  return values.includes(object[field] ?? null);
}
