import { apiKeys } from "./api-keys";
import { authentication } from "./authentication";
import { authorizedApplications } from "./authorized-applications";
import { connectApplications } from "./connect-applications";
import { emailChange } from "./email-change";
import { emailVerification } from "./email-verification";
import { membershipGroups } from "./groups";
import { type Handlers } from "./handler";
import { userIdentities } from "./identities";
import { invitations } from "./invitations";
import { magicAuth } from "./magic-auth";
import { organizationMemberships } from "./memberships";
import { mfa } from "./mfa";
import { organizationDomains } from "./organization-domains";
import { organizations } from "./organizations";
import { passwordReset } from "./password-reset";
import { roles } from "./roles";
import { sessions } from "./sessions";
import { userApiKeys } from "./user-api-keys";
import { users } from "./users";

export const handlers: Handlers = {
  organizationDomains,
  users,
  organizationMemberships,
  invitations,
  apiKeys,
  organizations,
  roles,
  userIdentities,
  membershipGroups,
  userApiKeys,
  emailVerification,
  emailChange,
  authentication,
  sessions,
  passwordReset,
  magicAuth,
  mfa,
  authorizedApplications,
  connectApplications,
};
