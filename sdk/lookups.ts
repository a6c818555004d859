/**
 * Look-ups of what exists already, for programs that refer to it without managing it: someone who came by SSO and is to
 * get a membership, say. They ask the vendor when they are called, in previews too, with the same settings as resources.
 */
import type { Api } from "../api";
import type {
  AnyLookup,
  Connection,
  ConnectApplicationLookup,
  ConnectionLookup,
  Directory,
  DirectoryGroup,
  DirectoryGroupLookup,
  DirectoryLookup,
  DirectoryUser,
  DirectoryUserLookup,
  EnvironmentRoleLookup,
  FeatureFlag,
  GetConnectApplicationResult,
  GetEnvironmentRoleResult,
  GetInvitationResult,
  GetOrganizationMembershipResult,
  GetOrganizationResult,
  GetOrganizationRoleResult,
  GetPermissionResult,
  GetUserResult,
  InvitationLookup,
  ListConnectionsArgs,
  ListDirectoriesArgs,
  ListedGroup,
  ListedMembership,
  ListFeatureFlagsArgs,
  ListGroupsArgs,
  ListOrganizationMembershipsArgs,
  ListRolesArgs,
  lookups,
  OrganizationLookup,
  OrganizationMembershipLookup,
  OrganizationRoleLookup,
  PermissionLookup,
  PortalLink,
  Role,
  UserLookup,
} from "../provider/lookups";
import { programConfig, stopped } from "./preconditions";
import * as pulumi from "./pulumi";

export type {
  Connection,
  ConnectApplicationLookup,
  ConnectionLookup,
  Directory,
  DirectoryGroup,
  DirectoryGroupLookup,
  DirectoryLookup,
  DirectoryUser,
  DirectoryUserLookup,
  EnvironmentRoleLookup,
  FeatureFlag,
  GetConnectApplicationResult,
  GetEnvironmentRoleResult,
  GetInvitationResult,
  GetOrganizationMembershipResult,
  GetOrganizationResult,
  GetOrganizationRoleResult,
  GetPermissionResult,
  GetUserResult,
  InvitationLookup,
  ListConnectionsArgs,
  ListDirectoriesArgs,
  ListedGroup,
  ListedMembership,
  ListFeatureFlagsArgs,
  ListGroupsArgs,
  ListOrganizationMembershipsArgs,
  ListRolesArgs,
  OrganizationLookup,
  OrganizationMembershipLookup,
  OrganizationRoleLookup,
  PermissionLookup,
  Role,
  UserLookup,
} from "../provider/lookups";

/** The same as `PortalLink`, of which each part may be another resource's output. */
export type PortalLinkArgs = { readonly [Name in keyof PortalLink]: pulumi.Input<PortalLink[Name]> };

/**
 * The user with this id, email (in any letter case) or external id.
 * @throws when there is none.
 */
export function getUser(by: UserLookup): Promise<GetUserResult> {
  return asked("getUser", by);
}

/** @see getUser */
export const getUserOutput = outputForm(getUser);

/**
 * The organization with this id or external id.
 * @throws when there is none.
 */
export function getOrganization(by: OrganizationLookup): Promise<GetOrganizationResult> {
  return asked("getOrganization", by);
}

/** @see getOrganization */
export const getOrganizationOutput = outputForm(getOrganization);

/**
 * The membership with this id, or of this user in this organization, whatever its status.
 * @throws when there is none.
 */
export function getOrganizationMembership(by: OrganizationMembershipLookup): Promise<GetOrganizationMembershipResult> {
  return asked("getOrganizationMembership", by);
}

/** @see getOrganizationMembership */
export const getOrganizationMembershipOutput = outputForm(getOrganizationMembership);

/**
 * The invitation with this id, or the newest one to this address. Without its token: what accepts it is only known to
 * the `Invitation` that sent it.
 * @throws when there is none.
 */
export function getInvitation(by: InvitationLookup): Promise<GetInvitationResult> {
  return asked("getInvitation", by);
}

/** @see getInvitation */
export const getInvitationOutput = outputForm(getInvitation);

/**
 * The role of the environment with this slug, such as `member`, with its permissions.
 * @throws when there is none.
 */
export function getEnvironmentRole(by: EnvironmentRoleLookup): Promise<GetEnvironmentRoleResult> {
  return asked("getEnvironmentRole", by);
}

/** @see getEnvironmentRole */
export const getEnvironmentRoleOutput = outputForm(getEnvironmentRole);

/**
 * The role with this slug of an organization's own, with its permissions. Those of the environment, which everybody in
 * the organization can have as well, are found by `getEnvironmentRole`.
 * @throws when there is none.
 */
export function getOrganizationRole(by: OrganizationRoleLookup): Promise<GetOrganizationRoleResult> {
  return asked("getOrganizationRole", by);
}

/** @see getOrganizationRole */
export const getOrganizationRoleOutput = outputForm(getOrganizationRole);

/**
 * The permission with this slug.
 * @throws when there is none.
 */
export function getPermission(by: PermissionLookup): Promise<GetPermissionResult> {
  return asked("getPermission", by);
}

/** @see getPermission */
export const getPermissionOutput = outputForm(getPermission);

