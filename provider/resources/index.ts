/** Every resource there is. A new one is added here, and is checked, documented and tested from then on. */
import { corsOrigin } from "./cors-origin";
import { invitation } from "./invitation";
import { jwtTemplate } from "./jwt-template";
import { organization } from "./organization";
import { organizationApiKey } from "./organization-api-key";
import { organizationDomain } from "./organization-domain";
import { organizationMembership } from "./organization-membership";
import { organizationRole } from "./organization-role";
import { redirectUri } from "./redirect-uri";
import { user } from "./user";
import { webhookEndpoint } from "./webhook-endpoint";

export const resources = {
  Organization: organization,
  User: user,
  OrganizationMembership: organizationMembership,
  Invitation: invitation,
  OrganizationApiKey: organizationApiKey,
  OrganizationRole: organizationRole,
  RedirectUri: redirectUri,
  WebhookEndpoint: webhookEndpoint,
  CorsOrigin: corsOrigin,
  JwtTemplate: jwtTemplate,
  OrganizationDomain: organizationDomain,
} as const;

export type Kind = keyof typeof resources;
export const kinds = Object.keys(resources) as Kind[];
