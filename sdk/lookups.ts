/**
 * Look-ups of what exists already, for programs that refer to it without managing it: someone who came by SSO and is to
 * get a membership, say. They ask the vendor when they are called, in previews too, with the same settings as resources.
 */
import type {
  Api,
  ConnectionObject,
  DirectoryObject,
  DirectoryUserObject,
  FeatureFlagObject,
  GroupObject,
  OrganizationMembershipObject,
  RoleObject,
} from "../api";
import type { connectionTypes, portalIntents } from "../api/schemas";
import { sameAddress } from "../provider/declare/address";
import type { environmentRole } from "../provider/resources/environment-role";
import type { connectApplication } from "../provider/resources/connect-application";
import type { invitation } from "../provider/resources/invitation";
import type { organization } from "../provider/resources/organization";
import type { organizationMembership } from "../provider/resources/organization-membership";
import type { organizationRole } from "../provider/resources/organization-role";
import type { permission } from "../provider/resources/permission";
import type { Kind } from "../provider/resources";
import type { AnyResource, OutputValues, RemoteObject } from "../provider/declare/resource";
import type { user } from "../provider/resources/user";
import { programConfig, stopped } from "./preconditions";
import * as pulumi from "./pulumi";

type Found<D extends { inputs: unknown; outputs: unknown }> = { readonly id: string } & OutputValues<
  D["inputs"],
  D["outputs"]
>;
/** `T` with at most the given keys: secrets are not handed out by look-ups. */
type Without<T, K extends PropertyKey> = { readonly [P in keyof T as P extends K ? never : P]: T[P] };

export type UserLookup = { readonly id: string } | { readonly email: string } | { readonly externalId: string };
export type OrganizationLookup = { readonly id: string } | { readonly externalId: string };
export type OrganizationMembershipLookup =
  { readonly id: string } | { readonly userId: string; readonly organizationId: string };
export type InvitationLookup =
  | { readonly id: string }
  | {
      readonly email: string;
      /** Only invitations to this organization; without it, only invitations to the environment. */
      readonly organizationId?: string;
    };
export type EnvironmentRoleLookup = { readonly slug: string };
export type OrganizationRoleLookup = { readonly organizationId: string; readonly slug: string };
export type PermissionLookup = { readonly slug: string };
export type ConnectApplicationLookup = { readonly id: string } | { readonly clientId: string };
export type ListRolesArgs = { readonly organizationId?: string };
export type ListGroupsArgs = { readonly organizationId: string };

export type ListFeatureFlagsArgs =
  { readonly userId: string } | { readonly organizationId: string } | Readonly<Record<string, never>>;

export type GetUserResult = Found<typeof user>;
export type GetOrganizationResult = Found<typeof organization>;
export type GetOrganizationMembershipResult = Found<typeof organizationMembership>;
export type GetInvitationResult = Without<Found<typeof invitation>, "token" | "acceptInvitationUrl">;
export type GetEnvironmentRoleResult = Without<Found<typeof environmentRole>, "adopted">;
export type GetOrganizationRoleResult = Without<Found<typeof organizationRole>, "adopted">;
export type GetPermissionResult = Without<Found<typeof permission>, "adopted">;
export type GetConnectApplicationResult = Found<typeof connectApplication>;
export type Role = {
  readonly id: string;
  /** What memberships and invitations name the role by. */
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly type: "EnvironmentRole" | "OrganizationRole";
  readonly permissions: readonly string[];
};

