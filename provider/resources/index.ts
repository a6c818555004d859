/** Every resource there is. A new one is added here, and is checked, documented and tested from then on. */
import { group } from "./group";
import { groupMembers } from "./group-members";
import { groupMembership } from "./group-membership";
import { groupRoleAssignments } from "./group-role-assignments";
import { invitation } from "./invitation";
import { organization } from "./organization";
import { organizationApiKey } from "./organization-api-key";
import { organizationMembership } from "./organization-membership";
import { organizationRole } from "./organization-role";
import { user } from "./user";

export const resources = {
  Organization: organization,
  User: user,
  OrganizationMembership: organizationMembership,
  Invitation: invitation,
  OrganizationApiKey: organizationApiKey,
  OrganizationRole: organizationRole,
  Group: group,
  GroupMembership: groupMembership,
  GroupMembers: groupMembers,
  GroupRoleAssignments: groupRoleAssignments,
} as const;

export type Kind = keyof typeof resources;
export const kinds = Object.keys(resources) as Kind[];
