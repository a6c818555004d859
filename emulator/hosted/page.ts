/** What every page for people has: works without JavaScript, with a keyboard and with a screen reader. */
import { html } from "hono/html";

export type Html = ReturnType<typeof html>;

const style = `:root{color-scheme:light dark;--edge:#8886;--deed:#4a4fd0}
body{font:16px/1.5 system-ui,sans-serif;margin:0;padding:2rem 1rem}
main{max-width:22rem;margin:0 auto;padding:1.5rem;border:1px solid var(--edge);border-radius:.75rem}
h1{font-size:1.4rem;line-height:1.25;margin:0 0 1rem}label{display:block;margin:.75rem 0}
input,select{font:inherit}select,input:not([type=radio]){display:block;box-sizing:border-box;width:100%;padding:.5rem;margin-top:.25rem}
button{font:inherit;width:100%;padding:.6rem 1rem;margin:.5rem 0 0;border:1px solid var(--deed);border-radius:.4rem;
background:var(--deed);color:#fff;cursor:pointer}button.other{background:none;border-color:var(--edge);color:inherit}
fieldset{border:0;padding:0;margin:1rem 0}[role=alert]{border-left:.25rem solid #d33;padding-left:.75rem}
hr{margin:1.25rem 0 .75rem;border:0;border-top:1px solid var(--edge)}img{display:block;margin:0 auto;background:#fff;
max-width:100%}code{word-break:break-all}footer{max-width:22rem;margin:1rem auto;font-size:.85rem;text-align:center;
opacity:.7}`;

export interface Shown {
  readonly title: string;
  /** What went wrong with the last try. */
  readonly error?: string;
  readonly content: Html;
}

export function document({ title, error, content }: Shown): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${error === undefined ? "" : html`<p role="alert">${error}</p>`} ${content}
        </main>
        <footer>Local AuthKit: not a page of WorkOS</footer>
      </body>
    </html>`;
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  /** The keyboard that a telephone shows. */
  readonly keyboard?: "text" | "email";
  readonly value?: string;
  /** What a password manager puts in. */
  readonly autocomplete: string;
  readonly optional?: boolean;
}

export function field({
  name,
  label,
  type = "text",
  keyboard = "text",
  value = "",
  autocomplete,
  optional = false,
}: Field) {
  return html`<label
    >${label}<input
      name="${name}"
      type="${type}"
      inputmode="${keyboard}"
      autocapitalize="${keyboard === "email" ? "none" : "sentences"}"
      value="${value}"
      autocomplete="${autocomplete}"
      ${optional ? "" : "required"}
  /></label>`;
}

export function codeField(label: string): Html {
  return html`<label
    >${label}<input
      name="code"
      type="text"
      inputmode="numeric"
      pattern="[0-9 ]{6,7}"
      autocomplete="one-time-code"
      required
  /></label>`;
}

/** A form that posts to the page's own address, so that what was asked for stays in the query. */
export function form(action: string, csrf: string, hidden: Readonly<Record<string, string>>, content: Html): Html {
  return html`<form method="post">
    <input type="hidden" name="csrf" value="${csrf}" />
    ${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <input type="hidden" name="action" value="${action}" />
    ${content}
  </form>`;
}
