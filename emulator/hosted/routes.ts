import { type Context as HonoContext, type Env, type Hono } from "hono";
import { html } from "hono/html";
import { pageEndpoints } from "../../api/endpoints/index";
import { findClient } from "../auth/clients";
import { endSession } from "../auth/sessions";
import { type Context } from "../context";
import { ApiError } from "../errors";
import { exportFile, exportPath } from "../extra/audit-log-events";
import { connectPath as connectAccountPath } from "../extra/pipes";
import { ssoPages } from "../extra/sso-pages";
import { answerTo, toResponse } from "../http/answer";
import { forgetSession } from "../http/browsers";
import { getActivate, postActivate } from "./activate";
import { getAuthorize, postAuthorize } from "./authorize";
import { connectPath } from "./authorize-request";
import { completePath, getComplete, postComplete } from "./external-login";
import { leave, repeatedParameter, show } from "./http";
import { getInvite, postInvite } from "./invite";
import { getConnect, postConnect } from "./pipes";
import { getReset, postReset } from "./reset";
import { getSso, getSsoLogout, postSso } from "./sso-authorize";

/** The pages that a browser visits. */
export function hostedRoutes<E extends Env>(app: Hono<E>, context: Context): void {
  app.get(pageEndpoints.authorize.path, (http) => getAuthorize(http, context));
  app.post(pageEndpoints.authorize.path, (http) => postAuthorize(http, context));
  app.get(connectPath, (http) => getAuthorize(http, context));
  app.post(connectPath, (http) => postAuthorize(http, context));
  app.get(ssoPages.authorize.path, (http) => getSso(http, context));
  app.post(ssoPages.authorize.path, (http) => postSso(http, context));
  app.get(ssoPages.logout.path, (http) => getSsoLogout(http, context));
  app.get(connectAccountPath, (http) => getConnect(http, context));
  app.post(connectAccountPath, (http) => postConnect(http, context));
  app.get(exportPath, (http) => getExportFile(http, context));
  app.get(completePath, (http) => getComplete(http, context));
  app.post(completePath, (http) => postComplete(http, context));
  app.get("/activate", (http) => getActivate(http, context));
  app.post("/activate", (http) => postActivate(http, context));
  app.get("/invite", (http) => getInvite(http, context));
  app.post("/invite", (http) => postInvite(http, context));
  app.get("/reset-password", (http) => getReset(http, context));
  app.post("/reset-password", (http) => postReset(http, context));
  app.get(pageEndpoints.logout.path, (http) => getLogout(http, context));
  app.onError((error, http) => {
    // Whoever sent what no page sends is no browser of a person.
    if (!(error instanceof ApiError) || error.status !== 403) return toResponse(answerTo(error));
    return show(http, { title: "This does not work", content: html`<p>${error.message}</p>` }, 403);
  });
}

/**
 * Ends the session, and that of the page, and sends the browser back. A session that has ended already, or never was,
 * is no error for it; but only who names a session, which nobody can guess, says where to: this is no redirector for
 * everybody (RFC 9700 4.11).
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
    leave(http, session.user_id, context);
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

/** What the link of an audit log's export leads to. */
function getExportFile(http: HonoContext, context: Context): Response {
  const file = exportFile(http.req.param("id") ?? "", http.req.query("token") ?? "", context);
  if (file === undefined) return http.json({ message: "This link is wrong, or over. Get the export again." }, 404);
  http.header("Content-Type", "text/csv; charset=utf-8");
  http.header("Content-Disposition", 'attachment; filename="audit_log.csv"');
  http.header("Cache-Control", "no-store");
  return http.body(file);
}
