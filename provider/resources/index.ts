/** Every resource there is. A new one is added here, and is checked, documented and tested from then on. */
import { environmentRole } from "./environment-role";
import { invitation } from "./invitation";
import { organization } from "./organization";
import { organizationApiKey } from "./organization-api-key";
import { organizationMembership } from "./organization-membership";
import { organizationRole } from "./organization-role";
import { permission } from "./permission";
import { user } from "./user";

export const resources = {
  Organization: organization,
  User: user,
  OrganizationMembership: organizationMembership,
  Invitation: invitation,
  OrganizationApiKey: organizationApiKey,
  OrganizationRole: organizationRole,
  EnvironmentRole: environmentRole,
  Permission: permission,
} as const;

export type Kind = keyof typeof resources;
export const kinds = Object.keys(resources) as Kind[];