export type ConnectionLookup = { readonly id: string };
export type ListConnectionsArgs = {
  readonly organizationId?: string;
  readonly connectionType?: (typeof connectionTypes)[number];
  readonly domain?: string;
};
/** A way to sign in by a customer's own identity provider, which the customer's administrator has connected. */
export type Connection = {
  readonly id: string;
  readonly name: string;
  /** None for one of the environment. */
  readonly organizationId?: string;
  /** `OktaSAML`, `EntraIdOIDC` and others. */
  readonly connectionType: string;
  /** Whether people can sign in by it: when it is `active`. */
  readonly state: ConnectionObject["state"];
  readonly domains: readonly string[];
};
export type DirectoryLookup = { readonly id: string };
export type ListDirectoriesArgs = { readonly organizationId?: string; readonly domain?: string };
/** A customer's own directory, which the customer's administrator has connected. */
export type Directory = {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string;
  /** `okta scim v2.0`, `gsuite directory` and others. */
  readonly type: string;
  /** Whether it is in step with the customer's: when it is `linked`. */
  readonly state: DirectoryObject["state"];
  readonly domain?: string;
};
export type DirectoryGroupLookup = { readonly id: string } | { readonly directoryId: string; readonly name: string };
export type DirectoryGroup = {
  readonly id: string;
  readonly name: string;
  readonly directoryId: string;
  readonly organizationId: string;
  /** Id in the customer's directory. */
  readonly idpId: string;
};
export type DirectoryUserLookup = { readonly id: string } | { readonly directoryId: string; readonly email: string };
export type DirectoryUser = {
  readonly id: string;
  readonly directoryId: string;
  readonly organizationId: string;
  /** Id in the customer's directory. */
  readonly idpId: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly state: DirectoryUserObject["state"];
  /** What the directory gives them, by the mapping of its groups. */
  readonly roleSlugs: readonly string[];
  readonly customAttributes: Readonly<Record<string, unknown>>;
};
export type PortalLinkArgs = {
  readonly organizationId: pulumi.Input<string>;
  /** What it is for. Default: what the administrator chooses there. */
  readonly intent?: pulumi.Input<(typeof portalIntents)[number]>;
  /** Where the portal's logo leads. Default: as set in the WorkOS dashboard. */
  readonly returnUrl?: pulumi.Input<string>;
  /** Where the administrator comes once it is set up. Default: as set in the WorkOS dashboard. */
  readonly successUrl?: pulumi.Input<string>;
  /** Whom the vendor lets in by mail, at most 20. */
  readonly itContactEmails?: pulumi.Input<readonly string[]>;
};

export type ListOrganizationMembershipsArgs = {
  readonly organizationId: string;
  /** Which ones. Default: all, suspended and invited people too. */
  readonly statuses?: readonly OrganizationMembershipObject["status"][];
};
export type ListedMembership = {
  readonly id: string;
  readonly organizationId: string;
  readonly userId: string;
  /** The person's address, where the vendor answers it. */
  readonly email?: string;
  readonly status: OrganizationMembershipObject["status"];
  readonly roleSlugs: readonly string[];
};

export type ListedGroup = {
  readonly id: string;
  readonly organizationId: string;
  /** As people see it; several groups may have one name. */
  readonly name: string;
  readonly description?: string;
};

export type FeatureFlag = {
  readonly id: string;
  /** What programs name the flag by. */
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** Whether it is on for anybody. */
  readonly enabled: boolean;
  /** Whether an enabled flag is on for those who are no targets. */
  readonly defaultValue: boolean;
};

/**
 * The user with this id, email (in any letter case) or external id.
 * @throws when there is none.
 */
export function getUser(by: UserLookup): Promise<GetUserResult> {
  return lookUp("User", "getUser", by, ["id", "email", "externalId"], async (api) => {
    if ("id" in by) return api.users.get({ id: by.id });
    if ("externalId" in by) return api.users.getByExternalId({ external_id: by.externalId });
    const { findUser } = await import("../provider/people.js");
    return findUser(api, by.email);
  });
}

/** @see getUser */
export const getUserOutput = outputForm(getUser);

/**
 * The organization with this id or external id.
 * @throws when there is none.
 */
export function getOrganization(by: OrganizationLookup): Promise<GetOrganizationResult> {
  return lookUp("Organization", "getOrganization", by, ["id", "externalId"], (api) =>
    "id" in by
      ? api.organizations.get({ id: by.id })
      : api.organizations.getByExternalId({ external_id: by.externalId }),
  );
}

/** @see getOrganization */
export const getOrganizationOutput = outputForm(getOrganization);

/**
 * The membership with this id, or of this user in this organization, whatever its status.
 * @throws when there is none.
 */
export function getOrganizationMembership(by: OrganizationMembershipLookup): Promise<GetOrganizationMembershipResult> {
  return lookUp(
    "OrganizationMembership",
    "getOrganizationMembership",
    by,
    ["id", "userId", "organizationId"],
    async (api) => {
      if ("id" in by) return api.organizationMemberships.get({ id: by.id });
      const { findMembership } = await import("../provider/people.js");
      return findMembership(api, by.userId, by.organizationId);
    },
  );
}

/** @see getOrganizationMembership */
export const getOrganizationMembershipOutput = outputForm(getOrganizationMembership);

/**
 * The invitation with this id, or the newest one to this address. Without its token: what accepts it is only known to
 * the `Invitation` that sent it.
 * @throws when there is none.
 */
