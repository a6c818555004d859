/**
 * Keeps the dashboard and the controls from pages of others that are open in the same browser: these may neither call
 * nor frame them, whatever CORS allows applications at the API.
 */
import type { MiddlewareHandler } from "hono";

const sameSource = new Set(["same-origin", "none"]);

export const ownPagesOnly: MiddlewareHandler = async (http, next) => {
  const header = (name: string) => http.req.header(name);
  const origin = header("origin");
  const site = header("sec-fetch-site");
  // Following a link is no harm: who made it learns nothing, and nothing changes by it.
  const follows = http.req.method === "GET" && header("sec-fetch-dest") === "document";
  const foreign = origin !== undefined && origin !== new URL(http.req.url).origin;
  if (foreign || (site !== undefined && !sameSource.has(site) && !follows)) {
    return http.json({ message: "Requests of other origins are refused." }, 403);
  }
  await next();
  http.header("X-Frame-Options", "DENY");
  http.header("X-Content-Type-Options", "nosniff");
  http.header("Cross-Origin-Opener-Policy", "same-origin");
  http.header("Cross-Origin-Resource-Policy", "same-origin");
  http.header("Referrer-Policy", "same-origin");
  // Mails and state are nobody else's to keep.
  http.header("Cache-Control", "no-store");
  return undefined;
};
