import { apiKeys, userApiKeys } from "./api-keys";
import { authentication, sessions } from "./authentication";
import { authorizedApplications } from "./authorized-applications";
import { connectApplications } from "./connect-applications";
import { corsOrigins } from "./cors-origins";
import { emailChange, emailVerification } from "./email-verification";
import { membershipGroups, organizationMemberships } from "./memberships";
import { type Handlers } from "./handler";
import { userIdentities, users } from "./users";
import { invitations } from "./invitations";
import { jwtTemplate } from "./jwt-template";
import { magicAuth } from "./magic-auth";
import { mfa } from "./mfa";
import { organizationDomains } from "./organization-domains";
import { organizations } from "./organizations";
import { passwordReset } from "./password-reset";
import { redirectUris } from "./redirect-uris";
import { organizationRoles, roles } from "./roles";
import { webhookEndpoints } from "./webhook-endpoints";

export const handlers: Handlers = {
  organizationDomains,
  users,
  organizationMemberships,
  invitations,
  apiKeys,
  organizations,
  roles,
  organizationRoles,
  redirectUris,
  webhookEndpoints,
  corsOrigins,
  jwtTemplate,
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
