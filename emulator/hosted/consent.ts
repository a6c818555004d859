/** What a third party's application is let do, by name, and whether the person has to be asked. */
import { html } from "hono/html";
import { type Client } from "../auth/clients";
import { type Context } from "../context";
import { requireUser } from "../handlers/users";
import { consentOf } from "../oauth/tokens";
import { scopesOf, standardScopes } from "../oauth/scopes";
import { type ConnectRequest } from "../store/auth-entities";
import { type SignedIn } from "./flow";
import { form, type Html, type Shown, somebodyElse } from "./page";

interface Asked {
  readonly client: Client;
  readonly connect: ConnectRequest | undefined;
}

/** What the person is asked about, and what is granted. Only at `/oauth2` an application says what it wants. */
export const grantedScopes = ({ client, connect }: Asked): readonly string[] =>
  connect === undefined ? (client.application?.scopes ?? []) : scopesOf(connect.scope);

/** Whoever let the application do all that before is not asked again, unless the application asks for that. */
export function needsConsent(asked: Asked, { user_id }: SignedIn, again: boolean, context: Context): boolean {
  const { application } = asked.client;
  if (application === undefined || application.is_first_party) return false;
  const granted = consentOf(user_id, application, context)?.granted_scopes;
  return again || granted === undefined || grantedScopes(asked).some((scope) => !granted.includes(scope));
}

/** @param choices what the person, who is known from elsewhere, has to choose besides. */
export function consentPage(
  asked: Asked,
  signedIn: SignedIn,
  token: string,
  csrf: string,
  context: Context,
  choices?: Html,
): Shown {
  const name = asked.client.application?.name ?? "";
  const { email } = requireUser(signedIn.user_id, context);
  const organization = context.store.organizations.get(signedIn.organization_id ?? "")?.name;
  const scopes = grantedScopes(asked);
  return {
    title: `Allow ${name} to access your account?`,
    mark: name,
    lead: html`You are <strong>${email}</strong>${
        organization === undefined ? "" : html`, a member of <strong>${organization}</strong>`
      }.`,
    content: html`${
      scopes.length === 0
        ? html`<p>It asks for nothing but that you sign in to it.</p>`
        : html`<h2 class="list">It could:</h2>
            <ul class="grants">
              ${scopes.map((scope) => html`<li>${inWords(scope, context)}</li>`)}
            </ul>`
    }
    ${form("allow", csrf, { token }, html`${choices ?? ""}<button>Allow</button>`)}
    ${form("deny", csrf, {}, html`<button class="other">Deny</button>`)}
    ${choices === undefined ? somebodyElse(csrf) : ""}`,
  };
}

/** A scope of the application's own is a permission, if it is one, and has a name then. */
function inWords(scope: string, { store }: Context): Html | string {
  const standard = Object.hasOwn(standardScopes, scope) ? standardScopes[scope] : undefined;
  if (standard !== undefined) return standard;
  const permission = store.permissions.by("slug", scope)[0];
  if (permission === undefined) return scope;
  const { name, description } = permission;
  return html`${name}${description === null || description === "" ? "" : `: ${description}`} <code>${scope}</code>`;
}
