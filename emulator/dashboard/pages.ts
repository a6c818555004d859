/** The dashboard's pages, made here for a browser's first look and then kept up by the browser itself. */
import { type Context as HonoContext, type Env, type Hono } from "hono";
import { getCookie } from "hono/cookie";
import { type Context } from "../context";
import { ownPagesOnly } from "../http/own-pages";
import { renderPage } from "./render";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Somebody who looks, and no program. */
const isBrowser = (http: HonoContext) => /\btext\/html\b/.test(http.req.header("accept") ?? "");

/** @param load answers what a page asks of `/_emulator`. */
export function dashboardPages<E extends Env>(
  app: Hono<E>,
  context: Context,
  load: (url: string) => Promise<Response>,
): void {
  const [apiKey = ""] = context.apiKeys;
  const show = async (http: HonoContext) => {
    const url = new URL(http.req.url);
    const theme = getCookie(http, "local_authkit_theme");
    const { html, status } = await renderPage(
      {
        location: url.pathname + url.search,
        theme: theme === "dark" || theme === "light" ? theme : "auto",
        seenMail: getCookie(http, "local_authkit_seen") ?? "",
        settings: { url: context.url, apiKey, clientId: context.clientId },
      },
      async (path) => {
        const answer = await load(path);
        // What is not there is told in words, not in JSON.
        return answer.ok ? { status: answer.status, body: await answer.json() } : { status: answer.status, body: null };
      },
    );
    return http.html(html, status, { "Content-Security-Policy": policy });
  };
  for (const path of ["/", "/dashboard", "/dashboard/*"]) {
    app.get(
      path,
      (http, next) => (isBrowser(http) ? ownPagesOnly(http, next) : next()),
      (http, next) => (isBrowser(http) ? show(http) : next()),
    );
  }
  app.get("/_emulator", ownPagesOnly, show);
}
