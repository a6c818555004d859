import { type Context as HonoContext } from "hono";
import { html } from "hono/html";
import { endSession } from "../auth/sessions";
import { type Context } from "../context";
import { show } from "./http";

/** Ends the session and sends the browser back. A session that has ended already, or never was, is no error for it. */
export async function getLogout(http: HonoContext, context: Context): Promise<Response> {
  const { session_id: id, return_to: returnTo } = http.req.query();
  if (id === undefined) return http.json({ message: "session_id is required." }, 422);
  const address = returnTo === undefined || !URL.canParse(returnTo) ? undefined : new URL(returnTo);
  if (returnTo !== undefined && !["http:", "https:"].includes(address?.protocol ?? "")) {
    return http.json({ message: "return_to must be an http or https address." }, 422);
  }
  const session = context.store.sessions.get(id);
  if (session !== undefined) endSession(session, context);
  if (address !== undefined) return http.redirect(address.href, 302);
  return show(http, { title: "You are signed out", content: html`<p>You can close this page.</p>` });
}
