/**
 * What applications in a browser need besides the operations: that their pages may call them (CORS), and a session
 * that outlives a reload without a token that a script could read (cookies).
 */
import { type Context as HonoContext, type MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { cors } from "hono/cors";
import { type AnyEndpoint } from "../../api/endpoint";
import { isLoopback } from "../../api/http/base-url";
import { lifetimes } from "../auth/secrets";
import { type Context } from "../context";
import { type Answer } from "./answer";
import { fieldOf } from "./validation";

/** Operations that a page may call itself: those that need no API key, which no page must have. */
export const forPages = ({ public: open, credentialsInBody }: AnyEndpoint): boolean =>
  open === true || credentialsInBody === true;

/** Of this machine, or one of the environment's. */
export function isAllowedOrigin(origin: string, { store }: Context): boolean {
  return isOfThisMachine(origin) || store.corsOrigins.idsBy("origin", origin).size > 0;
}

function isOfThisMachine(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { hostname, protocol } = new URL(origin);
  return ["http:", "https:"].includes(protocol) && (isLoopback(hostname) || hostname.endsWith(".localhost"));
}

const preflightSeconds = 600;

export function openToPages(context: Context): readonly MiddlewareHandler[] {
  return [
    async (http, next) => {
      const origin = http.req.header("origin");
      const asks = http.req.method === "OPTIONS" && origin !== undefined;
      if (asks && !isAllowedOrigin(origin, context)) {
        const message = `Pages of ${origin.slice(0, 200)} may not call this: create a CORS origin for it first.`;
        return http.json({ message }, 403);
      }
      await next();
      return undefined;
    },
    cors({
      origin: (origin) => (isAllowedOrigin(origin, context) ? origin : null),
      credentials: true,
      exposeHeaders: ["X-Request-ID", "Retry-After"],
      maxAge: preflightSeconds,
    }),
  ];
}

/** Only the server reads this one: the refresh token of a client. */
const tokenCookie = (clientId: string) => `workos-refresh-token-${clientId.replace(/[^\w.-]/g, "_")}`;
/** Pages look at this one, to know whether there is a session to go on with: ids of clients, joined by points. */
const hintCookie = "workos-has-session";

/** The body with the refresh token that a page of an allowed origin leaves to its cookie. */
export function withTokenOfCookie(http: HonoContext, text: string, context: Context): string {
  const client = clientOfPage(http, text, context);
  if (client === undefined || fieldOf("grant_type", text) !== "refresh_token") return text;
  if (fieldOf("refresh_token", text) !== undefined) return text;
  const kept = getCookie(http, tokenCookie(client));
  return kept === undefined ? text : JSON.stringify({ ...(JSON.parse(text) as object), refresh_token: kept });
}

/**
 * Keeps the session of a page in cookies. A page that sends no cookies (`credentials` of its `fetch`) gets none: the
 * browser sees to that.
 */
export function keepSession(http: HonoContext, text: string, answer: Answer, context: Context): void {
  const client = answer.status === 200 ? clientOfPage(http, text, context) : undefined;
  const { refresh_token: token } = { ...(answer.body as { readonly refresh_token?: unknown } | null) };
  if (client === undefined || typeof token !== "string") return;
  setCookie(http, tokenCookie(client), token, { ...cookies, httpOnly: true });
  setCookie(http, hintCookie, [...otherClients(http, client), client].join("."), cookies);
}

const cookies = { sameSite: "Lax", path: "/", maxAge: lifetimes.session / 1000 } as const;

function clientOfPage(http: HonoContext, text: string, context: Context): string | undefined {
  const origin = http.req.header("origin");
  if (origin === undefined || !isAllowedOrigin(origin, context)) return undefined;
  const client = fieldOf("client_id", text);
  return typeof client === "string" ? client : undefined;
}

const otherClients = (http: HonoContext, client: string) =>
  (getCookie(http, hintCookie) ?? "").split(".").filter((id) => id !== "" && id !== client);

/** The session of this client is over in this browser. */
export function forgetSession(http: HonoContext, client: string): void {
  if (getCookie(http, tokenCookie(client)) === undefined) return;
  const others = otherClients(http, client);
  setCookie(http, tokenCookie(client), "", { ...cookies, maxAge: 0 });
  setCookie(http, hintCookie, others.join("."), others.length === 0 ? { ...cookies, maxAge: 0 } : cookies);
}
