/** Who is told of events: `WebhookEndpointsController` in the vendor's specification, which has no operation that gets one. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { listOf, openEnum, page, webhookEndpoint } from "../schemas";
import { webhookEvents } from "../schemas/webhook-events";

const eventNames = z.array(openEnum(webhookEvents));

export const webhookEndpoints = {
  /** The webhook endpoints of the environment, newest first, with their secrets. */
  list: endpoint({
    operation: "WebhookEndpointsController_list",
    method: "GET",
    path: "/webhook_endpoints",
    query: page,
    success: { 200: listOf(webhookEndpoint) },
    repeat: "safe",
    lane: "read",
  }),
  /** Adds an endpoint, enabled; what it is sent is signed with the `secret` of the answer. */
  create: endpoint({
    operation: "WebhookEndpointsController_create",
    method: "POST",
    path: "/webhook_endpoints",
    body: z.object({ endpoint_url: z.string(), events: eventNames }),
    success: { 201: webhookEndpoint },
    repeat: "unsafe",
    lane: "write",
  }),
  /** Changes what is given, and only that; events are all of them. */
  update: endpoint({
    operation: "WebhookEndpointsController_update",
    method: "PATCH",
    path: "/webhook_endpoints/{id}",
    body: z.object({
      endpoint_url: z.string().optional(),
      status: z.enum(["enabled", "disabled"]).optional(),
      events: eventNames.optional(),
    }),
    success: { 200: webhookEndpoint },
    repeat: "safe",
    lane: "write",
  }),
  /** Deletes an endpoint. */
  delete: endpoint({
    operation: "WebhookEndpointsController_delete",
    method: "DELETE",
    path: "/webhook_endpoints/{id}",
    success: { 204: null },
    repeat: "safe",
    lane: "write",
  }),
} as const;
