/** The page that stands in for a company's identity provider, or for another service: it believes who one says one is. */
import { html } from "hono/html";
import { type Person, type Target } from "../auth/connections";
import { type Form, readEmail } from "./http";
import { field, form, type Html } from "./page";

export const identityProviderAction = "identity-provider";

const nameOf = ({ firstName, lastName, email }: Person) =>
  [firstName, lastName].filter((part) => part !== null).join(" ") || email;

export function identityProviderContent(people: readonly Person[], email: string, csrf: string): Html {
  const others = people.filter((person) => person.email !== email);
  return html`<p>This page stands in for the identity provider: whoever you say you are is believed.</p>
    ${form(
      identityProviderAction,
      csrf,
      {},
      html`${field({ name: "email", label: "Email", keyboard: "email", value: email, autocomplete: "username" })}
        ${field({ name: "first_name", label: "First name", autocomplete: "given-name", optional: true })}
        ${field({ name: "last_name", label: "Last name", autocomplete: "family-name", optional: true })}
        <button>Continue</button>`,
    )}
    ${others.length === 0 ? "" : html`<hr />`}
    ${others.map((person) => {
      const { email: address, firstName, lastName } = person;
      const fields = { email: address, first_name: firstName ?? "", last_name: lastName ?? "" };
      return form(
        identityProviderAction,
        csrf,
        fields,
        html`<button class="other">Continue as ${nameOf(person)}</button>`,
      );
    })}`;
}

export const identityProviderTitle = ({ name }: Target) => `Sign in with ${name}`;

const given = (text: string | undefined) => (text === undefined || text.trim() === "" ? null : text.trim());

export const readPerson = (sent: Form): Person => ({
  email: readEmail(sent),
  firstName: given(sent.first_name),
  lastName: given(sent.last_name),
});
