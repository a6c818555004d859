/** The ways of a page over HTTP: its headers, its form, and the guard against forms of other sites. */
import { emailAddress } from "../../api/schemas";
import { type Context as HonoContext } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { getConnInfo } from "@hono/node-server/conninfo";
import { type Visitor } from "../auth/tell";
import { newToken, sameText } from "../auth/secrets";
import { ApiError, refuse } from "../errors";
import { document, type Shown } from "./page";

const cookie = "local_authkit_form";

/** Every form repeats the value of a cookie that another site can neither read nor set. */
export function formKey(http: HonoContext): string {
  const known = getCookie(http, cookie);
  if (known !== undefined && /^[\w-]{20,}$/.test(known)) return known;
  const fresh = newToken(18);
  setCookie(http, cookie, fresh, { httpOnly: true, sameSite: "Lax", path: "/" });
  return fresh;
}

export const visitorOf = (http: HonoContext): Visitor => ({
  ip_address: getConnInfo(http).remote.address ?? null,
  user_agent: http.req.header("user-agent") ?? null,
});

export type Form = Readonly<Record<string, string>>;

export async function readForm(http: HonoContext): Promise<Form> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(await bodyOf(http))) {
    if (typeof value === "string") fields[name] = value;
  }
  const expected = getCookie(http, cookie);
  if (expected === undefined || !sameText(fields.csrf ?? "", expected)) {
    throw new ApiError(403, { message: "The form does not belong to this browser. Open the page again." });
  }
  return fields;
}

/** A form whose parts cannot be told apart is the sender's mistake. */
async function bodyOf(http: HonoContext): Promise<Record<string, unknown>> {
  try {
    return await http.req.parseBody();
  } catch {
    throw new ApiError(400, { message: "The request body is not a form." });
  }
}

/** RFC 6749 3.1: no parameter comes twice, since the two ends might not mean the same one; but lists are spelt so. */
export const repeatedParameter = (http: HonoContext): string | undefined =>
  Object.entries(http.req.queries()).find(
    ([name, values]) => values.length > 1 && !/^provider_scopes(\[\])?$/.test(name),
  )?.[0];

/** What a browser checks itself, unless it is told not to, or is none. */
export function readEmail({ email = "" }: Form): string {
  if (!emailAddress.safeParse(email.trim()).success) throw refuse(422, "invalid_email", "Not an email address.");
  return email.trim();
}

export async function show(http: HonoContext, page: Shown, status: 200 | 400 | 403 | 404 = 200): Promise<Response> {
  http.header("Cache-Control", "no-store");
  http.header(
    "Content-Security-Policy",
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
  );
  http.header("Referrer-Policy", "same-origin");
  return http.html(await document(page), status);
}

export function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) throw error;
  const { error_description: description, errors } = error.body;
  if (typeof description === "string") return description;
  const [first] = Array.isArray(errors) ? (errors as { message?: unknown }[]) : [];
  return typeof first?.message === "string" ? first.message : error.message;
}
