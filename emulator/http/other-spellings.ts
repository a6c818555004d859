/**
 * Other spellings of the same operations, found in older descriptions of this API. They are answered so that programs
 * written from those can be tried; the specification's spellings are the ones to use. The table for people is in
 * `docs/local-authkit.md`.
 */
import { lifetimes } from "../auth/secrets";
import { presentSession } from "../auth/sessions";
import { type AnyEndpoint } from "../../api/endpoint";
import { clientEndpoints as endpoints } from "../../api/endpoints/index";
import { type Caller, type Context } from "../context";
import { notFound } from "../errors";
import { handlers } from "../handlers";
import { presentFactor } from "../handlers/present-auth";
import { page, type PageQuery } from "../pages";
import { type Answer } from "./answer";

type Fields = Readonly<Record<string, unknown>>;

export interface Alias {
  readonly method: AnyEndpoint["method"];
  readonly path: string;
  /** The operation that is meant: its rate limit, its name in the log, and its answer where nothing else is said. */
  readonly of: AnyEndpoint;
  /** Fields that this spelling has besides the operation's. */
  readonly adds?: (body: Fields) => Fields;
  /** What is done instead, where the operation takes or answers something else. The key may be the subject itself. */
  readonly run?: (input: Fields, context: Context, caller: Caller) => Answer | Promise<Answer>;
  /** The request carries another kind of key than an API key of this environment, which `run` looks at. */
  readonly ownKey?: boolean;
}

const { users, organizationMemberships, invitations, apiKeys, roles, sessions, mfa, authentication } = endpoints;
const text = (value: unknown) => (typeof value === "string" ? value : "");

export const aliases: readonly Alias[] = [
  { method: "GET", path: "/user_management/users/by_external_id/{external_id}", of: users.getByExternalId },
  {
    method: "POST",
    path: "/user_management/organization_memberships/{id}/deactivate",
    of: organizationMemberships.deactivate,
  },
  {
    method: "POST",
    path: "/user_management/organization_memberships/{id}/reactivate",
    of: organizationMemberships.reactivate,
  },
  { method: "POST", path: "/user_management/invitations/{id}/send", of: invitations.resend },
  {
    method: "GET",
    path: "/user_management/organizations/{organization_id}/api_keys",
    of: apiKeys.listForOrganization,
  },
  {
    method: "POST",
    path: "/user_management/organizations/{organization_id}/api_keys",
    of: apiKeys.createForOrganization,
    adds: ({ value }) => ({ secret: value }),
  },
  { method: "DELETE", path: "/user_management/api_keys/{id}", of: apiKeys.delete },
  // The vendor's own client still asks here.
  { method: "GET", path: "/organizations/{organization_id}/roles", of: roles.listForOrganization },
  {
    method: "GET",
    path: "/user_management/api_keys/validate",
    of: apiKeys.validate,
    ownKey: true,
    run: async (_input, context, caller) => {
      const { api_key: key } = await callApiKeyValidation(caller.bearer ?? "", context, caller);
      if (key === null) return { status: 401, body: { message: "Unauthorized", code: "unauthorized" } };
      const organization_id = key.owner.type === "organization" ? key.owner.id : key.owner.organization_id;
      return { status: 200, body: { valid: true, organization_id } };
    },
  },
  {
    method: "GET",
    path: "/user_management/sessions",
    of: sessions.list,
    run: (input, context) => {
      const { store } = context;
      const userId = text(input.user_id);
      const ids = userId === "" ? store.sessions.ids() : store.sessions.idsBy("user", userId);
      const found = page(ids, "session", input as PageQuery, (id) => store.sessions.get(id));
      const data = found.data.map((session) => presentSession(session, context));
      return { status: 200, body: { ...found, data } };
    },
  },
  {
    method: "POST",
    path: "/user_management/sessions/{session_id}/revoke",
    of: sessions.revoke,
    run: async (input, context, caller) => {
      const id = text(input.session_id);
      if (context.store.sessions.get(id) === undefined) throw notFound("Session", id);
      await handlers.sessions.revoke({ session_id: id }, context, caller);
      const session = context.store.sessions.get(id);
      return { status: 200, body: session === undefined ? null : presentSession(session, context) };
    },
  },
  { method: "POST", path: "/user_management/authentication_factors", of: mfa.enroll },
  {
    method: "GET",
    path: "/user_management/authentication_factors",
    of: mfa.listForUser,
    run: (input, { store }) => {
      const userId = text(input.user_id);
      const ids = userId === "" ? store.factors.ids() : store.factors.idsBy("user", userId);
      const found = page(ids, "auth_factor", input as PageQuery, (id) => store.factors.get(id));
      return { status: 200, body: { ...found, data: found.data.map(presentFactor) } };
    },
  },
  {
    method: "POST",
    path: "/user_management/authentication_factors/{id}/challenge",
    of: mfa.challenge,
    // This spelling asks and answers in one request.
    run: async (input, context, caller) => {
      const challenge = await handlers.mfa.challenge({ id: text(input.id) }, context, caller);
      const code = text(input.code);
      if (code === "") return { status: 201, body: challenge };
      const { id } = challenge as { id: string };
      return { status: 200, body: (await handlers.mfa.verify({ id, code }, context, caller)) as object };
    },
  },
  { method: "POST", path: "/user_management/device_authorization", of: authentication.authorizeDevice },
  {
    method: "POST",
    path: "/user_management/device_code",
    of: authentication.authenticate,
    adds: () => ({ token_type: "Bearer", expires_in: lifetimes.accessToken / 1000 }),
  },
];

async function callApiKeyValidation(value: string, context: Context, caller: Caller) {
  const answer = await handlers.apiKeys.validate({ value }, context, caller);
  if (!("api_key" in answer)) throw new Error("a validation answers a key or none");
  return answer;
}
