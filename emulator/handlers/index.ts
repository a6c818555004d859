import { apiKeys, userApiKeys } from "./api-keys";
import { authentication, sessions } from "./authentication";
import { authorizedApplications } from "./authorized-applications";
import { connectApplications } from "./connect-applications";
import { emailChange, emailVerification } from "./email-verification";
import { featureFlags } from "./feature-flags";
import { membershipGroups, organizationMemberships } from "./memberships";
import { type Handlers } from "./handler";
import { userIdentities, users } from "./users";
import { invitations } from "./invitations";
import { magicAuth } from "./magic-auth";
import { mfa } from "./mfa";
import { organizationDomains } from "./organization-domains";
import { organizations } from "./organizations";
import { passwordReset } from "./password-reset";
import { organizationRoles, roles } from "./roles";

export const handlers: Handlers = {
  organizationDomains,
  users,
  organizationMemberships,
  invitations,
  apiKeys,
  userApiKeys,
  organizations,
  roles,
  organizationRoles,
  connectApplications,
  featureFlags,
  userIdentities,
  membershipGroups,
  emailVerification,
  emailChange,
  authentication,
  sessions,
  passwordReset,
  magicAuth,
  mfa,
  authorizedApplications,
};
