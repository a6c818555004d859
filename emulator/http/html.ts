import { html, raw } from "hono/html";
import { type Context } from "../context";
import { type Control } from "../control";
import { look } from "./look";

type Html = ReturnType<typeof html>;

const style = `${look}body{font-size:15px;max-width:70rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}td,th{text-align:left;vertical-align:top;
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
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <h1>${title}</h1>
        ${content}
      </body>
    </html>`;
}

/** What is there, which mails were sent, and what was asked lately. */
export function overviewPage(context: Context, control: Control): Html {
  const { store } = context;
  const counts = {
    Organizations: store.organizations.size,
    Users: store.users.size,
    "Organization memberships": store.memberships.size,
    Invitations: store.invitations.size,
    "API keys": store.apiKeys.size,
    Sessions: store.sessions.size,
    "Connect applications": store.applications.size,
  };
  const mails = control.mailbox.list().slice(-50).reverse();
  const requests = control.requests.list().slice(-50).reverse();
  return layout(
    "Local AuthKit",
    html`<p>${context.url}, time ${new Date(control.clock.now()).toISOString()}</p>
      <table>
        ${Object.entries(counts).map(
          ([name, count]) =>
            html`<tr>
              <td>${name}</td>
              <td>${count}</td>
            </tr>`,
        )}
      </table>
      <h2><a href="/_emulator/mail">Mailbox</a></h2>
      <table>
        <tr>
          <th>Sent</th>
          <th>To</th>
          <th>Subject</th>
          <th></th>
        </tr>
        ${mails.map(
          (mail) =>
            html`<tr>
              <td>${mail.sentAt}</td>
              <td>${mail.to}</td>
              <td>${mail.subject}</td>
              <td>${mail.url === "" ? (mail.code ?? "") : html`<a href="${mail.url}">open</a>`}</td>
            </tr>`,
        )}
      </table>
      <h2>Last requests</h2>
      <table>
        <tr>
          <th>Time</th>
          <th>Request</th>
          <th>Status</th>
        </tr>
        ${requests.map(
          (request) =>
            html`<tr>
              <td>${request.time}</td>
              <td><code>${request.method} ${request.path}</code></td>
              <td>${request.cut ? "cut" : request.status}${request.fault === null ? "" : " (fault rule)"}</td>
            </tr>`,
        )}
      </table>`,
  );
}

/** Every mail, latest first, as its recipient would read it. */
export function mailPage(control: Control): Html {
  const mails = control.mailbox.list().reverse();
  return layout(
    "Mailbox",
    mails.length === 0
      ? html`<p>No mail was sent.</p>`
      : html`${mails.map(
          (mail) =>
            html`<article>
              <h2>${mail.subject}</h2>
              <p>To ${mail.to}, ${mail.sentAt}</p>
              ${mail.code === null ? "" : html`<p>Your code is <strong>${mail.code}</strong>.</p>`}
              ${mail.url === "" ? "" : html`<p><a href="${mail.url}">Open the link</a></p>`}
            </article>`,
        )}`,
  );
}
