/** A page for each step of signing in. */
import { html } from "hono/html";
import { totpQrCode } from "../auth/totp";
import { identityProviderPage } from "./identity-provider";
import { codeField, emailField, faceButton, form, type Html, type Problem, type Shown } from "./page";
import { testPeople } from "./people";
import { type Asking, toContinue } from "./request";
import { signInPage, signUpPage } from "./sign-in-page";
import { totpIssuer, type View } from "./views";

export function viewPage(view: View, asking: Asking, problem?: Problem): Shown {
  const { request, csrf, context } = asking;
  const page = (title: string, content: Html, lead?: Shown["lead"]): Shown => ({ title, lead, problem, content });
  const mark = request.application;
  switch (view.name) {
    case "sign-in":
      return { ...signInPage(view.email, asking, problem), mark };
    case "sign-up":
      return { ...signUpPage(view, asking, problem), mark };
    case "accounts":
      return {
        ...page(
          "Choose an account",
          html`<div class="people">${form("account", csrf, {}, html`${view.faces.map(faceButton)}`)}</div>
            ${form("to-sign-in", csrf, { email: "" }, html`<button class="other">Use another account</button>`)}`,
          toContinue(request),
        ),
        mark,
      };
    case "forgot":
      return page(
        "Forgot your password?",
        html`${form(
          "forgot",
          csrf,
          {},
          html`${emailField({ value: view.email, focus: true, problem })} <button>Email me a link</button>`,
        )}
        ${back(csrf, view.email)}`,
        "A link to choose a new one is sent to you.",
      );
    case "forgot-sent":
      return page(
        "Check your email",
        html`${form("forgot", csrf, { email: view.email }, html`<button class="other">Send it again</button>`)}
        ${back(csrf, view.email)}`,
        html`If <strong>${view.email}</strong> has an account here, a link to choose a new password was sent there.`,
      );
    case "elsewhere": {
      const { service: name, from, id, email, firstName, lastName } = view;
      const connection = from === "connection" ? context.store.connections.get(id) : undefined;
      const organizationId = connection?.organization_id ?? request.organizationId;
      return identityProviderPage(
        {
          ...{ name, email, firstName, lastName, problem, action: from, hidden: { [from]: id } },
          faces: testPeople({ organizationId, email }, context).faces,
        },
        csrf,
      );
    }
    case "emailed-code":
      return {
        ...page(
          "Check your email",
          html`${form("emailed-code", csrf, { email: view.email }, html`${codeField(problem)} <button>Continue</button>`)}
            <div class="links">
              ${form("send-code", csrf, { email: view.email, again: "yes" }, resend)} ${backForm(csrf, view.email)}
            </div>`,
          codeSent(view.email),
        ),
        notice: view.again === true ? newCodeSent : undefined,
      };
    case "verify":
      return {
        ...page(
          "Verify your email",
          html`${form(
              "verify",
              csrf,
              { token: view.token, email: view.email },
              html`${codeField(problem)} <button>Continue</button>`,
            )}
            <div class="links">
              ${form("resend", csrf, { token: view.token, email: view.email }, resend)} ${backForm(csrf, view.email)}
            </div>`,
          codeSent(view.email),
        ),
        notice: view.again === true ? newCodeSent : undefined,
      };
    case "totp":
      return page(
        "Enter the code of your authenticator app",
        html`${form(
          "totp",
          csrf,
          { token: view.token, challenge: view.challengeId },
          html`${codeField(problem)} <button>Continue</button>`,
        )}
        ${back(csrf)}`,
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
            html`${codeField(problem)} <button>Continue</button>`,
          )}
          ${back(csrf)}`,
        "Scan this with the app, then type the code that it shows.",
      );
    case "organization":
      return page(
        "Choose an organization",
        html`${form(
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
                      ${index === 0 ? "checked autofocus" : ""}
                      required
                    />
                    ${name}</label
                  >`,
              )}
            </fieldset>
            <button>Continue</button>`,
        )}
        ${back(csrf)}`,
      );
    case "sso":
      return {
        ...page(
          "Single sign-on",
          html`${form("sso", csrf, { token: view.token }, html`<button>Continue as ${view.email}</button>`)}
          ${back(csrf)}`,
          "Your organization asks you to sign in through it.",
        ),
        elsewhere: "This page stands in for its identity provider.",
      };
  }
}

const codeSent = (email: string) => html`A code was sent to <strong>${email}</strong>.`;
const newCodeSent = "A new code was sent. The one before is worth nothing any more.";
const resend = html`<button class="link">Send a new code</button>`;

/** To the first page, with the address that was typed, if any. */
const backForm = (csrf: string, email?: string): Html =>
  form("to-sign-in", csrf, email === undefined ? {} : { email }, html`<button class="link">Back</button>`);
const back = (csrf: string, email?: string): Html => html`<div class="links">${backForm(csrf, email)}</div>`;
