/** Where a person comes back to who signed in at the environment's own system (Standalone Connect). */
import { type Context as HonoContext } from "hono";
import { html } from "hono/html";
import { returnedLogin } from "../auth/external-logins";
import { organizationsOf, requireMember } from "../auth/sign-in";
import { type Context } from "../context";
import { type ConsentOption, type StoredExternalLogin } from "../store/auth-entities";
import { type Asked, back, connectPath, consentPage, issueCode, needsConsent, read } from "./authorize";
import { type Form, formKey, readForm, reasonOf, show } from "./http";
import { type Html } from "./page";

export const completePath = `${connectPath}/complete`;

interface Returned {
  readonly login: StoredExternalLogin;
  readonly asked: Asked;
}

export async function getComplete(http: HonoContext, context: Context): Promise<Response> {
  const returned = find(http, context);
  if ("refused" in returned) return returned.refused;
  return needsConsent(returned.asked.client) ? ask(http, returned, undefined) : finish(http, returned, {}, context);
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
  if (claims === undefined) return ask(http, returned, "Choose one of each.");
  return finish(http, returned, claims, context);
}

function find(http: HonoContext, context: Context): Returned | { refused: Response | Promise<Response> } {
  const login = returnedLogin(http.req.query("state") ?? "", context);
  if (login === undefined) {
    const content = html`<p>It has been used already, or has expired. Go back to where you came from.</p>`;
    return { refused: show(http, { title: "This link does not work", content }, 400) };
  }
  const asked = read(http, context, { sent: login.query, path: connectPath });
  return "refused" in asked ? asked : { login, asked };
}

function ask(http: HonoContext, { login, asked }: Returned, error: string | undefined): Promise<Response> {
  return show(http, { ...consentPage(asked, "", formKey(http), choicesOf(login.options)), error });
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
async function finish(
  http: HonoContext,
  { login, asked }: Returned,
  claims: Readonly<Record<string, string>>,
  context: Context,
): Promise<Response> {
  const { store } = context;
  const { params, connect } = asked;
  const user_id = login.user_id ?? "";
  const [only, ...others] = organizationsOf(user_id, context);
  const organization_id = params.organization_id ?? (others.length === 0 ? (only?.id ?? null) : null);
  try {
    if (organization_id !== null) requireMember(user_id, organization_id, context);
  } catch (error) {
    return show(http, { title: "This does not work", content: html`<p>${reasonOf(error)}</p>` }, 400);
  }
  const client_id = asked.client.id;
  const code = store.write(() => {
    store.externalLogins.delete(login.id);
    const signedIn = { user_id, organization_id, client_id, method: "ExternalAuth", mfa_passed: true } as const;
    return issueCode(signedIn, { ...asked, connect: { ...(connect ?? { scope: "" }), claims } }, context);
  });
  return back(http, params, { code });
}
