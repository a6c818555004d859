/**
 * The vendor's object shapes, in the vendor's own spelling. A field that every edition of the specification calls
 * required is still accepted when it is missing and nullable, since other implementations of this API (emulators,
 * older editions) leave such fields out; a known field of the wrong type is refused.
 */
import { z } from "zod";

export const timestamp = z.iso.datetime({ offset: true });
const orNull = <S extends z.ZodType>(schema: S) => schema.nullable().default(null as never);

export const metadata = z.record(z.string(), z.string());

/** Values in a metadata update: `null` removes the key (workos-node types them so; the specification is silent). */
export const metadataUpdate = z.record(z.string().max(40), z.string().max(600).nullable());
export const metadataCreate = z.record(z.string().max(40), z.string().max(600));

export const externalId = z.string().max(128);

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

export const organizationDomain = z.object({
  object: z.literal("organization_domain"),
  id: z.string(),
  organization_id: z.string(),
  domain: z.string(),
  state: z.enum(["failed", "legacy_verified", "pending", "unverified", "verified"]).optional(),
  verification_prefix: z.string().optional(),
  verification_token: z.string().optional(),
  verification_strategy: z.enum(["dns", "manual"]).optional(),
  created_at: timestamp,
  updated_at: timestamp,
});

export const organization = z.object({
  object: z.literal("organization"),
  id: z.string(),
  name: z.string(),
  domains: z.array(organizationDomain).default([]),
  metadata: metadata.default({}),
  external_id: orNull(z.string()),
  stripe_customer_id: z.string().optional(),
  created_at: timestamp,
  updated_at: timestamp,
  allow_profiles_outside_organization: z.boolean().optional(),
});
export type OrganizationObject = z.output<typeof organization>;

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

/** Query parameters of every paged list. */
export const page = z.object({
  limit: z.coerce.number().int().min(1).max(100).optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  order: z.enum(["normal", "desc", "asc"]).optional(),
});

export const listMetadata = z.object({ before: orNull(z.string()), after: orNull(z.string()) });

export const listOf = <S extends z.ZodType>(item: S) =>
  z.object({ object: z.literal("list").default("list"), data: z.array(item), list_metadata: listMetadata });

/** The role lists have neither pages nor `list_metadata`. */
export const unpagedListOf = <S extends z.ZodType>(item: S) =>
  z.object({ object: z.literal("list").default("list"), data: z.array(item) });

/** Array parameters travel comma-joined (`style=form, explode=false`). */
export const commaJoined = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.array(z.enum(values)).or(
    z
      .string()
      .transform((text) => text.split(","))
      .pipe(z.array(z.enum(values))),
  );

export const commaJoinedText = z.array(z.string()).or(z.string().transform((text) => text.split(",")));
