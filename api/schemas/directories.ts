/** What a customer's administrator connects: identity providers and directories, with who is in them. */
import { z } from "zod";
import { openEnum, orNull, timestamp } from "./shapes";

export const connectionStates = ["requires_type", "draft", "active", "validating", "inactive", "deleting"] as const;

/** Types of connections by which a list can be narrowed. */
export const connectionTypes = [
  ...(["ADFSSAML", "AdpOidc", "AppleOAuth", "Auth0SAML", "AzureSAML", "BitbucketOAuth", "CasSAML"] as const),
  ...(["CloudflareSAML", "ClassLinkSAML", "CleverOIDC", "CyberArkSAML", "DiscordOAuth", "DuoSAML"] as const),
  ...(["EntraIdOIDC", "GenericOIDC", "GenericSAML", "GithubOAuth", "GitLabOAuth", "GoogleOAuth"] as const),
  ...(["GoogleOIDC", "GoogleSAML", "GrokOAuth", "XOAuth", "IntuitOAuth", "JumpCloudSAML", "KeycloakSAML"] as const),
  ...(["LastPassSAML", "LinkedInOAuth", "LoginGovOidc", "MagicLink", "MicrosoftOAuth", "MiniOrangeSAML"] as const),
  ...(["NetIqSAML", "OktaOIDC", "OktaSAML", "OneLoginSAML", "OracleSAML", "PingFederateSAML"] as const),
  ...(["PingOneSAML", "RipplingSAML", "SalesforceSAML", "ShibbolethGenericSAML", "ShibbolethSAML"] as const),
  ...(["SimpleSamlPhpSAML", "SalesforceOAuth", "SlackOAuth", "VercelMarketplaceOAuth", "VercelOAuth"] as const),
  ...(["VMwareSAML", "XeroOAuth"] as const),
] as const;

export const connection = z.object({
  object: z.literal("connection"),
  id: z.string(),
  organization_id: z.string().optional(),
  connection_type: openEnum([
    ...(["Pending", "Auth0Migration", "GitHubOAuth", "TestIdp"] as const),
    ...connectionTypes.filter((type) => type !== "GithubOAuth"),
  ]),
  name: z.string(),
  state: z.enum(connectionStates),
  status: z.enum(["linked", "unlinked"]).optional(),
  domains: z
    .array(z.object({ id: z.string(), object: z.literal("connection_domain"), domain: z.string() }))
    .default([]),
  created_at: timestamp,
  updated_at: timestamp,
});
export type ConnectionObject = z.output<typeof connection>;

export const directoryTypes = [
  ...(["azure scim v2.0", "bamboohr", "breathe hr", "cezanne hr", "cyberark scim v2.0", "fourth hr"] as const),
  ...(["generic scim v2.0", "gsuite directory", "hibob", "sailpoint scim v2.0", "jump cloud scim v2.0"] as const),
  ...(["okta scim v2.0", "onelogin scim v2.0", "people hr", "personio", "pingfederate scim v2.0"] as const),
  ...(["rippling scim v2.0", "s3", "sftp", "sftp workday", "workday"] as const),
] as const;
export const directoryStates = ["linked", "validating", "invalid_credentials", "unlinked", "deleting"] as const;

export const directory = z.object({
  object: z.literal("directory"),
  id: z.string(),
  organization_id: z.string(),
  external_key: z.string(),
  type: openEnum(directoryTypes),
  state: z.enum(directoryStates),
  name: z.string(),
  domain: z.string().optional(),
  metadata: z.object({ users: z.object({ active: z.int(), inactive: z.int() }), groups: z.int() }).optional(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type DirectoryObject = z.output<typeof directory>;

export const directoryGroup = z.object({
  object: z.literal("directory_group"),
  id: z.string(),
  idp_id: z.string(),
  directory_id: z.string(),
  organization_id: z.string(),
  name: z.string(),
  raw_attributes: z.record(z.string(), z.unknown()).optional(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type DirectoryGroupObject = z.output<typeof directoryGroup>;

const attributes = z.record(z.string(), z.unknown());
const roleReference = z.object({ slug: z.string() });

export const directoryUserState = z.enum(["active", "suspended", "inactive"]);
export const directoryUser = z.object({
  object: z.literal("directory_user"),
  id: z.string(),
  directory_id: z.string(),
  organization_id: z.string(),
  idp_id: z.string(),
  email: orNull(z.string()),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  name: z.string().nullish(),
  emails: z
    .array(z.object({ primary: z.boolean().optional(), type: z.string().optional(), value: z.string().nullish() }))
    .optional(),
  job_title: z.string().nullish(),
  username: z.string().nullish(),
  state: directoryUserState,
  raw_attributes: attributes.default({}),
  custom_attributes: attributes.default({}),
  role: roleReference.optional(),
  roles: z.array(roleReference).optional(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type DirectoryUserObject = z.output<typeof directoryUser>;

export const directoryUserWithGroups = directoryUser.extend({ groups: z.array(directoryGroup).default([]) });

export const portalIntents = [
  ...(["sso", "dsync", "audit_logs", "log_streams", "domain_verification", "certificate_renewal"] as const),
  "bring_your_own_key",
] as const;
export const portalLink = z.object({ link: z.string() });
