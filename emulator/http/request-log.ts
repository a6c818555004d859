import { type StoreChange } from "../store/store";

/** One request to the API; requests to the controls are not logged. */
export interface LoggedRequest {
  readonly id: string;
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** The operation's name in the specification; nothing for an unknown route. */
  readonly operation: string | null;
  readonly idempotencyKey: string | null;
  readonly userAgent: string | null;
  /** The answered status; nothing while it is in flight and where the connection was cut. */
  status: number | null;
  /** The rule that made it fail. */
  fault: string | null;
  cut: boolean;
  /** How long it took, in milliseconds of real time; nothing while it is in flight. */
  durationMs: number | null;
}

/** What was sent and answered, as it was: secrets are masked where it is shown. */
export interface RequestDetail {
  /** Names and values in turn, as they came. */
  readonly requestHeaders: readonly string[];
  readonly requestBody: string;
  readonly answerHeaders: Readonly<Record<string, string>>;
  readonly answerBody: string;
  /** A body that was too long to be kept whole; what is kept is its beginning. */
  readonly shortened: boolean;
  readonly changes: readonly ObjectChange[];
}

/** An object that a request made, changed or deleted. */
export interface ObjectChange {
  /** The collection that it is in: `users`. */
  readonly kind: string;
  readonly id: string;
  readonly verb: "created" | "updated" | "deleted";
}

/** Requests by operation and outcome: `{ UserlandUsersController_create: { "201": 3, cut: 1 } }`. */
export type Counters = Record<string, Record<string, number>>;

/** What is kept: so many requests, and so many characters of what they sent, whichever is less. */
const mostRequests = 10_000;
const mostCharacters = 8 * 1024 * 1024;
/** Of what was sent and answered, all together and in one body; the details of the oldest requests go first. */
const mostDetail = 16 * 1024 * 1024;
const longestBody = 64 * 1024;
const mostChanges = 200;

const lengthOf = ({ method, path, query, idempotencyKey, userAgent }: LoggedRequest) =>
  [method, path, query, idempotencyKey, userAgent].reduce((sum, text) => sum + (text?.length ?? 0), 0);

export class RequestLog {
  private entries: LoggedRequest[] = [];
  private characters = 0;
  private counts: Counters = {};
  private readonly details = new Map<string, RequestDetail>();
  private detailCharacters = 0;
  private current: ObjectChange[] | undefined;
  private readonly acting = new Set<ObjectChange[]>();
  /** Grows with every request, so that whoever shows them knows when to look again. */
  version = 0;

  begin(entry: LoggedRequest): LoggedRequest {
    this.entries.push(entry);
    this.characters += lengthOf(entry);
    while (this.entries.length > mostRequests || this.characters > mostCharacters) {
      const oldest = this.entries.shift();
      if (oldest === undefined) break;
      this.characters -= lengthOf(oldest);
      this.forget(oldest.id);
    }
    return entry;
  }

  /** What `act` changes belongs to the request that `changes` is of. */
  async during<T>(changes: ObjectChange[], act: () => Promise<T>): Promise<T> {
    this.acting.add(changes);
    this.current = changes;
    try {
      const done = act();
      this.current = undefined;
      return await done;
    } finally {
      this.current = undefined;
      this.acting.delete(changes);
    }
  }

  /**
   * One step of the store: of the request that is at work, or that has waited and is the only one. Of several that have
   * waited nobody can tell, short of following every promise, which would slow all of them.
   */
  changed(step: readonly StoreChange[]): void {
    const changes = this.current ?? (this.acting.size === 1 ? [...this.acting][0] : undefined);
    for (const { kind, id, before, after } of changes === undefined ? [] : step) {
      if (changes === undefined || changes.length >= mostChanges) break;
      const verb = before === undefined ? "created" : after === undefined ? "deleted" : "updated";
      changes.push({ kind, id, verb });
    }
  }

  keep({ id }: LoggedRequest, detail: Omit<RequestDetail, "shortened">): void {
    const [requestBody, answerBody] = [beginning(detail.requestBody), beginning(detail.answerBody)];
    const shortened = requestBody !== detail.requestBody || answerBody !== detail.answerBody;
    const kept = { ...detail, requestBody, answerBody, shortened };
    this.details.set(id, kept);
    this.detailCharacters += weightOf(kept);
    for (const oldest of this.details.keys()) {
      if (this.detailCharacters <= mostDetail) break;
      this.forget(oldest);
    }
  }

  private forget(id: string): void {
    const detail = this.details.get(id);
    if (detail === undefined) return;
    this.details.delete(id);
    this.detailCharacters -= weightOf(detail);
  }

  get(id: string): LoggedRequest | undefined {
    return this.entries.find((entry) => entry.id === id);
  }

  /** Nothing for a request that is in flight, or whose details had to make room. */
  detail(id: string): RequestDetail | undefined {
    return this.details.get(id);
  }

  end(entry: LoggedRequest): void {
    const operation = (this.counts[entry.operation ?? "unknown"] ??= {});
    const outcome = entry.cut ? "cut" : String(entry.status);
    operation[outcome] = (operation[outcome] ?? 0) + 1;
    this.version += 1;
  }

  /** Oldest first: the last ones that there is room for. */
  list(): LoggedRequest[] {
    return this.entries.map((entry) => ({ ...entry }));
  }

  counters(): Counters {
    return structuredClone(this.counts);
  }

  clear(): void {
    this.entries = [];
    this.characters = 0;
    this.counts = {};
    this.details.clear();
    this.detailCharacters = 0;
    this.version += 1;
  }
}

const weightOf = ({ requestHeaders, requestBody, answerBody, changes }: RequestDetail) =>
  requestHeaders.reduce((sum, text) => sum + text.length, 0) +
  requestBody.length +
  answerBody.length +
  changes.length * 50;

/** Copied, since a part of a text keeps the whole of it in memory. */
function beginning(text: string): string {
  return text.length <= longestBody ? text : Buffer.from(text.slice(0, longestBody)).toString();
}
