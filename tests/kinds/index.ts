import { type Kind } from "../../provider/resources";
import { connectApplication } from "./connect-application";
import { connectApplicationSecret } from "./connect-application-secret";
import { featureFlagState } from "./feature-flag-state";
import { featureFlagTarget } from "./feature-flag-target";
import { invitation } from "./invitation";
import { organization } from "./organization";
import { organizationApiKey } from "./organization-api-key";
import { organizationMembership } from "./organization-membership";
import { organizationRole } from "./organization-role";
import { type Row } from "./row";
import { user } from "./user";
import { userApiKey } from "./user-api-key";

/** The table: a row for every kind of resource there is. */
export const rows: Readonly<Record<Kind, Row>> = {
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
};
