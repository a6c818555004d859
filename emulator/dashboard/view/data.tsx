/** What pages are made of: answers of this server, kept and looked at again when something has changed. */
import { createContext } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Settings {
  readonly url: string;
  readonly apiKey: string;
  readonly clientId: string;
}

/** What the stream tells of. */
export type Topic = "requests" | "objects" | "events" | "deliveries" | "settings" | "snapshots";

interface Watch {
  readonly topics: readonly Topic[];
  readonly tell: () => void;
}

export class Answers {
  /** What a page asked for that is not here yet; on the server, to be fetched before the page is made again. */
  readonly wanted = new Set<string>();
  private readonly watched = new Map<string, Set<Watch>>();
  private readonly known: Map<string, Answer>;

  /** @param fetchAnswer Only in a browser. */
  constructor(
    known: Readonly<Record<string, Answer>> = {},
    private readonly fetchAnswer?: (url: string) => Promise<Answer>,
  ) {
    this.known = new Map(Object.entries(known));
  }

  get(url: string): Answer | undefined {
    const answer = this.known.get(url);
    if (answer === undefined) this.wanted.add(url);
    return answer;
  }

  put(url: string, answer: Answer): void {
    this.known.set(url, answer);
    this.wanted.delete(url);
  }

  all(): Record<string, Answer> {
    return Object.fromEntries(this.known);
  }

  watch(url: string, watch: Watch): () => void {
    const watches = this.watched.get(url) ?? new Set();
    this.watched.set(url, watches.add(watch));
    if (!this.known.has(url)) void this.look(url);
    return () => {
      watches.delete(watch);
      if (watches.size > 0) return;
      this.watched.delete(url);
      // Looked at again by whoever comes back.
      this.known.delete(url);
    };
  }

  async look(url: string): Promise<void> {
    const answer = await this.fetchAnswer?.(url).catch(() => undefined);
    if (answer === undefined || !this.watched.has(url)) return;
    this.put(url, answer);
    for (const { tell } of this.watched.get(url) ?? []) tell();
  }

  /** Looks again at whatever is shown and has to do with one of these. */
  changed(topics: readonly Topic[] | "all"): void {
    for (const [url, watches] of this.watched) {
      const meant = topics === "all" || [...watches].some((one) => one.topics.some((topic) => topics.includes(topic)));
      if (meant) void this.look(url);
    }
  }
}

export interface Page {
  readonly answers: Answers;
  readonly settings: Settings;
  readonly theme: "auto" | "dark" | "light";
  /** The latest mail that this browser has shown. */
  readonly seenMail: string;
  /** Path and query. */
  readonly location: string;
  readonly go: (location: string, replace?: boolean) => void;
  readonly announce: (text: string) => void;
}

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error("outside of a page");
  return page;
}

/** The answer at `url`, or the one before it until that is there; nothing at first, and where there is none. */
export function useAnswer<T>(url: string, topics: readonly Topic[]): { data?: T; missing: boolean } {
  const { answers } = usePage();
  const [, setCount] = useState(0);
  const last = useRef<Answer | undefined>(undefined);
  useEffect(() => {
    return answers.watch(url, { topics, tell: () => setCount((count) => count + 1) });
  }, [url]);
  const answer = answers.get(url) ?? last.current;
  last.current = answer;
  const found = answer !== undefined && answer.status < 400;
  return { ...(found ? { data: answer.body as T } : {}), missing: answer !== undefined && !found };
}

export interface Sent {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
  /** What went wrong, in the server's words. */
  readonly problem: string;
}

/** Sends a call as a program would: to the API with its key, to a control without one. */
export async function send(
  { settings, answers }: Pick<Page, "settings" | "answers">,
  call: { readonly method: string; readonly path: string; readonly body?: unknown },
): Promise<Sent> {
  const control = call.path.startsWith("/_emulator/");
  let sent: Sent;
  try {
    const answer = await fetch(call.path, {
      method: call.method,
      headers: {
        ...(control ? {} : { Authorization: `Bearer ${settings.apiKey}` }),
        ...(call.body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const text = await answer.text();
    const body = parsed(text);
    sent = { ok: answer.ok, status: answer.status, body, problem: answer.ok ? "" : problemOf(body, answer.status) };
  } catch {
    sent = { ok: false, status: 0, body: undefined, problem: "The connection was cut before an answer came." };
  }
  answers.changed("all");
  return sent;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function problemOf(body: unknown, status: number): string {
  const { message, error_description, errors } = { ...(body as Readonly<Record<string, unknown>> | null) };
  const details = Array.isArray(errors)
    ? errors.map((one: { message?: unknown } | string) => (typeof one === "string" ? one : one.message))
    : [];
  const said = [message, error_description, ...details].filter((text) => typeof text === "string");
  return `${status}: ${said.join(" ") || "no reason was given"}`;
}
