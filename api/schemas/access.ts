/** Who may do what: users, memberships, invitations, API keys, roles, groups. */
import { z } from "zod";
import { metadata, openEnum, orNull, timestamp } from "./shapes";

export const user = z.object({
  object: z.literal("user"),
  id: z.string(),
  first_name: orNull(z.string()),
  last_name: orNull(z.string()),
  name: z.string().nullish(),
  profile_picture_url: orNull(z.string()),
  email: z.string(),
  email_verified: z.boolean(),
  external_id: orNull(z.string()),
  metadata: metadata.optional(),
  last_sign_in_at: orNull(timestamp),
  locale: z.string().nullish(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type UserObject = z.output<typeof user>;

const roleReference = z.object({ slug: z.string() });
export const membershipStatus = z.enum(["active", "inactive", "pending"]);

export const organizationMembership = z.object({
  object: z.literal("organization_membership"),
  id: z.string(),
  user_id: z.string(),
  organization_id: z.string(),
  status: membershipStatus,
  directory_managed: z.boolean().default(false),
  organization_name: z.string().optional(),
  custom_attributes: z.record(z.string(), z.unknown()).optional(),
  created_at: timestamp,
  updated_at: timestamp,
  role: roleReference,
  roles: z.array(roleReference).optional(),
  user: user.optional(),
});
export type OrganizationMembershipObject = z.output<typeof organizationMembership>;

export const invitationState = z.enum(["pending", "accepted", "expired", "revoked"]);

export const invitation = z.object({
  object: z.literal("invitation"),
  id: z.string(),
  email: z.string(),
  state: invitationState,
  accepted_at: orNull(timestamp),
  revoked_at: orNull(timestamp),
  expires_at: timestamp,
  organization_id: orNull(z.string()),
  inviter_user_id: orNull(z.string()),
  accepted_user_id: orNull(z.string()),
  role_slug: orNull(z.string()),
  created_at: timestamp,
  updated_at: timestamp,
  token: z.string(),
  accept_invitation_url: z.string(),
});
export type InvitationObject = z.output<typeof invitation>;

export const organizationApiKey = z.object({
  object: z.literal("api_key"),
  id: z.string(),
  owner: z.object({ type: z.literal("organization"), id: z.string() }),
  name: z.string(),
  obfuscated_value: z.string(),
  last_used_at: orNull(timestamp),
  expires_at: orNull(timestamp),
  permissions: z.array(z.string()).default([]),
  created_at: timestamp,
  updated_at: timestamp,
});
export const organizationApiKeyWithValue = organizationApiKey.extend({ value: z.string() });
export type OrganizationApiKeyObject = z.output<typeof organizationApiKey>;

const userOwner = z.object({ type: z.literal("user"), id: z.string(), organization_id: z.string() });
/** A key of either owner, as validation and `/expire` answer it. */
export const apiKey = organizationApiKey.extend({
  owner: z.discriminatedUnion("type", [organizationApiKey.shape.owner, userOwner]),
});
export type ApiKeyObject = z.output<typeof apiKey>;

export const role = z.object({
  slug: z.string(),
  object: z.literal("role"),
  id: z.string(),
  name: z.string(),
  description: orNull(z.string()),
  type: z.enum(["EnvironmentRole", "OrganizationRole"]),
  resource_type_slug: z.string().optional(),
  permissions: z.array(z.string()).optional(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type RoleObject = z.output<typeof role>;

export const permission = z.object({
  object: z.literal("permission"),
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  description: orNull(z.string()),
  /** One of the vendor's own, which nobody changes or deletes. */
  system: z.boolean().default(false),
  resource_type_slug: z.string().optional(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type PermissionObject = z.output<typeof permission>;

export const authorizationResource = z.object({
  object: z.literal("authorization_resource"),
  id: z.string(),
  external_id: z.string(),
  name: z.string(),
  description: orNull(z.string()),
  resource_type_slug: z.string(),
  organization_id: z.string(),
  parent_resource_id: orNull(z.string()),
  created_at: timestamp,
  updated_at: timestamp,
});
export type AuthorizationResourceObject = z.output<typeof authorizationResource>;

export const roleAssignment = z.object({
  object: z.literal("role_assignment"),
  id: z.string(),
  organization_membership_id: z.string().optional(),
  role: roleReference,
  resource: z.object({ id: z.string(), external_id: z.string(), resource_type_slug: z.string() }),
  source: z.object({ type: z.enum(["direct", "group"]), group_role_assignment_id: orNull(z.string()) }).optional(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type RoleAssignmentObject = z.output<typeof roleAssignment>;

const userApiKeyShape = { owner: userOwner };
export const userApiKey = organizationApiKey.extend(userApiKeyShape);
export const userApiKeyWithValue = organizationApiKeyWithValue.extend(userApiKeyShape);
export type UserApiKeyObject = z.output<typeof userApiKey>;

export const group = z.object({
  object: z.literal("group"),
  id: z.string(),
  organization_id: z.string(),
  name: z.string(),
  description: orNull(z.string()),
  created_at: timestamp,
  updated_at: timestamp,
});
export type GroupObject = z.output<typeof group>;

/** A membership as the lists of groups have it. */
export const groupMember = organizationMembership.omit({ role: true, roles: true, user: true });
export type GroupMemberObject = z.output<typeof groupMember>;

/** A role that a group gives to whoever is in it, and on which resource: the organization, or something of it. */
export const groupRoleAssignment = z.object({
  object: z.literal("group_role_assignment"),
  id: z.string(),
  group_id: z.string(),
  role: roleReference,
  resource: z.object({ id: z.string(), external_id: z.string(), resource_type_slug: z.string() }),
  created_at: timestamp,
  updated_at: timestamp,
});
export type GroupRoleAssignmentObject = z.output<typeof groupRoleAssignment>;

/** A way to sign in that another service vouches for. The vendor spells GitHub its own way here. */
export const identity = z.object({
  idp_id: z.string(),
  type: z.literal("OAuth"),
  provider: openEnum([
    "AppleOAuth",
    "BitbucketOAuth",
    "DiscordOAuth",
    "GithubOAuth",
    "GitLabOAuth",
    "GoogleOAuth",
    "GrokOAuth",
    "XOAuth",
    "IntuitOAuth",
    "LinkedInOAuth",
    "MicrosoftOAuth",
    "SalesforceOAuth",
    "SlackOAuth",
    "VercelMarketplaceOAuth",
    "VercelOAuth",
    "XeroOAuth",
  ]),
});
export type IdentityObject = z.output<typeof identity>;
