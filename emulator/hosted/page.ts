/** What every page for people has: works without JavaScript, with a keyboard and with a screen reader. */
import { html } from "hono/html";
import { scriptTag, styleTag } from "./script";

export type Html = ReturnType<typeof html>;

/** What went wrong with the last try, and what to do about it. */
export interface Problem {
  readonly message: string;
  /** The name of the field that it is about. */
  readonly field?: string;
}

export interface Shown {
  readonly title: string;
  /** Below the title: for whom, or why. */
  readonly lead?: Html | string;
  readonly problem?: Problem;
  /** What has been done. */
  readonly notice?: string;
  readonly content: Html;
  /** Beside it: what is no part of the real page. */
  readonly aside?: Html;
  /** The name whose first letter is the page's mark. */
  readonly mark?: string;
  /** Said above all else on a page that stands in for another service's. */
  readonly elsewhere?: string;
}

export function document({ title, lead, problem, notice, content, aside, mark, elsewhere }: Shown): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        ${styleTag}
      </head>
      <body>
        <main>
          <div class="card">
            ${elsewhere === undefined ? "" : html`<p class="elsewhere">${elsewhere}</p>`}
            ${mark === undefined ? "" : html`<div class="mark" aria-hidden="true">${initialOf(mark)}</div>`}
            <h1>${title}</h1>
            ${lead === undefined ? "" : html`<p class="lead">${lead}</p>`}
            ${problem === undefined ? "" : html`<p role="alert">${problem.message}</p>`}
            ${notice === undefined ? "" : html`<p role="status">${notice}</p>`} ${content}
          </div>
          ${aside ?? ""}
        </main>
        <footer>Local AuthKit, not a page of WorkOS · <a href="/_emulator/mail" target="_blank">Mailbox</a></footer>
        ${scriptTag}
      </body>
    </html>`;
}

export const initialOf = (name: string): string => (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? "?").toUpperCase();

interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: "text" | "password";
  /** The keyboard that a telephone shows. */
  readonly keyboard?: "text" | "email" | "numeric";
  readonly value?: string;
  /** What a password manager puts in. */
  readonly autocomplete: string;
  readonly optional?: boolean;
  readonly pattern?: string;
  /** Says below it what is expected. */
  readonly hint?: string;
  /** Where the cursor is when the page opens. */
  readonly focus?: boolean;
  readonly problem?: Problem;
}

export function field(given: Field): Html {
  const { name, label, type = "text", keyboard = "text", value = "", autocomplete, optional = false, pattern } = given;
  const wrong = given.problem?.field === name;
  const hint = given.hint === undefined ? "" : html`<p class="note" id="${name}-hint">${given.hint}</p>`;
  const input = html`<input
    id="${name}"
    name="${name}"
    type="${type}"
    inputmode="${keyboard}"
    autocapitalize="${keyboard === "text" && type === "text" ? "sentences" : "none"}"
    value="${value}"
    autocomplete="${autocomplete}"
    ${pattern === undefined ? "" : html`pattern="${pattern}"`}
    ${given.hint === undefined ? "" : html`aria-describedby="${name}-hint"`}
    ${wrong ? html`aria-invalid="true"` : ""}
    ${optional ? "" : "required"}
    ${given.focus === true ? "autofocus" : ""}
  />`;
  return html`<div class="field">
    <label for="${name}">${label}</label>${optional ? html`<span class="optional">optional</span>` : ""}
    ${type === "password" ? revealed(name, input) : input} ${hint}
  </div>`;
}

/** Without a script there is no button. */
const revealed = (name: string, input: Html) =>
  html`<div class="hidden-text">
    ${input}<button type="button" data-shows="${name}" aria-label="Show password" hidden>Show</button>
  </div>`;

/** Not of the type that browsers check: they refuse addresses that mail systems take, such as `"a b"@example.com`. */
export const emailField = (given: Pick<Field, "value" | "focus" | "problem">): Html =>
  field({ name: "email", label: "Email", keyboard: "email", autocomplete: "username", ...given });

export const codeField = (problem: Problem | undefined): Html =>
  field({
    ...{ name: "code", label: "Code", keyboard: "numeric", pattern: "[0-9 ]{6,7}", autocomplete: "one-time-code" },
    ...{ focus: true, problem },
  });

/** A form that posts to the page's own address, so that what was asked for stays in the query. */
export function form(action: string, csrf: string, hidden: Readonly<Record<string, string>>, content: Html): Html {
  return html`<form method="post">
    <input type="hidden" name="csrf" value="${csrf}" />
    ${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <input type="hidden" name="action" value="${action}" />
    ${content}
  </form>`;
}

/** For who is signed in here and is not who was meant. */
export const somebodyElse = (csrf: string): Html =>
  html`<div class="links">
    ${form("to-sign-in", csrf, { email: "" }, html`<button class="link">Use another account</button>`)}
  </div>`;

/** Somebody to be with one click; forms take the id as `person`. */
export interface Face {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly detail?: string;
}

/** @param title what a click on one of them does */
export const peopleCard = (title: string, faces: Html, note?: string): Html =>
  html`<section class="card people">
    <h2>${title}</h2>
    ${faces} ${note === undefined ? "" : html`<p class="note">${note}</p>`}
  </section>`;

export const faceButton = ({ id, name, email, detail }: Face): Html =>
  html`<button class="other" name="person" value="${id}">
    <span class="face" aria-hidden="true">${initialOf(name === "" ? email : name)}</span>
    <span class="who"
      >${name === "" ? email : name}
      ${name === "" ? "" : html`<small>${email}</small>`}${detail === undefined ? "" : html`<small>${detail}</small>`}
    </span>
  </button>`;
