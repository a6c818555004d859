/** Tokens for what the vendor shows in an application's pages: widgets, and its Client API. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { endpoint } from "../../api/endpoint";
import { type Context } from "../context";
import { ApiError, invalidParameters, notFound } from "../errors";
import { pairKey } from "../store/store";
import { maybe, serve, text } from "./operation";

const widgetScopes = [
  "widgets:users-table:manage",
  "widgets:domain-verification:manage",
  "widgets:sso:manage",
  "widgets:api-keys:manage",
  "widgets:dsync:manage",
  "widgets:audit-log-streaming:manage",
  "widgets:pipes:manage",
] as const;
const create = {
  method: "POST",
  success: { 201: z.object({ token: text }) },
  repeat: "unsafe",
  lane: "write",
} as const;

export const widgets = {
  token: serve(
    endpoint({
      ...create,
      operation: "WidgetsPublicController_issueWidgetSessionToken",
      path: "/widgets/token",
      body: z.object({ organization_id: maybe, user_id: maybe, scopes: z.array(z.enum(widgetScopes)).optional() }),
    }),
    async ({ organization_id, user_id, scopes = [] }, context) => {
      if (organization_id === undefined && user_id === undefined) {
        throw new ApiError(400, { message: "Give organization_id, user_id or both." });
      }
      if (scopes.length > 0 && organization_id === undefined) {
        const message = "organization_id: is needed for scopes.";
        throw invalidParameters([{ field: "organization_id", code: "required", message }]);
      }
      check(organization_id, user_id, context);
      const token = await sign({ organization_id, user_id }, { scopes, permissions: scopes }, "widgets", context);
      return { token };
    },
  ),
} as const;

export const clientApi = {
  token: serve(
    endpoint({
      ...create,
      operation: "ClientApiTokenController_issueClientApiToken",
      path: "/client/token",
      body: z.object({ organization_id: text, user_id: text }),
    }),
    async ({ organization_id, user_id }, context) => {
      check(organization_id, user_id, context);
      return { token: await sign({ organization_id, user_id }, {}, "client", context) };
    },
  ),
} as const;

/** Both are there, and the one is a member of the other. */
function check(organizationId: string | undefined, userId: string | undefined, { store }: Context): void {
  if (organizationId !== undefined && store.organizations.get(organizationId) === undefined) {
    throw notFound("Organization", organizationId);
  }
  if (userId !== undefined && store.users.get(userId) === undefined) throw notFound("User", userId);
  if (organizationId === undefined || userId === undefined) return;
  const [membership] = store.memberships.by("pair", pairKey(userId, organizationId));
  if (membership?.status !== "active") {
    throw new ApiError(422, { message: "The user is no active member of the organization." });
  }
}

const lifetimeSeconds = 60 * 60;

/** Verified by the key set of the environment's client, `/sso/jwks/{client id}`. */
function sign(
  { organization_id, user_id }: { readonly organization_id?: string; readonly user_id?: string },
  more: Readonly<Record<string, unknown>>,
  audience: string,
  { signingKey, clock, url, clientId }: Context,
): Promise<string> {
  const iat = Math.floor(clock.now() / 1000);
  return signingKey.sign({
    iss: url,
    aud: audience,
    client_id: clientId,
    ...(user_id === undefined ? {} : { sub: user_id }),
    ...(organization_id === undefined ? {} : { org_id: organization_id }),
    ...more,
    jti: randomUUID(),
    iat,
    exp: iat + lifetimeSeconds,
  });
}
