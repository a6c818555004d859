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
}

/** Requests by operation and outcome: `{ UserlandUsersController_create: { "201": 3, cut: 1 } }`. */
export type Counters = Record<string, Record<string, number>>;

/** What is kept: so many requests, and so many characters of what they sent, whichever is less. */
const mostRequests = 10_000;
const mostCharacters = 8 * 1024 * 1024;

const lengthOf = ({ method, path, query, idempotencyKey, userAgent }: LoggedRequest) =>
  [method, path, query, idempotencyKey, userAgent].reduce((sum, text) => sum + (text?.length ?? 0), 0);

export class RequestLog {
  private entries: LoggedRequest[] = [];
  private characters = 0;
  private counts: Counters = {};

  begin(entry: LoggedRequest): LoggedRequest {
    this.entries.push(entry);
    this.characters += lengthOf(entry);
    while (this.entries.length > mostRequests || this.characters > mostCharacters) {
      const oldest = this.entries.shift();
      if (oldest === undefined) break;
      this.characters -= lengthOf(oldest);
    }
    return entry;
  }

  end(entry: LoggedRequest): void {
    const operation = (this.counts[entry.operation ?? "unknown"] ??= {});
    const outcome = entry.cut ? "cut" : String(entry.status);
    operation[outcome] = (operation[outcome] ?? 0) + 1;
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
  }
}
