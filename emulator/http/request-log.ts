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

const kept = 10_000;

export class RequestLog {
  private entries: LoggedRequest[] = [];
  private counts: Counters = {};

  begin(entry: LoggedRequest): LoggedRequest {
    this.entries.push(entry);
    if (this.entries.length > kept * 2) this.entries = this.entries.slice(-kept);
    return entry;
  }

  end(entry: LoggedRequest): void {
    const operation = (this.counts[entry.operation ?? "unknown"] ??= {});
    const outcome = entry.cut ? "cut" : String(entry.status);
    operation[outcome] = (operation[outcome] ?? 0) + 1;
  }

  /** Oldest first, at most the last ten thousand. */
  list(): LoggedRequest[] {
    return this.entries.slice(-kept).map((entry) => ({ ...entry }));
  }

  counters(): Counters {
    return structuredClone(this.counts);
  }

  clear(): void {
    this.entries = [];
    this.counts = {};
  }
}
