/** The page about one object: what it is, what belongs to it, and what can be done to it. */
import { type VNode } from "preact";
import { useState } from "preact/hooks";
import { isFor, type Kind, nameOf, type Operation, type Shown, textOf } from "../kinds";
import { usePage, useAnswer } from "./data";
import { OperationDialog } from "./form";
import { RelatedList, topicOf } from "./lists";
import { Code, Copy, Empty, Ref, Time } from "./parts";
import { SignInDialog } from "./sign-in";

interface Found {
  readonly object: Shown;
  readonly labels: Readonly<Record<string, string>>;
}

export function ObjectPage({ kind, id }: { kind: Kind; id: string }): VNode | null {
  const { go } = usePage();
  const url = `/_emulator/dashboard/object/${kind.slug}/${encodeURIComponent(id)}`;
  const { data, missing } = useAnswer<Found>(url, [topicOf(kind)]);
  const [open, setOpen] = useState<Operation | undefined>(undefined);
  const [signIn, setSignIn] = useState(false);
  if (missing) {
    return (
      <>
        <h1>Not here</h1>
        <Empty>
          There is no {kind.one} <code>{id}</code>. <a href={`/dashboard/${kind.slug}`}>All {kind.title}</a>
        </Empty>
      </>
    );
  }
  if (data === undefined) return null;
  const { object, labels } = data;
  const name = nameOf(kind, object);
  const operations = [kind.update, ...(kind.actions ?? []), kind.remove].filter(
    (operation) => operation !== undefined && isFor(operation, object),
  ) as Operation[];
  return (
    <>
      <p class="crumbs">
        <a href={`/dashboard/${kind.slug}`}>{kind.title}</a>
      </p>
      <header class="head">
        <div>
          <h1>{labels[name] ?? name}</h1>
          <p>
            <code>{id}</code> <Copy text={id} label="id" />
          </p>
        </div>
        <div class="actions">
          {kind.slug === "users" ? (
            <button type="button" class="main" onClick={() => setSignIn(true)}>
              Sign in as
            </button>
          ) : null}
          {operations.map((operation) => (
            <button
              type="button"
              key={operation.label}
              class={operation === kind.remove ? "danger" : ""}
              onClick={() => setOpen(operation)}
            >
              {operation.label}
            </button>
          ))}
        </div>
      </header>
      <section class="card" aria-label="Properties">
        <Properties object={object} labels={labels} />
      </section>
      {kind.slug === "webhooks" ? <Secret id={id} /> : null}
      {kind.related?.map((related) => (
        <RelatedList key={`${related.kind} ${related.by}`} related={related} object={object} />
      ))}
      <details class="card">
        <summary>As the API shows it</summary>
        <Code text={JSON.stringify(object, undefined, 2)} label="JSON" />
      </details>
      {open === undefined ? null : (
        <OperationDialog
          operation={open}
          object={object}
          onClose={() => setOpen(undefined)}
          onDone={() => {
            setOpen(undefined);
            if (open === kind.remove || open.method === "DELETE") go(`/dashboard/${kind.slug}`);
          }}
        />
      )}
      {signIn ? <SignInDialog user={object} onClose={() => setSignIn(false)} /> : null}
    </>
  );
}

/** What the deliveries of an endpoint are signed with: shown when somebody asks for it. */
function Secret({ id }: { id: string }): VNode {
  const [isShown, show] = useState(false);
  return (
    <section class="card" aria-label="Secret">
      <header class="head">
        <h2>Secret</h2>
        <button type="button" aria-expanded={isShown} onClick={() => show(!isShown)}>
          {isShown ? "Hide secret" : "Show secret"}
        </button>
      </header>
      {isShown ? <ShownSecret id={id} /> : <p class="none">What deliveries are signed with.</p>}
    </section>
  );
}

function ShownSecret({ id }: { id: string }): VNode | null {
  const { data } = useAnswer<{ secret: string }>(`/_emulator/dashboard/webhook-secret/${encodeURIComponent(id)}`, []);
  return data === undefined ? null : <Code text={data.secret} label="secret" />;
}

export function Properties({ object, labels }: Found): VNode {
  const shown = Object.entries(object).filter(([name]) => name !== "object");
  return (
    <dl class="properties">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Value name={name} value={value} labels={labels} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ name, value, labels }: { name: string; value: unknown; labels: Found["labels"] }): VNode {
  if (value === null || value === undefined || value === "") return <span class="none">–</span>;
  if (typeof value === "boolean") return <span class={`badge ${value ? "good" : "soft"}`}>{value ? "yes" : "no"}</span>;
  if (typeof value === "string" && /_at$|At$|^time$/.test(name)) return <Time at={value} />;
  if (typeof value === "string" && name !== "id" && /^[a-z]+(_[a-z]+)*_[A-Za-z0-9_]+$/.test(value) && labels[value]) {
    return <Ref id={value} labels={labels} />;
  }
  if (typeof value === "object") {
    if (Object.keys(value).length === 0) return <span class="none">–</span>;
    const plain = Array.isArray(value) && value.every((one) => typeof one !== "object");
    return plain ? <span>{value.join(", ")}</span> : <pre class="small">{JSON.stringify(value, undefined, 2)}</pre>;
  }
  return <span>{textOf(value)}</span>;
}
