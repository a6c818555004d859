/** The page about one request: what was sent, what was answered, and what it touched. */
import { type VNode } from "preact";
import { useState } from "preact/hooks";
import { kindOfId } from "../kinds";
import { send, useAnswer, usePage } from "./data";
import { type RequestShown, took } from "./lists";
import { Code, Empty, Status, Time } from "./parts";

interface Detail {
  readonly requestHeaders: readonly (readonly [name: string, value: string])[];
  readonly requestBody: string;
  readonly answerHeaders: readonly (readonly [name: string, value: string])[];
  readonly answerBody: string;
  readonly shortened: boolean;
  readonly changes: readonly { readonly kind: string; readonly id: string; readonly verb: string }[];
}

export function RequestPage({ id }: { id: string }): VNode | null {
  const page = usePage();
  const { data, missing } = useAnswer<{ request: RequestShown; detail: Detail | null }>(
    `/_emulator/requests/${encodeURIComponent(id)}`,
    [],
  );
  const [problem, setProblem] = useState("");
  if (missing) {
    return (
      <>
        <h1>Not here</h1>
        <Empty>
          This request is not in the log any more. <a href="/dashboard/requests">All requests</a>
        </Empty>
      </>
    );
  }
  if (data === undefined) return null;
  const { request, detail } = data;
  const repeat = async () => {
    const sent = await send(page, { method: "POST", path: `/_emulator/requests/${id}/repeat` });
    if (!sent.ok) return setProblem(sent.problem);
    const again = sent.body as { id: string | null; status: number | null };
    page.announce(again.status === null ? "Repeated, and cut" : `Repeated: ${again.status}`);
    return page.go(again.id === null ? "/dashboard/requests" : `/dashboard/requests/${again.id}`);
  };
  return (
    <>
      <p class="crumbs">
        <a href="/dashboard/requests">Requests</a>
      </p>
      <header class="head">
        <div>
          <h1 class="request">
            <span class={`method ${request.method.toLowerCase()}`}>{request.method}</span>{" "}
            <code>
              {request.path}
              {request.query === "" ? "" : `?${request.query}`}
            </code>
          </h1>
          <p>
            <Status status={request.status} cut={request.cut} />{" "}
            <span class="volatile">{took(request.durationMs)}</span>
            {" · "}
            <Time at={request.time} />
            {request.operation === null ? null : (
              <>
                {" · "}
                <code>{request.operation}</code>
              </>
            )}
            {request.fault === null ? null : <span class="badge bad">a fault rule hit it</span>}
          </p>
        </div>
        <div class="actions">
          <button type="button" class="main" disabled={detail === null} onClick={() => void repeat()}>
            Repeat
          </button>
        </div>
      </header>
      {problem === "" ? null : (
        <p role="alert" class="problem">
          {problem}
        </p>
      )}
      {detail === null ? (
        <Empty>What was sent and answered is not kept any more.</Empty>
      ) : (
        <>
          <Touched request={request} detail={detail} />
          <div class="halves">
            <Half title="Request" headers={detail.requestHeaders} body={detail.requestBody} />
            <Half title="Answer" headers={detail.answerHeaders} body={detail.answerBody} />
          </div>
          <p class="none">
            Keys, passwords, tokens, codes and cookies are masked.
            {detail.shortened ? " A long body is shown by its beginning." : ""}
          </p>
        </>
      )}
    </>
  );
}

const idPattern = /\b[a-z]+(?:_[a-z]+)*_[0-9A-Za-z]{4,}\b/g;

/** Objects that changed, and others that are named in what was sent and answered. */
function Touched({ request, detail }: { request: RequestShown; detail: Detail }): VNode | null {
  const changed = new Map(detail.changes.map(({ id, verb, kind }) => [id, { verb, kind }]));
  const named = `${request.path} ${detail.requestBody} ${detail.answerBody}`.match(idPattern) ?? [];
  const others = [...new Set(named)].filter((id) => !changed.has(id) && kindOfId(id) !== undefined).slice(0, 30);
  const shown = [...changed].filter(([id]) => kindOfId(id) !== undefined);
  if (shown.length + others.length === 0) return null;
  return (
    <section class="card" aria-label="Objects">
      <h2>Objects it touched</h2>
      <ul class="touched">
        {shown.map(([id, { verb }]) => (
          <li key={id}>
            <span class={`badge ${verb === "deleted" ? "bad" : "good"}`}>{verb}</span>{" "}
            <a href={`/dashboard/${kindOfId(id)?.slug ?? ""}/${id}`}>
              {kindOfId(id)?.one} <code>{id}</code>
            </a>
          </li>
        ))}
        {others.map((id) => (
          <li key={id}>
            <span class="badge soft">named</span>{" "}
            <a href={`/dashboard/${kindOfId(id)?.slug ?? ""}/${id}`}>
              {kindOfId(id)?.one} <code>{id}</code>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Half({ title, headers, body }: { title: string; headers: Detail["requestHeaders"]; body: string }): VNode {
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      <dl class="headers">
        {headers.map(([name, value], index) => (
          <div key={index}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {body === "" ? <p class="none">No body.</p> : <Code text={body} label={`${title} body`} />}
    </section>
  );
}
