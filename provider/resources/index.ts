/** Every resource there is. A new one is added here, and is checked, documented and tested from then on. */
import { connectApplication } from "./connect-application";
import { connectApplicationSecret } from "./connect-application-secret";
import { featureFlagState } from "./feature-flag-state";
import { featureFlagTarget } from "./feature-flag-target";
import { invitation } from "./invitation";
import { organization } from "./organization";
import { organizationApiKey } from "./organization-api-key";
import { organizationMembership } from "./organization-membership";
import { organizationRole } from "./organization-role";
import { user } from "./user";
import { userApiKey } from "./user-api-key";

export const resources = {
  Organization: organization,
  User: user,
  OrganizationMembership: organizationMembership,
  Invitation: invitation,
  OrganizationApiKey: organizationApiKey,
  OrganizationRole: organizationRole,
  UserApiKey: userApiKey,
  ConnectApplication: connectApplication,
  ConnectApplicationSecret: connectApplicationSecret,
  FeatureFlagTarget: featureFlagTarget,
  FeatureFlagState: featureFlagState,
} as const;

export type Kind = keyof typeof resources;
export const kinds = Object.keys(resources) as Kind[];
