/** The ways of a page over HTTP: its headers, its cookies, its form, and the guard against forms of other sites. */
import { emailAddress } from "../../api/schemas";
import { type Context as HonoContext } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { getConnInfo } from "@hono/node-server/conninfo";
import { type z } from "zod";
import { enterPage, leavePage, peopleAtPage, type PagePerson } from "../auth/page-sessions";
import { lifetimes, newToken, sameText } from "../auth/secrets";
import { type SignIn } from "../auth/sign-in";
import { type Visitor } from "../auth/tell";
import { type Context } from "../context";
import { ApiError, refuse } from "../errors";
import { document, type Problem, type Shown } from "./page";
import { contentPolicy } from "./script";

const formCookie = "local_authkit_form";
const cookies = { httpOnly: true, sameSite: "Lax", path: "/" } as const;

/** Every form repeats the value of a cookie that another site can neither read nor set. */
export function formKey(http: HonoContext): string {
  const known = getCookie(http, formCookie);
  if (known !== undefined && /^[\w-]{20,}$/.test(known)) return known;
  const fresh = newToken(18);
  setCookie(http, formCookie, fresh, cookies);
  return fresh;
}

/** Ports share the cookies of their host: each emulator has its own by its port. */
const sessionCookie = (http: HonoContext) => `local_authkit_session_${new URL(http.req.url).port || "80"}`;

/** Who is signed in at the pages in this browser; who came last is first. */
export const peopleHere = (http: HonoContext, context: Context): readonly PagePerson[] =>
  peopleAtPage(getCookie(http, sessionCookie(http)), context);

export function enter(http: HonoContext, signIn: SignIn, context: Context): void {
  const { user_id, method, authenticated_at = context.clock.iso() } = signIn;
  const token = enterPage(getCookie(http, sessionCookie(http)), { user_id, method, authenticated_at }, context);
  setCookie(http, sessionCookie(http), token, { ...cookies, maxAge: lifetimes.session / 1000 });
}

export function leave(http: HonoContext, userId: string, context: Context): void {
  leavePage(getCookie(http, sessionCookie(http)), userId, context);
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
  const expected = getCookie(http, formCookie);
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

/** Path and query of the page: where what is done elsewhere leads back to. */
export function addressOf(http: HonoContext): string {
  const { pathname, search } = new URL(http.req.url);
  return pathname + search;
}

/** RFC 6749 3.1: no parameter comes twice, since the two ends might not mean the same one; but lists are spelt so. */
export const repeatedParameter = (http: HonoContext): string | undefined =>
  Object.entries(http.req.queries()).find(
    ([name, values]) => values.length > 1 && !/^provider_scopes(\[\])?$/.test(name),
  )?.[0];

/** What is wrong with an address's parameters, each by its name. */
export const mistakes = ({ issues }: z.ZodError, sent: Readonly<Record<string, string>>): string =>
  issues
    .map(({ path, message }) => {
      const name = path.join(".");
      return sent[name] === undefined ? `${name} is missing.` : `${name}: ${message}.`;
    })
    .join(" ");

/** What a browser checks itself, unless it is told not to, or is none. */
export function readEmail({ email = "" }: Form): string {
  if (!emailAddress.safeParse(email.trim()).success) {
    throw refuse(422, "invalid_email", email.trim() === "" ? "The email is missing." : "This is no email address.");
  }
  return email.trim();
}

export async function show(http: HonoContext, page: Shown, status: 200 | 400 | 403 | 404 = 200): Promise<Response> {
  http.header("Cache-Control", "no-store");
  http.header("Content-Security-Policy", contentPolicy);
  http.header("Referrer-Policy", "same-origin");
  return http.html(await document(page), status);
}

/** What a person can do about it, where that is not plain. */
const remedies: Readonly<Record<string, string>> = {
  invalid_email: "Type it as in ann@example.com.",
  invalid_credentials: "Try again, or choose “Forgot password?”.",
  email_not_available: "",
  email_password_auth_disabled: "Choose “Email me a code”.",
  invalid_one_time_code: "Type the six digits that were sent last.",
  one_time_code_previously_used: "Send a new one.",
  one_time_code_expired: "Send a new one.",
  sign_up_not_allowed: "Only people with an account or an invitation get in here.",
  invitation_invalid: "Ask for a new one.",
  invitation_cannot_be_used_for_email: "Use the address that it was sent to.",
  organization_membership_not_found: "Sign in as somebody who is.",
  password_reset_token_previously_used: "Ask for a new link.",
  password_reset_token_expired: "Ask for a new link.",
};

export function problemOf(error: unknown): Problem {
  if (!(error instanceof ApiError)) throw error;
  const { error: oauth, error_description: description, errors } = error.body;
  const [first] = Array.isArray(errors) ? (errors as { code?: unknown; message?: unknown }[]) : [];
  const code = [first?.code, error.body.code, oauth].find((one) => typeof one === "string") ?? "";
  const said = [description, first?.message].find((one) => typeof one === "string") ?? error.message;
  const remedy = remedies[code];
  return { message: remedy === undefined ? said : `${said} ${remedy}`.trim(), field: fieldOf(code) };
}

const fieldOf = (code: string): string | undefined => {
  if (/password_too|credentials/.test(code)) return "password";
  if (/email_not_available|invalid_email|used_for_email/.test(code)) return "email";
  return code.includes("one_time_code") ? "code" : undefined;
};