export function getInvitation(by: InvitationLookup): Promise<GetInvitationResult> {
  return lookUp("Invitation", "getInvitation", by, ["id", "email", "organizationId"], async (api) => {
    if ("id" in by) return api.invitations.get({ id: by.id });
    const { email, organizationId } = by;
    // The vendor lists the newest first.
    for await (const found of api.invitations.list({ email, organization_id: organizationId })) {
      if (sameAddress(found.email, email) && found.organization_id === (organizationId ?? null)) return found;
    }
    return undefined;
  });
}

/** @see getInvitation */
export const getInvitationOutput = outputForm(getInvitation);

/**
 * The role of the environment with this slug, such as `member`, with its permissions.
 * @throws when there is none.
 */
export function getEnvironmentRole(by: EnvironmentRoleLookup): Promise<GetEnvironmentRoleResult> {
  return lookUp("EnvironmentRole", "getEnvironmentRole", by, ["slug"], (api) => api.roles.get({ slug: by.slug }));
}

/** @see getEnvironmentRole */
export const getEnvironmentRoleOutput = outputForm(getEnvironmentRole);

/**
 * The role with this slug of an organization's own, with its permissions. Those of the environment, which everybody in
 * the organization can have as well, are found by `getEnvironmentRole`.
 * @throws when there is none.
 */
export function getOrganizationRole(by: OrganizationRoleLookup): Promise<GetOrganizationRoleResult> {
  return lookUp("OrganizationRole", "getOrganizationRole", by, ["organizationId", "slug"], async (api) => {
    const { findOrganizationRole } = await import("../provider/resources/organization-role.js");
    return findOrganizationRole(api, by);
  });
}

/** @see getOrganizationRole */
export const getOrganizationRoleOutput = outputForm(getOrganizationRole);

/**
 * The permission with this slug.
 * @throws when there is none.
 */
export function getPermission(by: PermissionLookup): Promise<GetPermissionResult> {
  return lookUp("Permission", "getPermission", by, ["slug"], async (api) => {
    const { findPermission } = await import("../provider/resources/permission.js");
    return findPermission(api, by);
  });
}

/** @see getPermission */
export const getPermissionOutput = outputForm(getPermission);

/**
 * The Connect application with this id or client id. Without its secrets: each is only known to whoever made it.
 * @throws when there is none.
 */
export function getConnectApplication(by: ConnectApplicationLookup): Promise<GetConnectApplicationResult> {
  return lookUp("ConnectApplication", "getConnectApplication", by, ["id", "clientId"], (api) =>
    api.connectApplications.get({ id: "id" in by ? by.id : by.clientId }),
  );
}

/** @see getConnectApplication */
export const getConnectApplicationOutput = outputForm(getConnectApplication);

/** The roles of the environment; with an organization, its own roles too, in order of priority. */
export async function listRoles(args: ListRolesArgs = {}): Promise<Role[]> {
  const { data } = await withApi((api) =>
    args.organizationId === undefined
      ? api.roles.list()
      : api.roles.listForOrganization({ organization_id: args.organizationId }),
  );
  return data.map(roleOf);
}

/** @see listRoles */
export const listRolesOutput = outputForm(listRoles);

/**
 * The SSO connection with this id.
 * @throws when there is none.
 */
export async function getConnection(by: ConnectionLookup): Promise<Connection> {
  return connectionOf(await ask("getConnection", by, ["id"], (api) => api.connections.get({ id: by.id })));
}

/** @see getConnection */
export const getConnectionOutput = outputForm(getConnection);

/** The SSO connections of the environment, or those of one organization, one type or one domain, oldest first. */
export async function listConnections(args: ListConnectionsArgs = {}): Promise<Connection[]> {
  const { organizationId: organization_id, connectionType: connection_type, domain } = args;
  const query = { organization_id, connection_type, domain, order: "asc" as const };
  return (await withApi((api) => api.connections.list(query).all())).map(connectionOf);
}

/** @see listConnections */
export const listConnectionsOutput = outputForm(listConnections);

/**
 * The directory with this id.
 * @throws when there is none.
 */
export async function getDirectory(by: DirectoryLookup): Promise<Directory> {
  return directoryOf(await ask("getDirectory", by, ["id"], (api) => api.directories.get({ id: by.id })));
}

/** @see getDirectory */
export const getDirectoryOutput = outputForm(getDirectory);

/** The directories of the environment, or those of one organization or one domain, oldest first. */
export async function listDirectories(args: ListDirectoriesArgs = {}): Promise<Directory[]> {
  const { organizationId: organization_id, domain } = args;
  const query = { organization_id, domain, order: "asc" as const };
  return (await withApi((api) => api.directories.list(query).all())).map(directoryOf);
}

