/**
 * Look-ups of what exists already, for programs that refer to it without managing it: someone who came by SSO and is to
 * get a membership, say. They ask the vendor when they are called, in previews too, with the same settings as resources:
 * those of a provider, or of the stack.
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
import type { Config } from "../provider/config";
import { environmentOf, type EnvironmentOptions } from "./environment";
import { configOf, stopped } from "./preconditions";
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

/** Which environment a look-up asks, by either entry: as for a resource, that of `provider`, or of the component `parent`. */
export type LookUpOptions = Pick<EnvironmentOptions, "provider" | "parent">;

/** The same as `PortalLink`, of which each part may be another resource's output. */
export type PortalLinkArgs = { readonly [Name in keyof PortalLink]: pulumi.Input<PortalLink[Name]> };

/**
 * The user with this id, email (in any letter case) or external id.
 * @throws when there is none.
 */
export function getUser(by: UserLookup, options?: LookUpOptions): Promise<GetUserResult> {
  return asked("getUser", by, options);
}

/** @see getUser */
export const getUserOutput = outputForm(getUser);

/**
 * The organization with this id or external id.
 * @throws when there is none.
 */
export function getOrganization(by: OrganizationLookup, options?: LookUpOptions): Promise<GetOrganizationResult> {
  return asked("getOrganization", by, options);
}

/** @see getOrganization */
export const getOrganizationOutput = outputForm(getOrganization);

/**
 * The membership with this id, or of this user in this organization, whatever its status.
 * @throws when there is none.
 */
export function getOrganizationMembership(
  by: OrganizationMembershipLookup,
  options?: LookUpOptions,
): Promise<GetOrganizationMembershipResult> {
  return asked("getOrganizationMembership", by, options);
}

/** @see getOrganizationMembership */
export const getOrganizationMembershipOutput = outputForm(getOrganizationMembership);

/**
 * The invitation with this id, or the newest one to this address. Without its token: what accepts it is only known to
 * the `Invitation` that sent it.
 * @throws when there is none.
 */
export function getInvitation(by: InvitationLookup, options?: LookUpOptions): Promise<GetInvitationResult> {
  return asked("getInvitation", by, options);
}

/** @see getInvitation */
export const getInvitationOutput = outputForm(getInvitation);

/**
 * The role of the environment with this slug, such as `member`, with its permissions.
 * @throws when there is none.
 */
export function getEnvironmentRole(
  by: EnvironmentRoleLookup,
  options?: LookUpOptions,
): Promise<GetEnvironmentRoleResult> {
  return asked("getEnvironmentRole", by, options);
}

/** @see getEnvironmentRole */
export const getEnvironmentRoleOutput = outputForm(getEnvironmentRole);

/**
 * The role with this slug of an organization's own, with its permissions. Those of the environment, which everybody in
 * the organization can have as well, are found by `getEnvironmentRole`.
 * @throws when there is none.
 */
export function getOrganizationRole(
  by: OrganizationRoleLookup,
  options?: LookUpOptions,
): Promise<GetOrganizationRoleResult> {
  return asked("getOrganizationRole", by, options);
}

/** @see getOrganizationRole */
export const getOrganizationRoleOutput = outputForm(getOrganizationRole);

/**
 * The permission with this slug.
 * @throws when there is none.
 */
export function getPermission(by: PermissionLookup, options?: LookUpOptions): Promise<GetPermissionResult> {
  return asked("getPermission", by, options);
}

/** @see getPermission */
export const getPermissionOutput = outputForm(getPermission);

/**
 * The Connect application with this id or client id. Without its secrets: each is only known to whoever made it.
 * @throws when there is none.
 */
export function getConnectApplication(
  by: ConnectApplicationLookup,
  options?: LookUpOptions,
): Promise<GetConnectApplicationResult> {
  return asked("getConnectApplication", by, options);
}

/** @see getConnectApplication */
export const getConnectApplicationOutput = outputForm(getConnectApplication);

/** The roles of the environment; with an organization, its own roles too, in order of priority. */
export function listRoles(args: ListRolesArgs = {}, options?: LookUpOptions): Promise<Role[]> {
  return asked("listRoles", args, options);
}

/** @see listRoles */
export const listRolesOutput = outputForm(listRoles);

/**
 * The SSO connection with this id.
 * @throws when there is none.
 */
export function getConnection(by: ConnectionLookup, options?: LookUpOptions): Promise<Connection> {
  return asked("getConnection", by, options);
}

/** @see getConnection */
export const getConnectionOutput = outputForm(getConnection);

/** The SSO connections of the environment, or those of one organization, one type or one domain, oldest first. */
export function listConnections(args: ListConnectionsArgs = {}, options?: LookUpOptions): Promise<Connection[]> {
  return asked("listConnections", args, options);
}

/** @see listConnections */
export const listConnectionsOutput = outputForm(listConnections);

/**
 * The directory with this id.
 * @throws when there is none.
 */
export function getDirectory(by: DirectoryLookup, options?: LookUpOptions): Promise<Directory> {
  return asked("getDirectory", by, options);
}

/** @see getDirectory */
export const getDirectoryOutput = outputForm(getDirectory);

