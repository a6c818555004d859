/** Connect applications and their secrets: `ApplicationsController` and `ApplicationCredentialsController` in the vendor's
 * specification. An application is named by its id or its client id. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { clientSecret, clientSecretWithValue, commaJoined, connectApplication, listOf, page } from "../schemas";

const redirectUris = z.array(z.object({ uri: z.string(), default: z.boolean().nullish() })).nullish();
const details = { description: z.string().nullish(), scopes: z.array(z.string()).nullish() };

export const connectApplications = {
  /** Of the environment, or of one organization. Without `registration_types` only those registered by a person with access to the environment. */
  list: endpoint({
    operation: "ApplicationsController_list",
    method: "GET",
    path: "/connect/applications",
    query: page.extend({
      registration_types: commaJoined(["dynamic", "authenticated"]).optional(),
      organization_id: z.string().optional(),
    }),
    success: { 200: listOf(connectApplication) },
    repeat: "safe",
    lane: "read",
  }),
  /** An OAuth or a machine-to-machine application. */
  create: endpoint({
    operation: "ApplicationsController_create",
    method: "POST",
    path: "/connect/applications",
    body: z.discriminatedUnion("application_type", [
      z.object({
        name: z.string(),
        application_type: z.literal("oauth"),
        ...details,
        redirect_uris: redirectUris,
        uses_pkce: z.boolean().nullish(),
        is_first_party: z.boolean(),
        organization_id: z.string().nullish(),
      }),
      z.object({
        name: z.string(),
        application_type: z.literal("m2m"),
        ...details,
        organization_id: z.string(),
      }),
    ]),
    success: { 201: connectApplication },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One application, by its id or client id. */
  get: endpoint({
    operation: "ApplicationsController_find",
    method: "GET",
    path: "/connect/applications/{id}",
    success: { 200: connectApplication },
    repeat: "safe",
    lane: "read",
  }),
  /** Changes what is given, and only that. */
  update: endpoint({
    operation: "ApplicationsController_update",
    method: "PUT",
    path: "/connect/applications/{id}",
    body: z.object({ name: z.string().optional(), ...details, redirect_uris: redirectUris }),
    success: { 200: connectApplication },
    repeat: "safe",
    lane: "write",
  }),
  /** Deletes an application. */
  delete: endpoint({
    operation: "ApplicationsController_delete",
    method: "DELETE",
    path: "/connect/applications/{id}",
    success: { 204: null },
    alsoAccepts: [200, 202],
    repeat: "safe",
    lane: "write",
  }),
  /** An application's secrets by their last characters, all at once. A bare array: no envelope, no pages. */
  listSecrets: endpoint({
    operation: "ApplicationCredentialsController_list",
    method: "GET",
    path: "/connect/applications/{id}/client_secrets",
    success: { 200: z.array(clientSecret) },
    repeat: "safe",
    lane: "read",
  }),
  /** A secret. The answer is the only one that ever carries `secret`. */
  createSecret: endpoint({
    operation: "ApplicationCredentialsController_create",
    method: "POST",
    path: "/connect/applications/{id}/client_secrets",
    body: z.object({}),
    success: { 201: clientSecretWithValue },
    repeat: "unsafe",
    lane: "write",
  }),
  /** Revokes a secret. */
  deleteSecret: endpoint({
    operation: "ApplicationCredentialsController_delete",
    method: "DELETE",
    path: "/connect/client_secrets/{id}",
    success: { 204: null },
    alsoAccepts: [200, 202],
    repeat: "safe",
    lane: "write",
  }),
} as const;
