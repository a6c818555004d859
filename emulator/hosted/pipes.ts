/** The page that stands in for another service whose account a person connects. */
import { type Context as HonoContext } from "hono";
import { html } from "hono/html";
import { type Context } from "../context";
import { type ConnectAccountRequest, connectAccount, readConnectRequest } from "../extra/pipes";
import { tellConnectionDenied } from "../extra/pipes-events";
import { formKey, readForm, problemOf, show } from "./http";
import { form, type Problem } from "./page";

const over = {
  title: "This link does not work",
  content: html`<p>It is wrong, or over. Ask the application again.</p>`,
};

export async function getConnect(http: HonoContext, context: Context): Promise<Response> {
  const asked = await readConnectRequest(http.req.query("request") ?? "", context);
  return asked === undefined ? show(http, over, 400) : show(http, pageFor(asked, formKey(http), undefined, context));
}

export async function postConnect(http: HonoContext, context: Context): Promise<Response> {
  const asked = await readConnectRequest(http.req.query("request") ?? "", context);
  if (asked === undefined) return show(http, over, 400);
  const { action } = await readForm(http);
  try {
    if (action === "allow") connectAccount(asked, context);
    else tellConnectionDenied(asked, context);
  } catch (error) {
    return show(http, pageFor(asked, formKey(http), problemOf(error), context), 400);
  }
  const outcome: Readonly<Record<string, string>> = action === "allow" ? {} : { error: "access_denied" };
  if (asked.return_to === undefined || !/^https?:/i.test(asked.return_to)) {
    const title = action === "allow" ? "Your account is connected" : "Your account is not connected";
    return show(http, { title, content: html`<p>You can close this page.</p>` });
  }
  const url = new URL(asked.return_to);
  for (const [name, value] of Object.entries(outcome)) url.searchParams.set(name, value);
  return http.redirect(url.href, 302);
}

function pageFor(
  { slug, user_id }: ConnectAccountRequest,
  csrf: string,
  problem: Problem | undefined,
  context: Context,
) {
  const integration = context.store.integrations.by("slug", slug)[0];
  const scopes = integration?.scopes ?? [];
  const email = context.store.users.get(user_id)?.email ?? user_id;
  return {
    title: `Connect ${integration?.custom_provider?.name ?? slug}`,
    problem,
    elsewhere: "This page stands in for the other service.",
    content: html`<p>It would ask ${email} for:</p>
      <ul>
        ${scopes.length === 0 ? html`<li>access to the account</li>` : scopes.map((one) => html`<li>${one}</li>`)}
      </ul>
      ${form("allow", csrf, {}, html`<button>Allow</button>`)}
      ${form("deny", csrf, {}, html`<button class="other">Deny</button>`)}`,
  };
}
