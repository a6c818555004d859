/**
 * The page that an application sends a person's browser to: `/user_management/authorize`, and `/oauth2/authorize` for
 * Connect applications, which ask for scopes there and get other tokens.
 */
import { type Context as HonoContext } from "hono";
import { foldAddress } from "../../api/address";
import { startExternalLogin } from "../auth/external-logins";
import { type PagePerson } from "../auth/page-sessions";
import { forgetExpired, hashOf, lifetimes, newToken } from "../auth/secrets";
import { keepSignIn } from "../auth/sign-in";
import { type Context } from "../context";
import { ApiError } from "../errors";
import { authorize } from "../handlers/authorized-applications";
import { atOnce } from "./at-once";
import { type Asked, back, read, requestOf } from "./authorize-request";
import { consentPage, grantedScopes, needsConsent } from "./consent";
import { accountsView, act, attempt, firstView, isFresh, kept, type Outcome, resume, type SignedIn } from "./flow";
import { enter, formKey, problemOf, readForm, show, visitorOf } from "./http";
import { type Request } from "./request";
import { viewPage } from "./steps";

export async function getAuthorize(http: HonoContext, context: Context): Promise<Response> {
  const asked = read(http, context);
  if ("refused" in asked) return asked.refused;
  const { params, prompts } = asked;
  const { loginUri } = context.settings.switches;
  if (loginUri !== null && asked.connect !== undefined) {
    http.header("Cache-Control", "no-store");
    return http.redirect(startExternalLogin(loginUri, http.req.query(), context), 302);
  }
  const request = requestOf(asked, http, context);
  if (context.settings.switches.authorize === "redirect") return answerAtOnce(http, asked, request, context);
  const silent = prompts.includes("none");
  const tell = (error: string, error_description: string) => back(http, params, { error, error_description });
  const person = personHere(request, prompts, context);
  if (person === undefined) {
    if (silent) return tell("login_required", "Nobody who fits is signed in at this page.");
    const choose = prompts.includes("select_account") && request.people.length > 0 && isForPage(request);
    return showView(
      http,
      { view: choose ? accountsView(request, context) : firstView(request, context) },
      request,
      context,
    );
  }
  const outcome = attempt(() => resume(person, request, context), request, context);
  if ("view" in outcome) {
    if (silent) return tell("interaction_required", outcome.problem?.message ?? "The person has to do another step.");
    return showView(http, outcome, request, context);
  }
  if (silent && needsConsent(asked, outcome.signedIn, false, context)) {
    return tell("consent_required", "The person has to allow the application what it asks for.");
  }
  return finish(http, asked, outcome.signedIn, context);
}

export async function postAuthorize(http: HonoContext, context: Context): Promise<Response> {
  const asked = read(http, context);
  if ("refused" in asked) return asked.refused;
  const { params } = asked;
  const request = requestOf(asked, http, context);
  const sent = await readForm(http);
  if (sent.action === "deny" || (sent.action === "cancel" && !isForPage(request))) {
    return back(http, params, { error: "access_denied", error_description: "The person denied the request." });
  }
  if (sent.action === "allow") {
    // All steps are looked at again, so that the consent page is no way around one of them.
    const outcome = attempt(() => kept(sent, request, context), request, context);
    if ("view" in outcome) return showView(http, outcome, request, context);
    return back(http, params, { code: issueCode(outcome.signedIn, asked, context) });
  }
  const outcome = await act(sent, request, context, visitorOf(http));
  if ("view" in outcome) return showView(http, outcome, request, context);
  enter(http, outcome.signedIn, context);
  return finish(http, asked, outcome.signedIn, context);
}

const showView = (
  http: HonoContext,
  outcome: Extract<Outcome, { view: unknown }>,
  request: Request,
  context: Context,
): Promise<Response> => show(http, viewPage(outcome.view, { request, csrf: formKey(http), context }, outcome.problem));

/** With a code, once a third party's application is let in. */
function finish(http: HonoContext, asked: Asked, signedIn: SignedIn, context: Context): Response | Promise<Response> {
  if (!needsConsent(asked, signedIn, asked.prompts.includes("consent"), context)) {
    return back(http, asked.params, { code: issueCode(signedIn, asked, context) });
  }
  const token = keepSignIn(signedIn, context);
  return show(http, consentPage(asked, signedIn, token, formKey(http), context));
}

/** Other services know for themselves who is signed in there. */
const isForPage = ({ provider, connection }: Request) => provider === undefined && connection === undefined;

/** Who is signed in at this page and may go on as that. */
function personHere(request: Request, prompts: readonly string[], context: Context): PagePerson | undefined {
  const { store } = context;
  const again = ["login", "select_account", "create"].some((one) => prompts.includes(one));
  if (again || request.signUpFirst || !isForPage(request)) return undefined;
  const invitation = store.invitations.by("token", request.invitationToken ?? "")[0];
  const wanted = invitation?.email ?? request.loginHint;
  const person = request.people.find(
    ({ user_id }) => wanted === "" || foldAddress(store.users.get(user_id)?.email ?? "") === foldAddress(wanted),
  );
  return person !== undefined && isFresh(person, request, context) ? person : undefined;
}

function answerAtOnce(http: HonoContext, asked: Asked, request: Request, context: Context): Response {
  try {
    return back(http, asked.params, { code: issueCode(atOnce(request, context), asked, context) });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { error: code } = error.body;
    const { message } = problemOf(error);
    return back(http, asked.params, {
      error: typeof code === "string" ? code : "access_denied",
      error_description: message,
    });
  }
}

export function issueCode(signedIn: SignedIn, asked: Asked, context: Context): string {
  const { params, client, connect } = asked;
  const { store, ids, clock } = context;
  const code = newToken();
  const { user_id, organization_id, method, authenticated_at } = signedIn;
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
      ...(authenticated_at === undefined ? {} : { authenticated_at }),
    });
  });
  return code;
}