/** @see listDirectories */
export const listDirectoriesOutput = outputForm(listDirectories);

/**
 * The group of a directory with this id, or of this name in a directory; of several with one name the oldest.
 * @throws when there is none.
 */
export async function getDirectoryGroup(by: DirectoryGroupLookup): Promise<DirectoryGroup> {
  const found = await ask("getDirectoryGroup", by, ["id", "directoryId", "name"], async (api) => {
    if ("id" in by) return api.directoryGroups.get({ id: by.id });
    for await (const group of api.directoryGroups.list({ directory: by.directoryId, order: "asc" })) {
      if (group.name === by.name) return group;
    }
    return undefined;
  });
  const { id, idp_id: idpId, directory_id: directoryId, organization_id: organizationId, name } = found;
  return { id, idpId, directoryId, organizationId, name };
}

/** @see getDirectoryGroup */
export const getDirectoryGroupOutput = outputForm(getDirectoryGroup);

/**
 * The person in a directory with this id, or with this email (in any letter case) in a directory.
 * @throws when there is none.
 */
export async function getDirectoryUser(by: DirectoryUserLookup): Promise<DirectoryUser> {
  const found = await ask("getDirectoryUser", by, ["id", "directoryId", "email"], async (api) => {
    if ("id" in by) return api.directoryUsers.get({ id: by.id });
    for await (const user of api.directoryUsers.list({ directory: by.directoryId, email: by.email })) {
      if (user.email !== null && sameAddress(user.email, by.email)) return user;
    }
    return undefined;
  });
  const { role, roles, state } = found;
  return {
    id: found.id,
    directoryId: found.directory_id,
    organizationId: found.organization_id,
    idpId: found.idp_id,
    email: found.email ?? undefined,
    firstName: found.first_name ?? undefined,
    lastName: found.last_name ?? undefined,
    state,
    roleSlugs: (roles ?? (role ? [role] : [])).map(({ slug }) => slug),
    customAttributes: found.custom_attributes,
  };
}

/** @see getDirectoryUser */
export const getDirectoryUserOutput = outputForm(getDirectoryUser);

/**
 * A link by which a customer's administrator sets up what `intent` says, for the organization: a secret output. It is to
 * be opened within minutes, so that every run makes another one; a preview makes none, and gives no text.
 */
export function generatePortalLink(args: PortalLinkArgs): pulumi.Output<string> {
  const link = pulumi.output(args).apply(async ({ organizationId, intent, returnUrl, successUrl, itContactEmails }) => {
    if (pulumi.isDryRun()) return "";
    const asked = {
      ...{ organization: organizationId, intent, return_url: returnUrl, success_url: successUrl },
      it_contact_emails: itContactEmails && [...itContactEmails],
    };
    return (await withApi((api) => api.portal.generateLink(asked))).link;
  });
  return pulumi.secret(link);
}

function roleOf({ id, slug, name, description, type, permissions }: RoleObject): Role {
  return { id, slug, name, description: description ?? undefined, type, permissions: permissions ?? [] };
}

function connectionOf({ id, name, organization_id, connection_type, state, domains }: ConnectionObject): Connection {
  const named = { id, name, organizationId: organization_id, connectionType: connection_type, state };
  return { ...named, domains: domains.map(({ domain }) => domain) };
}

function directoryOf({ id, name, organization_id: organizationId, type, state, domain }: DirectoryObject): Directory {
  return { id, name, organizationId, type, state, domain };
}

/**
 * Everybody in an organization, oldest first, read to the end.
 * @throws when there is no such organization.
 */
export async function listOrganizationMemberships(args: ListOrganizationMembershipsArgs): Promise<ListedMembership[]> {
  const { organizationId: organization_id } = args;
  if (typeof organization_id !== "string" || organization_id === "") {
    throw stopped("listOrganizationMemberships takes organizationId as text: whose members are meant.");
  }
  const { everyStatus, rolesOf } = await import("../provider/people.js");
  const statuses = [...(args.statuses ?? everyStatus)];
  const query = { organization_id, statuses, order: "asc" as const };
  const members = await withApi((api) => api.organizationMemberships.list(query).all());
  return members.map((member) => ({
    ...{ id: member.id, organizationId: member.organization_id, userId: member.user_id },
    ...{ email: member.user?.email, status: member.status, roleSlugs: rolesOf(member) },
  }));
}

