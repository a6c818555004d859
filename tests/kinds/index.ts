import { type Kind } from "../../provider/resources";
import { environmentRole } from "./environment-role";
import { invitation } from "./invitation";
import { organization } from "./organization";
import { organizationApiKey } from "./organization-api-key";
import { organizationMembership } from "./organization-membership";
import { organizationRole } from "./organization-role";
import { permission } from "./permission";
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
  EnvironmentRole: environmentRole,
  Permission: permission,
};
