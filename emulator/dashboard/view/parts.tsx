/** The small parts that pages are put together from. */
import { type ComponentChildren, type VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Column, kindOfId, type Shown, textOf } from "../kinds";
import { usePage } from "./data";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number) => String(value).padStart(2, "0");

/** In UTC, so that it is the same on the server and in every browser. */
export function Time({ at }: { at: unknown }): VNode {
  if (typeof at !== "string" || Number.isNaN(Date.parse(at))) return <span class="none">–</span>;
  const date = new Date(at);
  const day = `${months[date.getUTCMonth()] ?? ""} ${date.getUTCDate()}`;
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return (
    <time dateTime={at} title={at}>
      {day}, {time}
    </time>
  );
}

const good = ["active", "verified", "accepted", "enabled", "linked", "succeeded", "delivered", "true"];
const bad = ["failed", "revoked", "expired", "disabled", "suspended", "deleting", "inactive"];

export function State({ value }: { value: unknown }): VNode {
  const text = textOf(value) || "–";
  return <span class={`badge ${good.includes(text) ? "good" : bad.includes(text) ? "bad" : "soft"}`}>{text}</span>;
}

export function Status({ status, cut }: { status: number | null; cut: boolean }): VNode {
  if (cut) return <span class="badge bad">cut</span>;
  if (status === null) return <span class="badge soft">…</span>;
  return <span class={`badge ${status < 300 ? "good" : status < 400 ? "soft" : "bad"}`}>{status}</span>;
}

/** An id that leads to its object, by its name where that is known. */
export function Ref({ id, labels }: { id: unknown; labels: Readonly<Record<string, string>> }): VNode {
  if (typeof id !== "string" || id === "") return <span class="none">–</span>;
  const kind = kindOfId(id);
  const label = labels[id] ?? id;
  return kind === undefined ? <code>{label}</code> : <a href={`/dashboard/${kind.slug}/${id}`}>{label}</a>;
}

export function Cell({ column, object, labels }: CellProps): VNode {
  const value = object[column.field];
  const none = <span class="none">–</span>;
  switch (column.as ?? "text") {
    case "time":
      return <Time at={value} />;
    case "state":
      return <State value={value} />;
    case "yes":
      return value === true ? <span class="badge good">yes</span> : <span class="badge soft">no</span>;
    case "ref":
      return <Ref id={value} labels={labels} />;
    case "id":
      return <Ref id={value} labels={{}} />;
    case "code":
      return value === null || value === undefined ? none : <code>{textOf(value)}</code>;
    case "list": {
      const texts = Array.isArray(value) ? value.map(shortOf) : [];
      if (texts.length === 0) return none;
      const more = texts.length > 3 ? ` +${texts.length - 3}` : "";
      return <span title={texts.join(", ")}>{texts.slice(0, 3).join(", ") + more}</span>;
    }
    case "text":
      return value === null || value === undefined || value === "" ? none : <span>{textOf(value)}</span>;
  }
}
interface CellProps {
  readonly column: Column;
  readonly object: Shown;
  readonly labels: Readonly<Record<string, string>>;
}

function shortOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { domain, slug, name, id } = value as Shown;
  return String(domain ?? slug ?? name ?? id);
}

/** A text with a button that copies it. */
export function Copy({ text, label }: { text: string; label: string }): VNode {
  const { announce } = usePage();
  const copy = () => {
    void navigator.clipboard.writeText(text).then(
      () => announce(`${label} copied`),
      () => announce("The browser does not let this page copy"),
    );
  };
  return (
    <button type="button" class="copy" aria-label={`Copy ${label}`} title={`Copy ${label}`} onClick={copy}>
      <Icon name="copy" />
    </button>
  );
}

export function Code({ text, label }: { text: string; label: string }): VNode {
  return (
    <div class="code">
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{text}</code>
      </pre>
      <Copy text={text} label={label} />
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }): VNode {
  return <p class="empty">{children}</p>;
}

export function Dialog({ title, onClose, children }: DialogProps): VNode {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={element} aria-labelledby="dialog-title" onClose={onClose}>
      <header>
        <h2 id="dialog-title">{title}</h2>
        <button type="button" class="quiet" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Two ways to write the same, one at a time. */
export function Tabs({ tabs }: { tabs: readonly (readonly [name: string, text: string])[] }): VNode {
  const [chosen, choose] = useState(0);
  const [name = "", text = ""] = tabs[chosen] ?? tabs[0] ?? [];
  return (
    <div class="tabs">
      <div role="group" aria-label="Written as">
        {tabs.map(([one], index) => (
          <button type="button" key={one} aria-pressed={one === name} onClick={() => choose(index)}>
            {one}
          </button>
        ))}
      </div>
      <Code text={text} label={name} />
    </div>
  );
}

export function Pager({ page, limit, total, to }: PagerProps): VNode | null {
  const pages = Math.max(1, Math.ceil(total / limit));
  const from = Math.min(total, (page - 1) * limit + 1);
  const until = Math.min(total, page * limit);
  return (
    <nav class="pager" aria-label="Pages">
      <span>
        {from.toLocaleString("en")}–{until.toLocaleString("en")} of {total.toLocaleString("en")}
      </span>
      {page > 1 ? <a href={to(page - 1)}>Newer</a> : <span class="off">Newer</span>}
      {page < pages ? <a href={to(page + 1)}>Older</a> : <span class="off">Older</span>}
    </nav>
  );
}
interface PagerProps {
  readonly page: number;
  readonly limit: number;
  readonly total: number;
  readonly to: (page: number) => string;
}

const icons = {
  home: "M3 11 12 3l9 8M5 9.5V21h14V9.5",
  requests: "M4 7h16M4 12h10M4 17h13",
  mail: "M3 6h18v12H3zM3 7l9 7 9-7",
  events: "M13 2 4 14h7l-1 8 9-12h-7z",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-4 4-6 8-6s8 2 8 6",
  organization: "M4 21V5l8-2v18M12 9h8v12M7 8h2M7 12h2M7 16h2M15 13h2M15 17h2",
  key: "M14 10a4 4 0 1 0-4 4l1 1h2v2h2v2h3v-3l-4.5-4.5",
  shield: "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z",
  flag: "M5 21V4h13l-3 4 3 4H5",
  webhook: "M12 8a3 3 0 1 0-3 3l-3 6M12 8l4 7M6 17h10m0 0a3 3 0 1 0 0-.1",
  app: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  controls: "M5 6h14M5 12h14M5 18h14M9 4v4M15 10v4M8 16v4",
  camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 16a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  close: "M6 6l12 12M18 6 6 18",
  moon: "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
  menu: "M4 7h16M4 12h16M4 17h16",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3 2",
} as const;
export type IconName = keyof typeof icons;

export function Icon({ name }: { name: IconName }): VNode {
  return (
    <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" class="icon">
      <path d={icons[name]} />
    </svg>
  );
}
