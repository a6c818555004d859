import { type Kind } from "../../provider/resources";
import { group } from "./group";
import { groupMembers } from "./group-members";
import { groupMembership } from "./group-membership";
import { groupRoleAssignments } from "./group-role-assignments";
import { invitation } from "./invitation";
import { organization } from "./organization";
import { organizationApiKey } from "./organization-api-key";
import { organizationMembership } from "./organization-membership";
import { organizationRole } from "./organization-role";
import { type Row } from "./row";
import { user } from "./user";

/** The table: a row for every kind of resource there is. */
export const rows: Readonly<Record<Kind, Row>> = {
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
};
