/** Settings of an environment: where sign-ins lead, which pages may ask, who is told of events, what is in tokens. */
import { z } from "zod";
import { timestamp } from "./shapes";

export const redirectUri = z.object({
  object: z.literal("redirect_uri"),
  id: z.string(),
  uri: z.string(),
  default: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type RedirectUriObject = z.output<typeof redirectUri>;

export const webhookEndpoint = z.object({
  object: z.literal("webhook_endpoint"),
  id: z.string(),
  endpoint_url: z.string(),
  secret: z.string(),
  status: z.enum(["enabled", "disabled"]),
  events: z.array(z.string()),
  created_at: timestamp,
  updated_at: timestamp,
});
export type WebhookEndpointObject = z.output<typeof webhookEndpoint>;

export const event = z.object({
  object: z.literal("event"),
  id: z.string(),
  /** `user.created` and the like. */
  event: z.string(),
  /** The object as it was then. */
  data: z.record(z.string(), z.unknown()),
  created_at: timestamp,
  context: z.record(z.string(), z.unknown()).optional(),
});
export type EventObject = z.output<typeof event>;

export const corsOrigin = z.object({
  object: z.literal("cors_origin"),
  id: z.string(),
  origin: z.string(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type CorsOriginObject = z.output<typeof corsOrigin>;

export const jwtTemplate = z.object({
  object: z.literal("jwt_template"),
  content: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type JwtTemplateObject = z.output<typeof jwtTemplate>;
