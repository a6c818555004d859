/**
 * Other services that a customer's people connect their accounts of: `DataIntegrationsManagementController` and
 * `ProviderController` in the vendor's specification.
 */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { customProvider, dataIntegration, dataIntegrationConfiguration, listOf, page, unpagedListOf } from "../schemas";
import { integrationAuthMethods, integrationCredentials } from "../schemas/integration-words";

const texts = z.record(z.string(), z.string());
const scopes = z.array(z.string()).nullish();
const details = {
  description: z.string().nullish(),
  enabled: z.boolean().optional(),
  scopes,
  credentials: z
    .object({
      type: z.enum(integrationCredentials),
      client_id: z.string().optional(),
      client_secret: z.string().optional(),
    })
    .optional(),
};

export const dataIntegrations = {
  /** Those of the environment that have credentials of their own. */
  list: endpoint({
    operation: "DataIntegrationsManagementController_listDataIntegrations",
    method: "GET",
    path: "/data-integrations",
    query: page,
    success: { 200: listOf(dataIntegration) },
    repeat: "safe",
    lane: "read",
  }),
  /** An integration of a provider that the vendor knows, or of one that is defined with it. */
  create: endpoint({
    operation: "DataIntegrationsManagementController_createDataIntegration",
    method: "POST",
    path: "/data-integrations",
    body: z.object({
      provider: z.string(),
      ...details,
      auth_methods: z.array(z.enum(integrationAuthMethods)).optional(),
      config: texts.optional(),
      custom_provider: customProvider.optional(),
    }),
    success: { 201: dataIntegration },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One integration, by its provider's slug. */
  get: endpoint({
    operation: "DataIntegrationsManagementController_getDataIntegration",
    method: "GET",
    path: "/data-integrations/{slug}",
    success: { 200: dataIntegration },
    repeat: "safe",
    lane: "read",
  }),
  /** Changes what is given, and only that. */
  update: endpoint({
    operation: "DataIntegrationsManagementController_updateDataIntegration",
    method: "PUT",
    path: "/data-integrations/{slug}",
    body: z.object({ ...details, custom_provider: customProvider.partial().optional() }),
    success: { 200: dataIntegration },
    repeat: "safe",
    lane: "write",
  }),
  /** Deletes an integration with every account that is connected by it. */
  delete: endpoint({
    operation: "DataIntegrationsManagementController_deleteDataIntegration",
    method: "DELETE",
    path: "/data-integrations/{slug}",
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
  /** What an organization has of each integration, all at once. */
  listForOrganization: endpoint({
    operation: "ProviderController_listForOrganization",
    method: "GET",
    path: "/organizations/{organization_id}/data_integration_configurations",
    success: { 200: unpagedListOf(dataIntegrationConfiguration) },
    repeat: "safe",
    lane: "read",
  }),
  /** Sets what is given for an organization, and only that. Nothing takes it away. */
  configure: endpoint({
    operation: "ProviderController_configure",
    method: "PUT",
    path: "/organizations/{organization_id}/data_integration_configurations/{slug}",
    body: z.object({
      enabled: z.boolean().optional(),
      scopes,
      client_id: z.string().min(1).optional(),
      client_secret: z.string().min(1).optional(),
      config: texts.optional(),
    }),
    success: { 200: dataIntegrationConfiguration },
    repeat: "safe",
    lane: "write",
  }),
} as const;
