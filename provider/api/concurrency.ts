/** How many requests may be under way at once. The seam for choosing it by measured latency. */
export interface Concurrency {
  /** Read before every request; it may change at any time. */
  readonly limit: number;
  /** The largest that `limit` may become, where it changes: so many connections are kept at most. */
  readonly max?: number;
  /** Told of every exchange that ended: how long it took, and whether the server answered below 429 or 5xx. */
  observe?(latencyMs: number, healthy: boolean): void;
}

/**
 * A generous constant. Enough for 500 writes per 10 s at answers of one second; more would only make a queue at the
 * vendor. Pulumi itself works on 16 resources at a time unless told otherwise.
 */
export const fixedConcurrency = (limit = 64): Concurrency => ({ limit });
