/** Organizations and their domains. */
import { z } from "zod";
import { metadata, orNull, timestamp } from "./shapes";

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
export type OrganizationDomainObject = z.output<typeof organizationDomain>;

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