/** @see listOrganizationMemberships */
export const listOrganizationMembershipsOutput = outputForm(listOrganizationMemberships);

/**
 * All groups of an organization, oldest first.
 * @throws when there is no such organization.
 */
export async function listGroups({ organizationId }: ListGroupsArgs): Promise<ListedGroup[]> {
  if (typeof organizationId !== "string" || organizationId === "") {
    throw stopped("listGroups takes organizationId as text: groups belong to an organization.");
  }
  const groups = await withApi((api) => api.groups.list({ organization_id: organizationId, order: "asc" }).all());
  return groups.map(groupOf);
}

/** @see listGroups */
export const listGroupsOutput = outputForm(listGroups);

function groupOf({ id, organization_id: organizationId, name, description }: GroupObject): ListedGroup {
  return { id, organizationId, name, description: description ?? undefined };
}

/**
 * The feature flags of the environment; with a user or an organization those that are on for them, by targets, by default
 * and, of a user, by organizations.
 */
export async function listFeatureFlags(args: ListFeatureFlagsArgs = {}): Promise<FeatureFlag[]> {
  const flags = await withApi((api) => {
    if ("userId" in args) return api.featureFlags.listForUser({ user_id: args.userId }).all();
    if ("organizationId" in args) {
      return api.featureFlags.listForOrganization({ organization_id: args.organizationId }).all();
    }
    return api.featureFlags.list().all();
  });
  return flags.map(flagOf);
}

/** @see listFeatureFlags */
export const listFeatureFlagsOutput = outputForm(listFeatureFlags);

function flagOf({ id, slug, name, description, tags, enabled, default_value }: FeatureFlagObject): FeatureFlag {
  return { id, slug, name, description: description ?? undefined, tags, enabled, defaultValue: default_value };
}

/** Looks one object up and gives it the names that the resource's outputs have, secrets left out. */
async function lookUp<Result>(
  kind: Kind,
  name: string,
  by: object,
  keys: readonly string[],
  find: (api: Api) => Promise<object | undefined>,
): Promise<Result> {
  const object = await ask(name, by, keys, find);
  const [{ resources }, { readable }] = await Promise.all([
    import("../provider/resources/index.js"),
    import("../provider/lifecycle/bodies.js"),
  ]);
  const resource: AnyResource = resources[kind];
  const values = Object.entries(readable(resource, object as RemoteObject));
  const shown = values.filter(([output]) => !resource.outputs[output]?.traits.secret);
  // The names are the declaration's, by construction of `readable`.
  return { id: (object as RemoteObject).id, ...Object.fromEntries(shown) } as Result;
}

/** Asks for one object by what is given. */
async function ask<Found extends object>(
  name: string,
  by: object,
  keys: readonly string[],
  find: (api: Api) => Promise<Found | undefined>,
): Promise<Found> {
  const given = Object.entries(by).filter(([, value]) => value !== undefined);
  const unknown = given.find(([key, value]) => !keys.includes(key) || typeof value !== "string" || value === "");
  if (given.length === 0 || unknown) {
    throw stopped(
      `${name} takes ${keys.join(", ")} as text${unknown ? `, and was given ${unknown[0]}: ${typeof unknown[1]}` : ", and was given nothing"}.`,
    );
  }
  const wanted = given.map(([key, value]) => `${key} ${String(value)}`).join(", ");
  const { undefinedIfMissing } = await import("../api/http/missing.js");
  const object = await withApi((api) => find(api).catch(undefinedIfMissing));
  if (!object) {
    throw stopped(`${name}: there is no such object in this environment (${wanted}).`);
  }
  return object;
}

let shared: Promise<Api> | undefined;

/** The client is loaded with the first look-up: most programs make none. */
async function withApi<Result>(call: (api: Api) => Promise<Result>): Promise<Result> {
  const config = programConfig();
  shared ??= import("../provider/host.js").then(({ apiFor }) => apiFor(config));
  try {
    return await call(await shared);
  } catch (error) {
    throw error instanceof Error && error.name === "WorkosError" ? stopped(error.message) : error;
  }
}

/** The form of a look-up that takes and gives outputs: it waits for what it needs, and is skipped while that is unknown. */
function outputForm<Given, Result>(
  call: (given: Given) => Promise<Result>,
): (given: pulumi.Input<Given> | { [K in keyof Given]: pulumi.Input<Given[K]> }) => pulumi.Output<Result> {
  return (given) => pulumi.output(given).apply<Result>((resolved) => call(resolved as Given));
}
