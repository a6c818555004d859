/** The pages of single sign-on without AuthKit: `SsoController` in the vendor's specification. */
import { type Context as HonoContext } from "hono";
import { html } from "hono/html";
import { redirectUriProblem } from "../../api/redirect-uris";
import { findClient } from "../auth/clients";
import {
  activeConnection,
  connectionOf,
  connectionOfDomain,
  profileFor,
  providerTarget,
  type Target,
  targetOf,
} from "../auth/connections";
import { forgetExpired, hashOf, lifetimes, newToken } from "../auth/secrets";
import { type Context } from "../context";
import { ssoAuthorizeQuery } from "../extra/sso-pages";
import { type StoredSsoToken } from "../store/auth-entities";
import { type StoredConnection } from "../store/entities";
import { back, isOfEnvironment } from "./authorize-request";
import { readProfile } from "./flow";
import { formKey, mistakes, problemOf, readForm, repeatedParameter, show } from "./http";
import { identityProviderPage } from "./identity-provider";
import { type Problem, type Shown } from "./page";
import { testPeople } from "./people";

const action = "identity-provider";

interface Asked {
  readonly clientId: string;
  readonly redirect_uri: string;
  readonly state: string | undefined;
  readonly challenge: string | undefined;
  readonly loginHint: string;
  readonly scopes: readonly string[];
  readonly target: Target;
}

type Read = Asked | { readonly refused: Response | Promise<Response> };

export async function getSso(http: HonoContext, context: Context): Promise<Response> {
  const asked = read(http, context);
  if ("refused" in asked) return asked.refused;
  return show(http, pageFor(asked, { email: asked.loginHint }, formKey(http), context));
}

export async function postSso(http: HonoContext, context: Context): Promise<Response> {
  const asked = read(http, context);
  if ("refused" in asked) return asked.refused;
  const sent = await readForm(http);
  if (sent.action === "cancel") {
    const answer = { error: "access_denied", error_description: "The person did not sign in." };
    return back(http, asked, answer);
  }
  try {
    const profile = profileFor(asked.target, readProfile(sent, context), context);
    const code = issueSsoToken("code", profile.id, asked, context);
    return back(http, asked, { code });
  } catch (error) {
    return show(http, pageFor(asked, { ...sent, problem: problemOf(error) }, formKey(http), context));
  }
}

export async function getSsoLogout(http: HonoContext, context: Context): Promise<Response> {
  const { store, clock } = context;
  const [token] = store.ssoTokens.by("token", hashOf(http.req.query("token") ?? ""));
  if (token?.kind !== "logout" || Date.parse(token.expires_at) <= clock.now()) {
    return http.json({ message: "The logout token is unknown, used or expired." }, 404);
  }
  store.write(() => {
    for (const one of store.ssoTokens.by("profile", token.profile_id)) store.ssoTokens.delete(one.id);
  });
  const content = html`<p>You are signed out at the identity provider too. You can close this page.</p>`;
  return show(http, { title: "You are signed out", content });
}

interface Typed {
  readonly email?: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly problem?: Problem;
}

function pageFor({ target }: Asked, typed: Typed, csrf: string, context: Context): Shown {
  const { email = "", first_name: firstName, last_name: lastName, problem } = typed;
  const { faces } = testPeople({ organizationId: target.organizationId, email }, context);
  return identityProviderPage({ name: target.name, action, email, firstName, lastName, faces, problem }, csrf);
}

/** What cannot be answered to the application is told the person. */
function read(http: HonoContext, context: Context): Read {
  const refuse = (reason: string) => ({
    refused: show(http, { title: "This link does not work", content: html`<p>${reason}</p>` }, 400),
  });
  const twice = repeatedParameter(http);
  if (twice !== undefined) return refuse(`${twice} is given twice.`);
  const sent = http.req.query();
  const parsed = ssoAuthorizeQuery.safeParse(sent);
  if (!parsed.success) return refuse(mistakes(parsed.error, sent));
  const given = parsed.data;
  if (findClient(given.client_id, context) === undefined) return refuse("client_id: there is no such client.");
  const wrong = redirectUriProblem(given.redirect_uri);
  if (wrong !== undefined) return refuse(`redirect_uri: ${wrong}.`);
  if (!isOfEnvironment(given.redirect_uri, context)) return refuse("redirect_uri: not one of the environment's.");
  const tell = (error: string, error_description: string) => ({
    refused: back(http, given, { error, error_description }),
  });
  const challenge = given.code_challenge;
  if (challenge !== undefined && given.code_challenge_method === undefined) {
    return tell("invalid_request", "code_challenge_method is missing: S256.");
  }
  const found = targetFor(given, context);
  if ("error" in found) return tell(found.error, found.description);
  return {
    clientId: given.client_id,
    redirect_uri: given.redirect_uri,
    state: given.state,
    challenge,
    loginHint: given.login_hint ?? "",
    scopes: given.provider_scopes ?? [],
    target: found,
  };
}

interface Selectors {
  readonly connection?: string;
  readonly organization?: string;
  readonly domain?: string;
  readonly provider?: string;
}

/** By one of these, and one only; errors by the vendor's names. */
function targetFor(
  { connection, organization, domain, provider }: Selectors,
  context: Context,
): Target | { readonly error: string; readonly description: string } {
  const given = [connection, organization, domain, provider].filter((value) => value !== undefined);
  if (given.length === 0) {
    const description = "Give connection, organization or provider.";
    return { error: "invalid_connection_selector", description };
  }
  if (given.length > 1) {
    const description = "Give one of connection, organization, domain and provider.";
    return { error: "ambiguous_connection_selector", description };
  }
  if (provider !== undefined) return providerTarget(provider);
  if (connection !== undefined) {
    const description = "There is no active connection with this id.";
    return targeted(activeConnection(connection, context)) ?? { error: "connection_invalid", description };
  }
  if (organization !== undefined) {
    const description = "There is no such organization, or it has no active connection.";
    return targeted(connectionOf(organization, context)) ?? { error: "organization_invalid", description };
  }
  const description = "No active connection has this domain.";
  return targeted(connectionOfDomain(domain ?? "", context)) ?? { error: "connection_domain_invalid", description };
}

const targeted = (connection: StoredConnection | undefined) => connection && targetOf(connection);

/** A code, access token or logout token: answers it, and keeps its hash. */
export function issueSsoToken(
  kind: StoredSsoToken["kind"],
  profileId: string,
  asked: Partial<Pick<Asked, "clientId" | "challenge" | "scopes">>,
  context: Context,
): string {
  const { store, ids, clock } = context;
  const token = newToken();
  store.write(() => {
    forgetExpired(store.ssoTokens, context);
    store.ssoTokens.put({
      id: ids.make("sso_token"),
      kind,
      token_hash: hashOf(token),
      profile_id: profileId,
      client_id: asked.clientId ?? context.clientId,
      code_challenge: asked.challenge ?? null,
      scopes: asked.scopes ?? [],
      expires_at: new Date(clock.now() + lifetimes.ssoToken).toISOString(),
    });
  });
  return token;
}
