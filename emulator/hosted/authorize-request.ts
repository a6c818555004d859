/** What an application asks for by sending a browser to `authorize`, or why it gets nothing. */
import { type Context as HonoContext } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { authorizeQuery } from "../../api/endpoints/pages";
import { isRegisteredUri, redirectUriProblem } from "../../api/redirect-uris";
import { type Client, findClient } from "../auth/clients";
import { connectionOf, connectionOfDomain } from "../auth/connections";
import { type Context } from "../context";
import { scopesOf, unknownScope } from "../oauth/scopes";
import { type ConnectRequest } from "../store/auth-entities";
import { type StoredConnection } from "../store/entities";
import { addressOf, mistakes, peopleHere, repeatedParameter, show } from "./http";
import { type Request } from "./request";

/** As declared; other descriptions of this API do without the response type. */
const query = authorizeQuery.omit({ provider_query_params: true }).extend({
  response_type: authorizeQuery.shape.response_type.default("code"),
  // As it was sent: zod's URLs come out trimmed, and what is compared must be what came.
  redirect_uri: z.string(),
  scope: z.string().optional(),
  nonce: z.string().optional(),
});
type Query = z.output<typeof query>;

export const connectPath = "/oauth2/authorize";

export interface Asked {
  readonly params: Query;
  readonly client: Client;
  readonly connect: ConnectRequest | undefined;
  readonly connection: StoredConnection | undefined;
  /** OpenID Connect Core 3.1.2.1: `none`, `login`, `consent`, `select_account`; `create` by its extension. */
  readonly prompts: readonly string[];
}

/** What cannot be answered to the application, because who it is or where it lives is in doubt, is told the person. */
export function read(
  http: HonoContext,
  context: Context,
  { sent, path } = { sent: http.req.query(), path: http.req.path },
): Asked | { refused: Response | Promise<Response> } {
  const refuse = (reason: string) => ({
    refused: show(
      http,
      {
        title: "This link does not work",
        lead: "The application that sent you here asks for something that cannot be answered.",
        content: html`<p>${reason}</p>`,
      },
      400,
    ),
  });
  const twice = repeatedParameter(http);
  if (twice !== undefined) return refuse(`${twice} is given twice.`);
  const parsed = query.safeParse(sent);
  if (!parsed.success) return refuse(mistakes(parsed.error, sent));
  const params = parsed.data;
  const client = findClient(params.client_id, context);
  if (client === undefined) return refuse("client_id: there is no such client.");
  const atConnect = path === connectPath;
  if (atConnect && client.application === undefined) return refuse("client_id: not a Connect application's.");
  if (client.application?.application_type === "m2m") return refuse("client_id: this application acts by itself.");
  const wrong = redirectUriProblem(params.redirect_uri);
  if (wrong !== undefined) return refuse(`redirect_uri: ${wrong}.`);
  const { application } = client;
  if (application && !application.redirect_uris.some(({ uri }) => uri === params.redirect_uri)) {
    return refuse("redirect_uri: not one of the application's.");
  }
  if (!application && !isOfEnvironment(params.redirect_uri, context)) {
    return refuse("redirect_uri: not one of the environment's.");
  }
  const { provider, connection_id, organization_id } = params;
  if ((provider ?? connection_id ?? organization_id) === undefined && application === undefined) {
    return refuse("Give provider, connection_id or organization_id.");
  }
  const tell = (error: string, error_description: string) => ({
    refused: back(http, params, { error, error_description }),
  });
  const mistake = pkceMistake(params, client);
  if (mistake !== undefined) return tell("invalid_request", mistake);
  const prompts = scopesOf(params.prompt ?? "");
  if (prompts.includes("none") && prompts.length > 1) {
    return tell("invalid_request", "prompt: none is given alone or not at all.");
  }
  const connection = connectionAsked(params, context);
  if (connection_id !== undefined && connection?.state !== "active") {
    return tell("invalid_connection", `There is no active connection ${connection_id}.`);
  }
  const asked = { params, client, connection, prompts };
  if (!atConnect || application === undefined) return { ...asked, connect: undefined };
  const { scope = application.scopes.join(" "), nonce } = params;
  const unknown = unknownScope(scope, application);
  if (unknown !== undefined) return tell("invalid_scope", `The application has no scope ${unknown}.`);
  return { ...asked, connect: { scope, ...(nonce === undefined ? {} : { nonce }) } };
}

/** By its id; by its organization, where nothing else says how to sign in; or by a domain. */
function connectionAsked(params: Query, context: Context): StoredConnection | undefined {
  const { provider, connection_id, organization_id, domain_hint } = params;
  if (connection_id !== undefined) return context.store.connections.get(connection_id);
  if (provider !== undefined && provider !== "authkit") return undefined;
  const ofOrganization =
    provider === undefined && organization_id !== undefined ? connectionOf(organization_id, context) : undefined;
  return ofOrganization ?? (domain_hint === undefined ? undefined : connectionOfDomain(domain_hint, context));
}

/** Where nobody has said where sign-ins lead, they lead anywhere. */
export function isOfEnvironment(uri: string, { store }: Context): boolean {
  const registered = store.redirectUris.all();
  return registered.length === 0 || registered.some((one) => isRegisteredUri(one.uri, uri));
}

/**
 * RFC 7636 4.4.1. The vendor has S256 only, and asks to say so: without a method the RFC would mean `plain`. Another
 * method is outside of the declaration and told the person.
 */
function pkceMistake({ code_challenge, code_challenge_method: method }: Query, { application }: Client) {
  if (code_challenge !== undefined) {
    if (method === undefined) return "code_challenge_method is missing: S256.";
    return code_challenge === "" ? "code_challenge is empty." : undefined;
  }
  if (method !== undefined) return "code_challenge is missing.";
  return application?.uses_pkce === true ? "code_challenge is missing: the application uses PKCE." : undefined;
}

export function requestOf(
  { params, client, connection, prompts }: Asked,
  http: HonoContext,
  context: Context,
): Request {
  const { provider } = params;
  const atPage = provider === undefined || provider === "authkit";
  return {
    clientId: params.client_id,
    application: client.application?.name ?? context.pages.applicationName ?? placeOf(params.redirect_uri),
    organizationId: params.organization_id ?? null,
    invitationToken: params.invitation_token,
    loginHint: params.login_hint ?? "",
    signUpFirst: params.screen_hint === "sign-up" || prompts.includes("create"),
    provider: atPage ? undefined : provider,
    connection,
    maxAge: atPage ? params.max_age : undefined,
    askedAt: addressOf(http),
    people: peopleHere(http, context),
  };
}

/** Where a browser is sent back to, as people know it. */
function placeOf(uri: string): string {
  const { host, protocol } = new URL(uri);
  return host === "" ? protocol.replace(":", "") : host;
}

/** To the application, with an answer of these parts. */
export function back(
  http: HonoContext,
  { redirect_uri, state }: Pick<Query, "redirect_uri" | "state">,
  answer: Readonly<Record<string, string>>,
): Response {
  const url = new URL(redirect_uri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set("state", state);
  http.header("Cache-Control", "no-store");
  return http.redirect(url.href, 302);
}
