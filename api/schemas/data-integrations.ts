/** Other services that a customer's people connect their accounts of. */
import { z } from "zod";
import { authenticateVia, integrationAuthMethods, integrationCredentials } from "./integration-words";
import { openEnum, orNull, timestamp } from "./shapes";

const texts = z.record(z.string(), z.string());

export const customProvider = z.object({
  name: z.string(),
  authorization_url: z.string().nullish(),
  token_url: z.string().nullish(),
  refresh_token_url: z.string().nullish(),
  pkce_enabled: z.boolean().optional(),
  request_scope_separator: z.string().optional(),
  scopes_required: z.boolean().optional(),
  client_secret_required: z.boolean().optional(),
  additional_authorization_parameters: texts.optional(),
  token_body_content_type: z.string().optional(),
  authenticate_via: z.enum(authenticateVia).optional(),
});

export const dataIntegration = z.object({
  object: z.literal("data_integration"),
  id: z.string(),
  slug: z.string(),
  integration_type: z.string(),
  description: orNull(z.string()),
  enabled: z.boolean(),
  state: openEnum(["valid", "invalid", "requested"]),
  scopes: orNull(z.array(z.string())),
  redirect_uri: z.string(),
  auth_methods: z.array(z.enum(integrationAuthMethods)).default([]),
  credentials: orNull(
    z.object({
      type: z.enum(integrationCredentials),
      client_id: orNull(z.string()),
      redacted_client_secret: orNull(z.string()),
    }),
  ),
  /** An account that was made together with the integration; nothing in other answers. */
  installation: orNull(
    z.object({
      id: z.string(),
      user_id: z.string(),
      organization_id: orNull(z.string()),
      api_key_last_4: orNull(z.string()),
    }),
  ),
  config: texts.default({}),
  custom_provider: orNull(customProvider),
  created_at: timestamp,
  updated_at: timestamp,
});
export type DataIntegrationObject = z.output<typeof dataIntegration>;

export const dataIntegrationConfiguration = z.object({
  object: z.literal("data_integration_configuration"),
  id: z.string(),
  organization_id: z.string(),
  slug: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  scopes: orNull(z.array(z.string())),
  config: texts.default({}),
  created_at: z.string(),
  updated_at: z.string(),
  credentials: z
    .object({
      credentials_type: openEnum(["shared", "custom", "organization"]),
      has_credentials: z.boolean(),
      client_id: orNull(z.string()),
      client_secret_last_four: orNull(z.string()),
      redirect_uri: z.string(),
    })
    .optional(),
});
export type DataIntegrationConfigurationObject = z.output<typeof dataIntegrationConfiguration>;
