/** A list of any kind: search, filters, pages; and the same as part of a page about something else. */
import { type VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Column, type Kind, kindOf, nameOf, type Operation, type Related, type Shown } from "../kinds";
import { usePage, useAnswer, type Topic } from "./data";
import { OperationDialog } from "./form";
import { Cell, Empty, Pager, Ref, Status, Time } from "./parts";

export interface Listed {
  readonly data: readonly Shown[];
  readonly page: number;
  readonly limit: number;
  readonly total: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** What tells of a kind's changes. */
export function topicOf({ slug }: Kind): Topic {
  return slug === "requests" || slug === "events" || slug === "deliveries" ? slug : "objects";
}

export const listUrl = (slug: string, query: URLSearchParams) =>
  `/_emulator/dashboard/list/${slug}${query.size === 0 ? "" : `?${query.toString()}`}`;

export function useList(kind: Kind, query: URLSearchParams) {
  return useAnswer<Listed>(listUrl(kind.slug, query), [topicOf(kind)]);
}

/** The address of this page with another query; empty values are left out, and the first page is meant. */
function useQuery(): { query: URLSearchParams; with: (changes: Record<string, string>) => string } {
  const { location } = usePage();
  const [path = "", search = ""] = location.split("?");
  const query = new URLSearchParams(search);
  return {
    query,
    with: (changes) => {
      const next = new URLSearchParams(query);
      next.delete("page");
      for (const [name, value] of Object.entries(changes)) {
        if (value === "") next.delete(name);
        else next.set(name, value);
      }
      return next.size === 0 ? path : `${path}?${next.toString()}`;
    },
  };
}

export function ListPage({ kind }: { kind: Kind }): VNode {
  const { go } = usePage();
  const address = useQuery();
  const { data } = useList(kind, address.query);
  const [open, setOpen] = useState(false);
  return (
    <>
      <header class="head">
        <div>
          <h1>{kind.title}</h1>
          <p>{kind.says}</p>
        </div>
        {kind.create === undefined ? null : (
          <button type="button" class="main" onClick={() => setOpen(true)}>
            {kind.create.label}
          </button>
        )}
      </header>
      <Toolbar kind={kind} />
      {data === undefined ? null : data.total === 0 ? (
        <Empty>{address.query.size === 0 ? `No ${kind.title.toLowerCase()} yet.` : "Nothing fits."}</Empty>
      ) : (
        <>
          <Rows kind={kind} listed={data} />
          <Pager {...data} to={(page) => address.with({ page: page === 1 ? "" : String(page) })} />
        </>
      )}
      {open && kind.create !== undefined ? (
        <OperationDialog
          operation={kind.create}
          object={{}}
          onClose={() => setOpen(false)}
          onDone={(made) => {
            setOpen(false);
            const { id } = { ...(made as Shown | null) };
            if (typeof id === "string" && id.startsWith(`${kind.prefix}_`)) go(`/dashboard/${kind.slug}/${id}`);
          }}
        />
      ) : null}
    </>
  );
}

/** Searching does not wait for a key: what is typed is what is shown a moment later. */
export function Toolbar({ kind }: { kind: Kind }): VNode {
  const { go } = usePage();
  const address = useQuery();
  const [text, setText] = useState(address.query.get("search") ?? "");
  const latest = useRef(address);
  latest.current = address;
  useEffect(() => {
    if (text === (latest.current.query.get("search") ?? "")) return undefined;
    const timer = setTimeout(() => go(latest.current.with({ search: text }), true), 150);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <form class="toolbar" role="search" onSubmit={(event) => event.preventDefault()}>
      <input
        {...{ type: "search", name: "search", value: text, placeholder: `Search ${kind.title.toLowerCase()}` }}
        aria-label={`Search ${kind.title.toLowerCase()}`}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {kind.filters?.map(({ field, label, options }) =>
        options === undefined ? (
          address.query.has(field) ? (
            <a key={field} class="chip" href={address.with({ [field]: "" })}>
              {label}: {address.query.get(field)} <span aria-hidden="true">×</span>
              <span class="hidden"> remove</span>
            </a>
          ) : null
        ) : (
          <select
            key={field}
            aria-label={label}
            value={address.query.get(field) ?? ""}
            onChange={(event) => go(address.with({ [field]: event.currentTarget.value }), true)}
          >
            <option value="">{label}: any</option>
            {options.map((option) => (
              <option key={option} value={option}>
                {option}
              </option>
            ))}
          </select>
        ),
      )}
    </form>
  );
}

export function Rows({ kind, listed, without }: { kind: Kind; listed: Listed; without?: string }): VNode {
  if (kind.slug === "requests") return <RequestRows requests={listed.data} />;
  const columns = kind.columns.filter(({ field }) => field !== without);
  return (
    <table class="rows">
      <thead>
        <tr>
          {columns.map(({ field, label }) => (
            <th key={field} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {listed.data.map((object) => (
          <tr key={String(object.id)}>
            {columns.map((column, index) => (
              <td key={column.field} data-label={column.label}>
                {index === 0 ? (
                  <First {...{ kind, column, object }} labels={listed.labels} />
                ) : (
                  <Cell {...{ column, object }} labels={listed.labels} />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Leads to the object itself, whatever it is called by. */
function First({ kind, column, object, labels }: FirstProps): VNode {
  const href = `/dashboard/${kind.slug}/${encodeURIComponent(String(object.id))}`;
  const value = object[column.field];
  const text = typeof value === "string" && value !== "" ? (labels[value] ?? value) : nameOf(kind, object);
  return <a href={href}>{column.as === "code" ? <code>{text}</code> : text}</a>;
}
interface FirstProps {
  readonly kind: Kind;
  readonly column: Column;
  readonly object: Shown;
  readonly labels: Readonly<Record<string, string>>;
}

export function RequestRows({ requests }: { requests: readonly Shown[] }): VNode {
  return (
    <table class="rows requests">
      <thead>
        <tr>
          <th scope="col">Request</th>
          <th scope="col">Answer</th>
          <th scope="col">Took</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => {
          const { id, method, path, query, status, cut, durationMs, fault, time } = request as unknown as RequestShown;
          return (
            <tr key={id}>
              <td data-label="Request">
                <a href={`/dashboard/requests/${id}`} class="request">
                  <span class={`method ${method.toLowerCase()}`}>{method}</span>{" "}
                  <code>
                    {path}
                    {query === "" ? "" : `?${query}`}
                  </code>
                </a>
              </td>
              <td data-label="Answer">
                <Status status={status} cut={cut} />
                {fault === null ? null : <span class="badge soft">fault</span>}
              </td>
              <td data-label="Took" class="volatile">
                {took(durationMs)}
              </td>
              <td data-label="Time">
                <Time at={time} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export const took = (ms: number | null) =>
  ms === null ? "…" : ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;

export interface RequestShown {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly operation: string | null;
  readonly status: number | null;
  readonly cut: boolean;
  readonly fault: string | null;
  readonly durationMs: number | null;
  readonly time: string;
  readonly userAgent: string | null;
}

/** Objects of another kind that belong to this one, with a way to make one more. */
export function RelatedList({ related, object }: { related: Related; object: Shown }): VNode | null {
  const kind = kindOf(related.kind);
  return kind === undefined ? null : <RelatedRows kind={kind} by={related.by} object={object} />;
}

function RelatedRows({ kind, by, object }: { kind: Kind; by: string; object: Shown }): VNode {
  const id = String(object.id);
  const { data } = useList(kind, new URLSearchParams({ [by]: id, limit: "10" }));
  const [open, setOpen] = useState<Operation | undefined>(undefined);
  const begin: Shown = { [by]: id };
  const fits = kind.create?.fields?.some(({ name }) => name === by) === true;
  return (
    <section class="card" aria-label={kind.title}>
      <header class="head">
        <h2>
          {kind.title} <span class="count">{data?.total ?? ""}</span>
        </h2>
        {fits && kind.create !== undefined ? (
          <button type="button" onClick={() => setOpen(kind.create)}>
            {kind.create.label}
          </button>
        ) : null}
      </header>
      {data === undefined || data.total === 0 ? <Empty>None.</Empty> : <Rows kind={kind} listed={data} without={by} />}
      {data !== undefined && data.total > data.data.length ? (
        <p>
          <a href={`/dashboard/${kind.slug}?${by}=${id}`}>All {data.total.toLocaleString("en")}</a>
        </p>
      ) : null}
      {open === undefined ? null : (
        <OperationDialog
          operation={open}
          object={begin}
          onClose={() => setOpen(undefined)}
          onDone={() => setOpen(undefined)}
        />
      )}
    </section>
  );
}

export { Ref };
