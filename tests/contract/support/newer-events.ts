/**
 * What events carry that only the vendor's newer edition has, written down from it: the installed edition has no
 * schema of them. Nothing else may be in them.
 */
import { z } from "zod";
import { webhookEvents } from "../../../api/schemas/webhook-events";
import { type SchemaNode, schemaNode } from "./specification";

const moment = z.iso.datetime();
const text = z.string().min(1);
const stamps = { created_at: moment, updated_at: moment };

const connectedAccount = z.strictObject({
  object: z.literal("connected_account"),
  id: text,
  data_integration_id: text,
  provider_slug: text,
  user_id: text.nullable(),
  organization_id: text.nullable(),
  scopes: z.array(text),
  state: z.enum(["connected", "needs_reauthorization"]),
  ...stamps,
});
const ofRegistration = { agent_registration_id: text };

const payloads: Readonly<Record<string, z.ZodType>> = {
  "agent.registration.claim.attempt.created": z.strictObject({
    object: z.literal("agent_registration_claim_attempt"),
    id: text,
    ...ofRegistration,
    agent_registration_claim_id: text,
    login_hint: text,
    expires_at: moment,
    ...stamps,
  }),
  "agent.registration.claim.completed": z.strictObject({
    object: z.literal("agent_registration_claim"),
    id: text,
    ...ofRegistration,
    completed_by_attempt_id: text,
    claimed_by: z.strictObject({ user_id: text, organization_id: text.nullable() }),
    completed_at: moment,
    ...stamps,
  }),
  "agent.registration.created": z.strictObject({
    object: z.literal("agent_registration"),
    id: text,
    agent_identity: z.strictObject({
      object: z.literal("agent_identity"),
      id: text,
      userland_user_id: text.nullable(),
    }),
    organization_id: text,
    status: z.enum(["unverified", "verified", "expired", "revoked"]),
    kind: z.enum(["anonymous", "service_auth", "identity_assertion"]),
    method: z.enum(["anonymous", "service_auth", "id_jag"]),
    ...stamps,
  }),
  "agent.registration.credential.issued": z.strictObject({
    object: z.literal("agent_registration_credential"),
    id: text,
    ...ofRegistration,
    detail: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("api_key"), api_key_id: text }),
      z.strictObject({ kind: z.literal("access_token"), jti: text, expires_at: moment.nullable() }),
    ]),
    ...stamps,
  }),
  "agent.registration.deleted": z.strictObject(ofRegistration),
  "agent.registration.organization.switched": z.strictObject({
    ...ofRegistration,
    from_organization_id: text,
    to_organization_id: text,
  }),
  "api_key.updated": z.strictObject({
    object: z.literal("api_key"),
    id: text,
    owner: z.union([
      z.strictObject({ type: z.literal("organization"), id: text }),
      z.strictObject({ type: z.literal("user"), id: text, organization_id: text }),
    ]),
    name: text,
    obfuscated_value: text,
    last_used_at: moment.nullable(),
    expires_at: moment.nullable(),
    permissions: z.array(text),
    ...stamps,
    previous_attributes: z.strictObject({ expires_at: moment.nullable() }),
  }),
  "pipes.connected_account.connected": connectedAccount,
  "pipes.connected_account.connection_failed": z.strictObject({
    object: z.literal("connection_failed"),
    data_integration_id: text,
    provider_slug: text,
    user_id: text.nullable(),
    organization_id: text.nullable(),
    error_code: text,
    error_reason: text.nullable(),
    provider_error: text.nullable(),
    provider_error_description: text.nullable(),
    created_at: moment,
  }),
  "pipes.connected_account.disconnected": connectedAccount,
  "pipes.connected_account.reauthorization_needed": connectedAccount,
  "radar.challenge_created": z.strictObject({
    type: z.literal("email"),
    radar_challenge_id: text,
    user_id: text,
    email: z.email(),
  }),
};

/** Of the whole event, with the payload as it is written down here. */
export const newerEventSchemas: ReadonlyMap<string, SchemaNode> = new Map(
  Object.entries(payloads).map(([name, data]) => [
    name,
    schemaNode.parse(z.toJSONSchema(z.looseObject({ event: z.literal(name), data }))),
  ]),
);

/** Names, besides, that the vendor's newer edition has, also of what nothing here causes. */
export const newerEventNames: readonly string[] = [
  ...webhookEvents,
  ...["dsync.token.created", "dsync.token.revoked", "vault.kek.deleted"],
];
