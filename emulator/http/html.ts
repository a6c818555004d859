import { html } from "hono/html";
import { type InvitationObject } from "../../api/schemas";
import { type Context } from "../context";
import { type StoredInvitation } from "../store/entities";

type Html = ReturnType<typeof html>;

const style = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;
padding:0 1rem}table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}td,th{text-align:left;vertical-align:top;
padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8886;overflow-wrap:anywhere}code{font-size:.9em}
h2{margin-top:2rem}button{font:inherit;padding:.5rem 1rem}`;

function layout(title: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        ${content}
      </body>
    </html>`;
}

/** The button posts to the page's own address, which carries the token. */
export function acceptPage(invitation: StoredInvitation, { store }: Context): Html {
  const organization = invitation.organization_id && store.organizations.get(invitation.organization_id);
  return layout(
    organization ? `Join ${organization.name}` : "Join",
    html`<p>This invitation is for ${invitation.email}.</p>
      <form method="post"><button>Accept</button></form>`,
  );
}

export function acceptedPage(invitation: InvitationObject): Html {
  return layout("Welcome", html`<p>${invitation.email} has accepted.</p>`);
}
