/** A page for each step of signing in. */
import { html } from "hono/html";
import { type Person, type Target } from "../auth/connections";
import { totpQrCode } from "../auth/totp";
import { identityProviderContent, identityProviderTitle } from "./identity-provider";
import { codeField, field, form, type Html, type Shown } from "./page";

export type View =
  | { readonly name: "sign-in"; readonly email: string }
  | ({ readonly name: "sign-up"; readonly email: string; readonly invited: boolean } & Names)
  | { readonly name: "provider"; readonly provider: string; readonly email: string }
  | {
      readonly name: "identity-provider";
      readonly target: Target;
      readonly people: readonly Person[];
      readonly email: string;
    }
  | { readonly name: "emailed-code"; readonly email: string }
  | { readonly name: "verify"; readonly token: string; readonly email: string }
  | { readonly name: "totp"; readonly token: string; readonly challengeId: string }
  | { readonly name: "enroll"; readonly token: string; readonly secret: string; readonly user: string }
  | {
      readonly name: "organization";
      readonly token: string;
      readonly organizations: readonly { id: string; name: string }[];
    }
  | { readonly name: "sso"; readonly token: string; readonly email: string };

/** What a person has typed already, so that a refusal does not ask for it again. */
export interface Names {
  readonly firstName?: string;
  readonly lastName?: string;
}

/** Shown as the issuer in an authenticator app. */
export const totpIssuer = "Local AuthKit";

export function viewPage(view: View, csrf: string, error: string | undefined): Shown {
  const page = (title: string, content: Html): Shown => ({ title, error, content });
  const email = (value: string) =>
    // Not of the type that browsers check: they refuse addresses that mail systems take, such as `"a b"@example.com`.
    field({ name: "email", label: "Email", keyboard: "email", value, autocomplete: "username" });
  const switchTo = (name: string, label: string) =>
    form("switch", csrf, { to: name }, html`<button class="other">${label}</button>`);
  switch (view.name) {
    case "sign-in":
      return page(
        "Sign in",
        html`${form(
            "sign-in",
            csrf,
            {},
            html`${email(view.email)}
              ${field({ name: "password", label: "Password", type: "password", autocomplete: "current-password" })}
              <button>Sign in</button>
              <button class="other" name="action" value="send-code" formnovalidate>Email me a code</button>`,
          )}
          <hr />
          ${switchTo("sign-up", "Create an account")}`,
      );
    case "sign-up":
      return page(
        view.invited ? "Accept your invitation" : "Create an account",
        html`${form(
            "sign-up",
            csrf,
            {},
            html`${email(view.email)}
              ${field({ name: "first_name", label: "First name", autocomplete: "given-name", value: view.firstName, optional: true })}
              ${field({ name: "last_name", label: "Last name", autocomplete: "family-name", value: view.lastName, optional: true })}
              ${field({ name: "password", label: "Password", type: "password", autocomplete: "new-password" })}
              <button>Continue</button>`,
          )}
          <hr />
          ${switchTo("sign-in", "I have an account")}`,
      );
    case "provider":
      return page(
        `Continue with ${view.provider.replace(/OAuth$/, "")}`,
        html`<p>This page stands in for the other service: whoever you say you are is believed.</p>
          ${form("provider", csrf, {}, html`${email(view.email)} <button>Continue</button>`)}`,
      );
    case "identity-provider":
      return page(identityProviderTitle(view.target), identityProviderContent(view.people, view.email, csrf));
    case "emailed-code":
      return page(
        "Check your email",
        html`<p>A code was sent to ${view.email}.</p>
          ${form("emailed-code", csrf, { email: view.email }, html`${codeField("Code")} <button>Continue</button>`)}`,
      );
    case "verify":
      return page(
        "Verify your email",
        html`<p>A code was sent to ${view.email}.</p>
          ${form(
            "verify",
            csrf,
            { token: view.token, email: view.email },
            html`${codeField("Code")} <button>Continue</button>`,
          )}`,
      );
    case "totp":
      return page(
        "Enter the code of your authenticator app",
        form(
          "totp",
          csrf,
          { token: view.token, challenge: view.challengeId },
          html`${codeField("Code")} <button>Continue</button>`,
        ),
      );
    case "enroll":
      return page(
        "Set up your authenticator app",
        html`<img
            src="${totpQrCode({ issuer: totpIssuer, user: view.user, secret: view.secret })}"
            alt="QR code for your authenticator app"
          />
          <p>Or type this key into the app: <code>${view.secret}</code></p>
          ${form(
            "enroll",
            csrf,
            { token: view.token, secret: view.secret, email: view.user },
            html`${codeField("Code")} <button>Continue</button>`,
          )}`,
      );
    case "organization":
      return page(
        "Choose an organization",
        form(
          "organization",
          csrf,
          { token: view.token },
          html`<fieldset>
              <legend>Continue as a member of</legend>
              ${view.organizations.map(
                ({ id, name }, index) =>
                  html`<label
                    ><input
                      type="radio"
                      name="organization_id"
                      value="${id}"
                      ${index === 0 ? "checked" : ""}
                      required
                    />
                    ${name}</label
                  >`,
              )}
            </fieldset>
            <button>Continue</button>`,
        ),
      );
    case "sso":
      return page(
        "Single sign-on",
        html`<p>Your organization asks you to sign in through it. This page stands in for its identity provider.</p>
          ${form("sso", csrf, { token: view.token }, html`<button>Continue as ${view.email}</button>`)}`,
      );
  }
}
