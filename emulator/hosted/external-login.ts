/** Where a person comes back to who signed in at the environment's own system (Standalone Connect). */
import { type Context as HonoContext } from "hono";
import { html } from "hono/html";
import { returnedLogin } from "../auth/external-logins";
import { organizationsOf, requireMember } from "../auth/sign-in";
import { type Context } from "../context";
import { type ConsentOption, type StoredExternalLogin } from "../store/auth-entities";
import { issueCode } from "./authorize";
import { type Asked, back, connectPath, read } from "./authorize-request";
import { consentPage, needsConsent } from "./consent";
import { type SignedIn } from "./flow";
import { type Form, formKey, problemOf, readForm, show } from "./http";
import { type Html, type Problem } from "./page";

export const completePath = `${connectPath}/complete`;

interface Returned {
  readonly login: StoredExternalLogin;
  readonly asked: Asked;
  readonly signedIn: SignedIn;
}

export async function getComplete(http: HonoContext, context: Context): Promise<Response> {
  const returned = find(http, context);
  if ("refused" in returned) return returned.refused;
  const { login, asked, signedIn } = returned;
  const asks = login.options.length > 0 || needsConsent(asked, signedIn, asked.prompts.includes("consent"), context);
  return asks ? ask(http, returned, undefined, context) : finish(http, returned, {}, context);
}

export async function postComplete(http: HonoContext, context: Context): Promise<Response> {
  const returned = find(http, context);
  if ("refused" in returned) return returned.refused;
  const sent = await readForm(http);
  const { login, asked } = returned;
  if (sent.action === "deny") {
    context.store.write(() => context.store.externalLogins.delete(login.id));
    return back(http, asked.params, { error: "access_denied", error_description: "The person denied the request." });
  }
  const claims = chosen(sent, login.options);
  if (claims === undefined) return ask(http, returned, { message: "Choose one of each." }, context);
  return finish(http, returned, claims, context);
}

function find(http: HonoContext, context: Context): Returned | { refused: Response | Promise<Response> } {
  const login = returnedLogin(http.req.query("state") ?? "", context);
  if (login === undefined) {
    const content = html`<p>It has been used already, or has expired. Go back to where you came from.</p>`;
    return { refused: show(http, { title: "This link does not work", content }, 400) };
  }
  const asked = read(http, context, { sent: login.query, path: connectPath });
  if ("refused" in asked) return asked;
  const user_id = login.user_id ?? "";
  const [only, ...others] = organizationsOf(user_id, context);
  const organization_id = asked.params.organization_id ?? (others.length === 0 ? (only?.id ?? null) : null);
  try {
    if (organization_id !== null) requireMember(user_id, organization_id, context);
  } catch (error) {
    const page = { title: "This does not work", problem: problemOf(error), content: html`` };
    return { refused: show(http, page, 400) };
  }
  const signedIn = { user_id, organization_id, client_id: asked.client.id, method: "ExternalAuth" } as const;
  return { login, asked, signedIn: { ...signedIn, mfa_passed: true } };
}

function ask(
  http: HonoContext,
  { login, asked, signedIn }: Returned,
  problem: Problem | undefined,
  context: Context,
): Promise<Response> {
  const choices = choicesOf(login.options);
  return show(http, { ...consentPage(asked, signedIn, "", formKey(http), context, choices), problem });
}

const nameOf = (index: number) => `option_${index}`;

/** Each claim with the value that was chosen; undefined where one was not. */
function chosen(sent: Form, options: readonly ConsentOption[]): Record<string, string> | undefined {
  const pairs = options.map(({ claim }, index) => [claim, sent[nameOf(index)] ?? ""] as const);
  const known = pairs.every(([, value], index) => options[index]?.choices.some((choice) => choice.value === value));
  return known ? Object.fromEntries(pairs) : undefined;
}

function choicesOf(options: readonly ConsentOption[]): Html {
  return html`${options.map(({ label, choices }, index) => {
    const groups = [...new Set(choices.map(({ group }) => group))];
    return html`<label
      >${label}<select name="${nameOf(index)}" required>
        ${groups.map((group) => {
          const members = choices
            .filter((choice) => choice.group === group)
            .map((choice) => html`<option value="${choice.value}">${choice.label}</option>`);
          return group === null ? members : html`<optgroup label="${group}">${members}</optgroup>`;
        })}
      </select></label
    >`;
  })}`;
}

/** The way back is good once. */
function finish(
  http: HonoContext,
  { login, asked, signedIn }: Returned,
  claims: Readonly<Record<string, string>>,
  context: Context,
): Response {
  const { store } = context;
  const { params, connect } = asked;
  const code = store.write(() => {
    store.externalLogins.delete(login.id);
    return issueCode(signedIn, { ...asked, connect: { ...(connect ?? { scope: "" }), claims } }, context);
  });
  return back(http, params, { code });
}