/** The directories of the environment, or those of one organization or one domain, oldest first. */
export function listDirectories(args: ListDirectoriesArgs = {}, options?: LookUpOptions): Promise<Directory[]> {
  return asked("listDirectories", args, options);
}

/** @see listDirectories */
export const listDirectoriesOutput = outputForm(listDirectories);

/**
 * The group of a directory with this id, or of this name in a directory; of several with one name the oldest.
 * @throws when there is none.
 */
export function getDirectoryGroup(by: DirectoryGroupLookup, options?: LookUpOptions): Promise<DirectoryGroup> {
  return asked("getDirectoryGroup", by, options);
}

/** @see getDirectoryGroup */
export const getDirectoryGroupOutput = outputForm(getDirectoryGroup);

/**
 * The person in a directory with this id, or with this email (in any letter case) in a directory.
 * @throws when there is none.
 */
export function getDirectoryUser(by: DirectoryUserLookup, options?: LookUpOptions): Promise<DirectoryUser> {
  return asked("getDirectoryUser", by, options);
}

/** @see getDirectoryUser */
export const getDirectoryUserOutput = outputForm(getDirectoryUser);

/**
 * A link by which a customer's administrator sets up what `intent` says, for the organization: a secret output. It is to
 * be opened within minutes, so that every run makes another one; a preview makes none, and gives no text.
 */
export function generatePortalLink(args: PortalLinkArgs, options?: LookUpOptions): pulumi.Output<string> {
  return pulumi.secret(portalLink(args, options));
}

const portalLink = outputForm(async (given: PortalLink, options?: LookUpOptions) =>
  pulumi.isDryRun() ? "" : asked<string>("generatePortalLink", given, options),
);

/**
 * Everybody in an organization, oldest first, read to the end.
 * @throws when there is no such organization.
 */
export function listOrganizationMemberships(
  args: ListOrganizationMembershipsArgs,
  options?: LookUpOptions,
): Promise<ListedMembership[]> {
  return asked("listOrganizationMemberships", args, options);
}

/** @see listOrganizationMemberships */
export const listOrganizationMembershipsOutput = outputForm(listOrganizationMemberships);

/**
 * All groups of an organization, oldest first.
 * @throws when there is no such organization.
 */
export function listGroups(args: ListGroupsArgs, options?: LookUpOptions): Promise<ListedGroup[]> {
  return asked("listGroups", args, options);
}

/** @see listGroups */
export const listGroupsOutput = outputForm(listGroups);

/**
 * The feature flags of the environment; with a user or an organization those that are on for them, by targets, by default
 * and, of a user, by organizations.
 */
export function listFeatureFlags(args: ListFeatureFlagsArgs = {}, options?: LookUpOptions): Promise<FeatureFlag[]> {
  return asked("listFeatureFlags", args, options);
}

/** @see listFeatureFlags */
export const listFeatureFlagsOutput = outputForm(listFeatureFlags);

/** Clients by the settings that they were made with: they share a rate budget. */
const clients = new Map<string, Promise<Api>>();

/** The client is loaded with the first look-up, as is what a look-up is: most programs make none. */
async function asked<Found>(name: keyof typeof lookups, given: object, options: LookUpOptions = {}): Promise<Found> {
  const config = await known(name, configOf(environmentOf(options)));
  const { apiKey, baseUrl, clientId, readLimit, writeLimit } = config;
  const settings = JSON.stringify([apiKey, baseUrl, clientId, readLimit, writeLimit]);
  const { lookups: all, lookUp, LookupError } = await import("../provider/lookups/index.js");
  const client = clients.get(settings) ?? import("../provider/host.js").then(({ apiFor }) => apiFor(config));
  clients.set(settings, client);
  try {
    // The names, and with them the types, are those of the functions above.
    return (await lookUp(all[name] as AnyLookup, given as Record<string, unknown>, await client)) as Found;
  } catch (error) {
    const isTold = error instanceof LookupError || (error instanceof Error && error.name === "WorkosError");
    throw isTold ? stopped(error.message) : error;
  }
}

/** @throws (a `RunError`) where the settings of a provider wait for resources that are yet to be. */
async function known(name: string, config: Config | pulumi.Output<Config>): Promise<Config> {
  if (!pulumi.Output.isInstance(config)) return config;
  // Pulumi's own way from an output to its value, and left out of its type declarations.
  const value = await (config as unknown as { promise(): Promise<Config | undefined> }).promise();
  if (value) return value;
  throw stopped(
    `${name} reads with the settings of a provider that are not known yet. Use ${name}Output, which waits for them.`,
  );
}

/** The form of a look-up that takes and gives outputs: it waits for what it needs, and is skipped while that is unknown. */
function outputForm<Given, Result>(
  call: (given: Given, options?: LookUpOptions) => Promise<Result>,
): (
  given: pulumi.Input<Given> | { [K in keyof Given]: pulumi.Input<Given[K]> },
  options?: LookUpOptions,
) => pulumi.Output<Result> {
  return (given, options = {}) => {
    const environment = environmentOf(options);
    // What is found is no secret for being read with a key that is one.
    const settings = environment && pulumi.unsecret(pulumi.output(configOf(environment)));
    return pulumi.all([pulumi.output(given), settings]).apply<Result>(([resolved]) => call(resolved as Given, options));
  };
}