/**
 * The Connect application with this id or client id. Without its secrets: each is only known to whoever made it.
 * @throws when there is none.
 */
export function getConnectApplication(by: ConnectApplicationLookup): Promise<GetConnectApplicationResult> {
  return asked("getConnectApplication", by);
}

/** @see getConnectApplication */
export const getConnectApplicationOutput = outputForm(getConnectApplication);

/** The roles of the environment; with an organization, its own roles too, in order of priority. */
export function listRoles(args: ListRolesArgs = {}): Promise<Role[]> {
  return asked("listRoles", args);
}

/** @see listRoles */
export const listRolesOutput = outputForm(listRoles);

/**
 * The SSO connection with this id.
 * @throws when there is none.
 */
export function getConnection(by: ConnectionLookup): Promise<Connection> {
  return asked("getConnection", by);
}

/** @see getConnection */
export const getConnectionOutput = outputForm(getConnection);

/** The SSO connections of the environment, or those of one organization, one type or one domain, oldest first. */
export function listConnections(args: ListConnectionsArgs = {}): Promise<Connection[]> {
  return asked("listConnections", args);
}

/** @see listConnections */
export const listConnectionsOutput = outputForm(listConnections);

/**
 * The directory with this id.
 * @throws when there is none.
 */
export function getDirectory(by: DirectoryLookup): Promise<Directory> {
  return asked("getDirectory", by);
}

/** @see getDirectory */
export const getDirectoryOutput = outputForm(getDirectory);

/** The directories of the environment, or those of one organization or one domain, oldest first. */
export function listDirectories(args: ListDirectoriesArgs = {}): Promise<Directory[]> {
  return asked("listDirectories", args);
}

/** @see listDirectories */
export const listDirectoriesOutput = outputForm(listDirectories);

/**
 * The group of a directory with this id, or of this name in a directory; of several with one name the oldest.
 * @throws when there is none.
 */
export function getDirectoryGroup(by: DirectoryGroupLookup): Promise<DirectoryGroup> {
  return asked("getDirectoryGroup", by);
}

/** @see getDirectoryGroup */
export const getDirectoryGroupOutput = outputForm(getDirectoryGroup);

/**
 * The person in a directory with this id, or with this email (in any letter case) in a directory.
 * @throws when there is none.
 */
export function getDirectoryUser(by: DirectoryUserLookup): Promise<DirectoryUser> {
  return asked("getDirectoryUser", by);
}

/** @see getDirectoryUser */
export const getDirectoryUserOutput = outputForm(getDirectoryUser);

/**
 * A link by which a customer's administrator sets up what `intent` says, for the organization: a secret output. It is to
 * be opened within minutes, so that every run makes another one; a preview makes none, and gives no text.
 */
export function generatePortalLink(args: PortalLinkArgs): pulumi.Output<string> {
  const link = pulumi
    .output(args)
    .apply((given) => (pulumi.isDryRun() ? "" : asked<string>("generatePortalLink", given as PortalLink)));
  return pulumi.secret(link);
}

/**
 * Everybody in an organization, oldest first, read to the end.
 * @throws when there is no such organization.
 */
export function listOrganizationMemberships(args: ListOrganizationMembershipsArgs): Promise<ListedMembership[]> {
  return asked("listOrganizationMemberships", args);
}

/** @see listOrganizationMemberships */
export const listOrganizationMembershipsOutput = outputForm(listOrganizationMemberships);

/**
 * All groups of an organization, oldest first.
 * @throws when there is no such organization.
 */
export function listGroups(args: ListGroupsArgs): Promise<ListedGroup[]> {
  return asked("listGroups", args);
}

/** @see listGroups */
export const listGroupsOutput = outputForm(listGroups);

/**
 * The feature flags of the environment; with a user or an organization those that are on for them, by targets, by default
 * and, of a user, by organizations.
 */
export function listFeatureFlags(args: ListFeatureFlagsArgs = {}): Promise<FeatureFlag[]> {
  return asked("listFeatureFlags", args);
}

/** @see listFeatureFlags */
export const listFeatureFlagsOutput = outputForm(listFeatureFlags);

let shared: Promise<Api> | undefined;

/** The client is loaded with the first look-up, as is what a look-up is: most programs make none. */
async function asked<Found>(name: keyof typeof lookups, given: object): Promise<Found> {
  const config = programConfig();
  const { lookups: all, lookUp, LookupError } = await import("../provider/lookups/index.js");
  shared ??= import("../provider/host.js").then(({ apiFor }) => apiFor(config));
  try {
    // The names, and with them the types, are those of the functions above.
    return (await lookUp(all[name] as AnyLookup, given as Record<string, unknown>, await shared)) as Found;
  } catch (error) {
    const isTold = error instanceof LookupError || (error instanceof Error && error.name === "WorkosError");
    throw isTold ? stopped(error.message) : error;
  }
}

/** The form of a look-up that takes and gives outputs: it waits for what it needs, and is skipped while that is unknown. */
function outputForm<Given, Result>(
  call: (given: Given) => Promise<Result>,
): (given: pulumi.Input<Given> | { [K in keyof Given]: pulumi.Input<Given[K]> }) => pulumi.Output<Result> {
  return (given) => pulumi.output(given).apply<Result>((resolved) => call(resolved as Given));
}
