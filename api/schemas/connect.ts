/** Connect applications: other programs that a person or an organization lets in. */
import { z } from "zod";
import { orNull, timestamp } from "./shapes";

const common = {
  object: z.literal("connect_application"),
  id: z.string(),
  client_id: z.string(),
  description: orNull(z.string()),
  name: z.string(),
  scopes: z.array(z.string()),
  created_at: timestamp,
  updated_at: timestamp,
};

const oauth = z.object({
  ...common,
  application_type: z.literal("oauth"),
  redirect_uris: z.array(z.object({ uri: z.string(), default: z.boolean() })),
  uses_pkce: z.boolean(),
  is_first_party: z.boolean(),
  /** Only where not first party. */
  was_dynamically_registered: z.boolean().optional(),
  /** Only where neither first party nor dynamically registered. */
  organization_id: z.string().optional(),
});
const m2m = z.object({ ...common, application_type: z.literal("m2m"), organization_id: z.string() });

export const connectApplication = z.discriminatedUnion("application_type", [oauth, m2m]);
export type ConnectApplicationObject = z.output<typeof connectApplication>;

export const clientSecret = z.object({
  object: z.literal("connect_application_secret"),
  id: z.string(),
  secret_hint: z.string(),
  last_used_at: orNull(timestamp),
  created_at: timestamp,
  updated_at: timestamp,
});
export const clientSecretWithValue = clientSecret.extend({ secret: z.string() });
export type ClientSecretObject = z.output<typeof clientSecret>;

export const authorizedApplication = z.object({
  object: z.literal("authorized_connect_application"),
  id: z.string(),
  granted_scopes: z.array(z.string()),
  oauth_resource: z.string().optional(),
  application: connectApplication,
});
export type AuthorizedApplicationObject = z.output<typeof authorizedApplication>;

/** In the list of an organization, where the person is not given by the path. */
export const organizationAuthorizedApplication = authorizedApplication.extend({ user_id: z.string() });
