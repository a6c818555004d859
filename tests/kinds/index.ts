import { type Kind } from "../../provider/resources";
import { corsOrigin } from "./cors-origin";
import { invitation } from "./invitation";
import { jwtTemplate } from "./jwt-template";
import { organization } from "./organization";
import { organizationApiKey } from "./organization-api-key";
import { organizationDomain } from "./organization-domain";
import { organizationMembership } from "./organization-membership";
import { organizationRole } from "./organization-role";
import { redirectUri } from "./redirect-uri";
import { type Row } from "./row";
import { user } from "./user";
import { webhookEndpoint } from "./webhook-endpoint";

/** The table: a row for every kind of resource there is. */
export const rows: Readonly<Record<Kind, Row>> = {
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
};
