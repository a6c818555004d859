import { type Context as HonoContext, type Env, type Hono } from "hono";
import { html } from "hono/html";
import { pageEndpoints } from "../../api/endpoints/index";
import { findClient } from "../auth/clients";
import { endSession } from "../auth/sessions";
import { type Context } from "../context";
import { ApiError } from "../errors";
import { answerTo, toResponse } from "../http/answer";
import { forgetSession } from "../http/browsers";
import { resetPassword } from "../handlers/password-reset";
import { getActivate, postActivate } from "./activate";
import { connectPath, getAuthorize, postAuthorize } from "./authorize";
import { completePath, getComplete, postComplete } from "./external-login";
import { formKey, readForm, reasonOf, repeatedParameter, show } from "./http";
import { field, form, type Shown } from "./page";

/** The pages that a browser visits. */
export function hostedRoutes<E extends Env>(app: Hono<E>, context: Context): void {
  app.get(pageEndpoints.authorize.path, (http) => getAuthorize(http, context));
  app.post(pageEndpoints.authorize.path, (http) => postAuthorize(http, context));
  app.get(connectPath, (http) => getAuthorize(http, context));
  app.post(connectPath, (http) => postAuthorize(http, context));
  app.get(completePath, (http) => getComplete(http, context));
  app.post(completePath, (http) => postComplete(http, context));
  app.get("/activate", (http) => getActivate(http, context));
  app.post("/activate", (http) => postActivate(http, context));
  app.get("/reset-password", (http) => getReset(http));
  app.post("/reset-password", (http) => postReset(http, context));
  app.get(pageEndpoints.logout.path, (http) => getLogout(http, context));
  app.onError((error, http) => {
    // Whoever sent what no page sends is no browser of a person.
    if (!(error instanceof ApiError) || error.status !== 403) return toResponse(answerTo(error));
    return show(http, { title: "This does not work", content: html`<p>${error.message}</p>` }, 403);
  });
}

/**
 * Ends the session and sends the browser back. A session that has ended already, or never was, is no error for it; but
 * only who names a session, which nobody can guess, says where to: this is no redirector for everybody (RFC 9700 4.11).
 */
export async function getLogout(http: HonoContext, context: Context): Promise<Response> {
  const twice = repeatedParameter(http);
  if (twice !== undefined) return http.json({ message: `${twice} is given twice.` }, 422);
  const { session_id: id, return_to: returnTo } = http.req.query();
  if (id === undefined) return http.json({ message: "session_id is required." }, 422);
  const address = returnTo === undefined || !URL.canParse(returnTo) ? undefined : new URL(returnTo);
  if (returnTo !== undefined && !["http:", "https:"].includes(address?.protocol ?? "")) {
    return http.json({ message: "return_to must be an http or https address." }, 422);
  }
  const session = context.store.sessions.get(id);
  if (session !== undefined) {
    endSession(session, context);
    forgetSession(http, session.client_id);
  }
  if (address !== undefined && session !== undefined && livesAt(session.client_id, address, context))
    return http.redirect(address.href, 302);
  return show(http, { title: "You are signed out", content: html`<p>You can close this page.</p>` });
}

/** A Connect application goes back to where it is registered; where the environment's own client lives nobody knows. */
function livesAt(clientId: string, { origin }: URL, context: Context): boolean {
  const client = findClient(clientId, context);
  if (client === undefined) return false;
  const uris = client.application?.redirect_uris;
  return uris === undefined || uris.some(({ uri }) => new URL(uri).origin === origin);
}

/** `/reset-password`: where the link of a password reset leads. */

export async function getReset(http: HonoContext): Promise<Response> {
  return show(http, resetPage(formKey(http), undefined));
}

export async function postReset(http: HonoContext, context: Context): Promise<Response> {
  const sent = await readForm(http);
  try {
    await resetPassword(http.req.query("token") ?? "", sent.password ?? "", context);
  } catch (error) {
    return show(http, resetPage(formKey(http), reasonOf(error)), 400);
  }
  return show(http, { title: "Your password is changed", content: html`<p>You can sign in with it now.</p>` });
}

function resetPage(csrf: string, error: string | undefined): Shown {
  return {
    title: "Choose a new password",
    error,
    content: form(
      "reset",
      csrf,
      {},
      html`${field({ name: "password", label: "New password", type: "password", autocomplete: "new-password" })}
        <button>Change password</button>`,
    ),
  };
}
