/** The page that stands in for another service's: it signs people in as anybody they name. */
import { html } from "hono/html";
import { emailField, type Face, faceButton, field, form, peopleCard, type Problem, type Shown } from "./page";

export interface IdentityProvider {
  /** By which people know the service: `Google`, `Okta of Acme`. */
  readonly name: string;
  /** What its form does, and what it takes along. */
  readonly action: string;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
  /** Who may be picked with one click. */
  readonly faces: readonly Face[];
  readonly problem?: Problem;
}

/** Posts `email`, `first_name` and `last_name`, or `person`, to the page's own address; `cancel` is another action. */
export function identityProviderPage(provider: IdentityProvider, csrf: string): Shown {
  const { name, action, hidden = {}, email, firstName, lastName, faces, problem } = provider;
  const names = { autocomplete: "off", optional: true };
  return {
    title: `Sign in with ${name}`,
    mark: name,
    problem,
    elsewhere: `This page stands in for ${name}. It signs you in as anybody you name, without a password.`,
    content: html`${form(
        action,
        csrf,
        hidden,
        html`${emailField({ value: email, focus: true, problem })}
          ${field({ name: "first_name", label: "First name", value: firstName, ...names })}
          ${field({ name: "last_name", label: "Last name", value: lastName, ...names })} <button>Continue</button>`,
      )}
      <div class="links">${form("cancel", csrf, {}, html`<button class="link">Cancel</button>`)}</div>`,
    aside:
      faces.length === 0
        ? undefined
        : peopleCard("Come back as one of the test people", form(action, csrf, hidden, html`${faces.map(faceButton)}`)),
  };
}
