/**
 * The page that an application sends a person's browser to: `/user_management/authorize`, and `/oauth2/authorize` for
 * Connect applications, which ask for scopes there and get other tokens.
 */
import { type Context as HonoContext } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { authorizeQuery } from "../../api/endpoints/pages";
import { isRegisteredUri, redirectUriProblem } from "../../api/redirect-uris";
import { type Client, findClient } from "../auth/clients";
import { forgetExpired, hashOf, lifetimes, newToken } from "../auth/secrets";
import { keepSignIn } from "../auth/sign-in";
import { type Context } from "../context";
import { authorize } from "../handlers/authorized-applications";
import { scopesOf, standardScopes, unknownScope } from "../oauth/scopes";
import { type ConnectRequest } from "../store/auth-entities";
import { act, advance, firstView, kept, type Outcome, type Request, type SignedIn } from "./flow";
import { formKey, readForm, reasonOf, repeatedParameter, show, visitorOf } from "./http";
import { form, type Shown } from "./page";
import { viewPage } from "./steps";

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

export async function getAuthorize(http: HonoContext, context: Context): Promise<Response> {
  const asked = read(http, context);
  if ("refused" in asked) return asked.refused;
  const { params } = asked;
  if (params.prompt === "none") {
    return back(http, params, { error: "login_required", error_description: "Nobody is signed in at this page." });
  }
  if (params.connection_id !== undefined) {
    return back(http, params, { error: "invalid_connection", error_description: "There are no connections here." });
  }
  return show(http, viewPage(firstView(requestOf(params), context), formKey(http), undefined));
}

export async function postAuthorize(http: HonoContext, context: Context): Promise<Response> {
  const asked = read(http, context);
  if ("refused" in asked) return asked.refused;
  const { params, client } = asked;
  const request = requestOf(params);
  const sent = await readForm(http);
  if (sent.action === "deny") {
    return back(http, params, { error: "access_denied", error_description: "The person denied the request." });
  }
  let outcome: Outcome;
  try {
    // All steps are looked at again, so that the consent page is no way around one of them.
    outcome =
      sent.action === "allow"
        ? advance(kept(sent, request, context), context)
        : await act(sent, request, context, visitorOf(http));
  } catch (error) {
    outcome = { view: firstView(request, context), error: reasonOf(error) };
  }
  if ("view" in outcome) return show(http, viewPage(outcome.view, formKey(http), outcome.error));
  if (sent.action !== "allow" && needsConsent(client)) {
    return show(http, consentPage(asked, keepSignIn(outcome.signedIn, context), formKey(http)));
  }
  return back(http, params, { code: issueCode(outcome.signedIn, asked, context) });
}

/** What the person is asked about, and what is granted. Only at `/oauth2` an application says what it wants. */
const grantedScopes = ({ client, connect }: Asked): readonly string[] =>
  connect === undefined ? (client.application?.scopes ?? []) : scopesOf(connect.scope);

const needsConsent = ({ application }: Client) => application !== undefined && !application.is_first_party;

function consentPage(asked: Asked, token: string, csrf: string): Shown {
  const name = asked.client.application?.name ?? "";
  const scopes = grantedScopes(asked);
  return {
    title: `Allow ${name} to access your account?`,
    content: html`${scopes.length === 0 ? "" : html`<p>It could:</p>`}
      <ul>
        ${scopes.map((one) => html`<li>${standardScopes[one] ?? one}</li>`)}
      </ul>
      ${form("allow", csrf, { token }, html`<button>Allow</button>`)}
      ${form("deny", csrf, {}, html`<button class="other">Deny</button>`)}`,
  };
}

interface Asked {
  readonly params: Query;
  readonly client: Client;
  readonly connect: ConnectRequest | undefined;
}

/** What cannot be answered to the application, because who it is or where it lives is in doubt, is told the person. */
function read(http: HonoContext, context: Context): Asked | { refused: Response | Promise<Response> } {
  const refuse = (reason: string) => ({
    refused: show(http, { title: "This link does not work", content: html`<p>${reason}</p>` }, 400),
  });
  const twice = repeatedParameter(http);
  if (twice !== undefined) return refuse(`${twice} is given twice.`);
  const sent = http.req.query();
  const problem = (name: string, message: string) =>
    sent[name] === undefined ? `${name} is missing.` : `${name}: ${message}.`;
  const parsed = query.safeParse(sent);
  if (!parsed.success) {
    return refuse(parsed.error.issues.map(({ path, message }) => problem(path.join("."), message)).join(" "));
  }
  const params = parsed.data;
  const client = findClient(params.client_id, context);
  if (client === undefined) return refuse("client_id: there is no such client.");
  const atConnect = http.req.path === connectPath;
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
  if (!atConnect || application === undefined) return { params, client, connect: undefined };
  const { scope = application.scopes.join(" "), nonce } = params;
  const unknown = unknownScope(scope, application);
  if (unknown !== undefined) return tell("invalid_scope", `The application has no scope ${unknown}.`);
  return { params, client, connect: { scope, ...(nonce === undefined ? {} : { nonce }) } };
}

/** Where nobody has said where sign-ins lead, they lead anywhere. */
function isOfEnvironment(uri: string, { store }: Context): boolean {
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

function requestOf(params: Query): Request {
  const { provider } = params;
  return {
    clientId: params.client_id,
    organizationId: params.organization_id ?? null,
    invitationToken: params.invitation_token,
    loginHint: params.login_hint ?? "",
    signUpFirst: params.screen_hint === "sign-up",
    provider: provider === undefined || provider === "authkit" ? undefined : provider,
  };
}

function issueCode(signedIn: SignedIn, asked: Asked, context: Context): string {
  const { params, client, connect } = asked;
  const { store, ids, clock } = context;
  const code = newToken();
  const { user_id, organization_id, method } = signedIn;
  store.write(() => {
    if (client.application) {
      authorize({ user_id, organization_id, application: client.application, granted: grantedScopes(asked) }, context);
    }
    forgetExpired(store.codes, context);
    store.codes.put({
      id: ids.make("code"),
      code_hash: hashOf(code),
      client_id: client.id,
      redirect_uri: params.redirect_uri,
      code_challenge: params.code_challenge ?? null,
      user_id,
      organization_id,
      method,
      expires_at: new Date(clock.now() + lifetimes.authorizationCode).toISOString(),
      used: false,
      session_id: null,
      ...(connect === undefined ? {} : { connect }),
    });
  });
  return code;
}

function back(http: HonoContext, { redirect_uri, state }: Query, answer: Readonly<Record<string, string>>): Response {
  const url = new URL(redirect_uri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set("state", state);
  http.header("Cache-Control", "no-store");
  return http.redirect(url.href, 302);
}
