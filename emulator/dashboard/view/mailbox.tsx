/** The mailbox, as a person would see it: what came, the latest first, and the one that is open. */
import { type VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Kind } from "../kinds";
import { send, usePage } from "./data";
import { Toolbar, useList } from "./lists";
import { Copy, Empty, Pager, Time } from "./parts";

interface Mail {
  readonly id: string;
  readonly kind: "invitation" | "email_verification" | "email_change" | "magic_auth" | "password_reset";
  readonly to: string;
  readonly subject: string;
  readonly url: string;
  readonly code: string | null;
  readonly sentAt: string;
}

const texts: Readonly<Record<Mail["kind"], { readonly says: string; readonly button: string }>> = {
  invitation: { says: "You have been invited to join.", button: "Accept invitation" },
  email_verification: { says: "Enter this code to verify your email address.", button: "" },
  email_change: { says: "Enter this code to confirm your new email address.", button: "" },
  magic_auth: { says: "Enter this code to sign in.", button: "" },
  password_reset: { says: "Somebody asked to reset the password of your account.", button: "Reset password" },
};

export function Mailbox({ kind, id, onSeen }: { kind: Kind; id?: string; onSeen: (id: string) => void }): VNode {
  const page = usePage();
  // What was new when the mailbox was opened stays marked while it is open.
  const [seen] = useState(page.seenMail);
  const [path = "", search = ""] = page.location.split("?");
  const query = new URLSearchParams(search);
  const { data } = useList(kind, query);
  const mails = (data?.data ?? []) as unknown as readonly Mail[];
  const latest = query.size === 0 ? mails[0]?.id : undefined;
  useEffect(() => {
    if (latest !== undefined) onSeen(latest);
  }, [latest]);
  const chosen = mails.find((mail) => mail.id === id) ?? mails[0];
  const suffix = search === "" ? "" : `?${search}`;
  return (
    <>
      <header class="head">
        <div>
          <h1>Mailbox</h1>
          <p>No mail leaves this machine: here is what people would have got.</p>
        </div>
        <div class="actions">
          <button
            type="button"
            disabled={mails.length === 0}
            onClick={() => void send(page, { method: "DELETE", path: "/_emulator/mailbox" })}
          >
            Empty the mailbox
          </button>
        </div>
      </header>
      <Toolbar kind={kind} />
      {data === undefined ? null : chosen === undefined ? (
        <Empty>{query.size === 0 ? "No mail was sent yet." : "Nothing fits."}</Empty>
      ) : (
        <div class="mailbox">
          <div>
            <ul class="mails" aria-label="Mails">
              {mails.map((mail) => (
                <li key={mail.id}>
                  <a
                    href={`/dashboard/mails/${mail.id}${suffix}`}
                    aria-current={mail.id === chosen.id ? "true" : undefined}
                    class={mail.id > seen ? "fresh" : ""}
                  >
                    <strong>{mail.subject}</strong>
                    {mail.id > seen ? <span class="badge new">new</span> : null}
                    <span class="to">{mail.to}</span>
                    <Time at={mail.sentAt} />
                  </a>
                </li>
              ))}
            </ul>
            <Pager {...data} to={(number) => `${path}?${withPage(query, number)}`} />
          </div>
          <MailShown mail={chosen} />
        </div>
      )}
    </>
  );
}

function withPage(query: URLSearchParams, page: number): string {
  const next = new URLSearchParams(query);
  next.set("page", String(page));
  return next.toString();
}

export function MailShown({ mail }: { mail: Mail }): VNode {
  const { says, button } = texts[mail.kind];
  return (
    <article class="mail" aria-label={mail.subject}>
      <header>
        <h2>{mail.subject}</h2>
        <dl>
          <div>
            <dt>To</dt>
            <dd>{mail.to}</dd>
          </div>
          <div>
            <dt>Sent</dt>
            <dd>
              <Time at={mail.sentAt} />
            </dd>
          </div>
        </dl>
      </header>
      <div class="paper">
        <p>Hello,</p>
        <p>{says}</p>
        {mail.code === null ? null : (
          <p class="mail-code">
            <strong>{mail.code}</strong> <Copy text={mail.code} label="code" />
          </p>
        )}
        {mail.url === "" ? null : (
          <>
            {button === "" ? null : (
              <p>
                <a class="button main" href={mail.url} target="_blank" rel="noreferrer">
                  {button}
                </a>
              </p>
            )}
            <p class="link">
              The button does nothing? <a href={mail.url}>Open the link</a>: <span>{mail.url}</span>{" "}
              <Copy text={mail.url} label="link" />
            </p>
          </>
        )}
        <p class="none">If you did not expect this mail, you can ignore it.</p>
      </div>
    </article>
  );
}
