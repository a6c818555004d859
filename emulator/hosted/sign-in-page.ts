/** The first pages: signing in, and making an account. */
import { html } from "hono/html";
import { emailField, faceButton, field, form, type Html, peopleCard, type Problem, type Shown } from "./page";
import { testPeople } from "./people";
import { type Asking, toContinue } from "./request";
import { providerName, type View } from "./views";

export function signInPage(email: string, asking: Asking, problem: Problem | undefined): Shown {
  const { request, csrf } = asking;
  const atPassword = email !== "" && problem?.field !== "email";
  return {
    title: "Sign in",
    lead: toContinue(request),
    problem,
    content: html`${services(email, asking)}
      ${form(
        "sign-in",
        csrf,
        {},
        html`${emailField({ value: email, focus: !atPassword, problem })}
          ${field({
            ...{ name: "password", label: "Password", type: "password", autocomplete: "current-password" },
            ...{ focus: atPassword, problem },
          })}
          <button>Sign in</button>
          <button class="other" name="action" value="send-code" formnovalidate>Email me a code</button>
          <button class="other" name="action" value="sso-start" formnovalidate>Single sign-on</button>
          <div class="links">
            <button class="link" name="action" value="to-forgot" formnovalidate>Forgot password?</button>
            <button class="link" name="action" value="to-sign-up" formnovalidate>Create an account</button>
          </div>`,
      )}

      <p class="note">Passkeys are not part of the local AuthKit.</p>`,
    aside: people(email, asking),
  };
}

export function signUpPage(
  view: Extract<View, { name: "sign-up" }>,
  asking: Asking,
  problem: Problem | undefined,
): Shown {
  const { request, csrf } = asking;
  const name = { optional: true, problem };
  return {
    title: view.invited ? "Accept your invitation" : "Create an account",
    lead: toContinue(request),
    problem,
    content: html`${services(view.email, asking)}
    ${form(
      "sign-up",
      csrf,
      {},
      html`${emailField({ value: view.email, focus: view.email === "" || problem?.field === "email", problem })}
        ${field({
          ...{ name: "first_name", label: "First name", autocomplete: "given-name", value: view.firstName, ...name },
          focus: view.email !== "" && problem === undefined,
        })}
        ${field({ name: "last_name", label: "Last name", autocomplete: "family-name", value: view.lastName, ...name })}
        ${field({
          ...{ name: "password", label: "Password", type: "password", autocomplete: "new-password" },
          ...{ hint: "At least 10 characters.", focus: problem?.field === "password", problem },
        })}
        <button>Continue</button>
        <div class="links">
          <button class="link" name="action" value="to-sign-in" formnovalidate>I have an account</button>
        </div>`,
    )}`,
  };
}

/** The other services that the page has a button for. */
function services(email: string, { csrf, context }: Asking): Html | "" {
  const { providers } = context.settings.switches;
  if (providers.length === 0) return "";
  const button = (provider: string) =>
    html`<button class="other" name="provider" value="${provider}" aria-label="Continue with ${providerName(provider)}">
      ${providerName(provider)}
    </button>`;
  return html`${form("provider-start", csrf, { email }, html`<div class="pair">${providers.map(button)}</div>`)}
    <p class="or">or</p>`;
}

/** With one click, without a password: this is no page for strangers. */
function people(email: string, { request, csrf, context }: Asking): Html | undefined {
  const { organizationId, invitationToken } = request;
  const all = testPeople({ organizationId, email }, context);
  // An invitation is for one alone.
  const faces = invitationToken === undefined ? all.faces : all.faces.filter((one) => one.email === email);
  const more = invitationToken === undefined ? all.more : 0;
  if (faces.length === 0) return undefined;
  const note = more === 0 ? undefined : `And ${more} more, who sign in with their email.`;
  return peopleCard(
    "Test people: sign in with one click",
    form("person", csrf, {}, html`${faces.map(faceButton)}`),
    note,
  );
}
