/** All look-ups, by the names that programs call them by. */
import * as access from "./access";
import * as connected from "./connected";
import * as objects from "./objects";

export type * from "./access";
export type * from "./connected";
export type * from "./objects";
export { type AnyLookup, lookUp, LookupError } from "./lookup";

/** The order is that of the documentation. */
export const lookups = {
  getUser: objects.getUser,
  getOrganization: objects.getOrganization,
  getOrganizationMembership: objects.getOrganizationMembership,
  getInvitation: objects.getInvitation,
  getEnvironmentRole: objects.getEnvironmentRole,
  getOrganizationRole: objects.getOrganizationRole,
  getPermission: objects.getPermission,
  getConnectApplication: objects.getConnectApplication,
  listRoles: access.listRoles,
  getConnection: connected.getConnection,
  listConnections: connected.listConnections,
  getDirectory: connected.getDirectory,
  listDirectories: connected.listDirectories,
  getDirectoryGroup: connected.getDirectoryGroup,
  getDirectoryUser: connected.getDirectoryUser,
  generatePortalLink: connected.generatePortalLink,
  listOrganizationMemberships: access.listOrganizationMemberships,
  listGroups: access.listGroups,
  listFeatureFlags: access.listFeatureFlags,
};
