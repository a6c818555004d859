/** One HTTP exchange over one pool of kept-alive connections: no retries, no meaning. */
import { type IncomingHttpHeaders } from "node:http";
import { Pool, type Dispatcher } from "undici";
import { proxyAgent, proxyFor } from "./proxy";

/** One attempt to send one request. */
export interface HttpRequest {
  readonly method: Dispatcher.HttpMethod;
  /** Path and query as they go on the wire. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  /** Milliseconds for the whole attempt: connecting, sending and reading the answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** What became of an attempt. `send` never rejects: a failure is a result like any other. */
export type Exchange =
  | {
      readonly type: "answer";
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: string;
      /** True where the connection ended before the body did. */
      readonly cut: boolean;
      /** True where there was more of the body than is ever read. */
      readonly tooLarge?: boolean;
    }
  | {
      readonly type: "failure";
      readonly reason: "network" | "timeout" | "aborted";
      readonly code?: string;
      readonly message: string;
      /** False where not one byte of the request can have reached the server. */
      readonly sent: boolean;
    };

export interface Transport {
  send(request: HttpRequest): Promise<Exchange>;
  /** Waits for the requests in flight, then ends the connections. */
  close(): Promise<void>;
}

/** Longest wait for a connection, TLS included: a server that is there answers far sooner. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Far above a full page of 100 users with the largest metadata the vendor allows. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export function createTransport(origin: string, attemptMs: number, connections: number): Transport {
  const options = {
    // As many as requests may be under way at once. A connection is free one turn of the event loop after its
    // answer ended; without a bound the next request would not wait for that, and connections would double.
    connections,
    connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, attemptMs) },
    // The attempt's own timer covers all phases.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_ANSWER_BYTES,
  };
  const pool = proxyFor(origin) === undefined ? new Pool(origin, options) : proxyAgent(process.env, options);
  let closed: Promise<void> | undefined;
  return {
    send: (request) => new Promise((resolve) => dispatch(pool, origin, request, resolve)),
    close: () => (closed ??= pool.close()),
  };
}

/**
 * `dispatch` instead of `request`, because its `onRequestStart` is called exactly when a connected socket is about
 * to be written to. That splits failures into "certainly not sent" and "perhaps carried out" with no guessing from
 * error codes. A kept-alive connection that the server has closed meanwhile is noticed by undici before it writes
 * (it lets the event loop see a pending FIN or RST first, and connects anew), so it makes no doubt; what a server
 * closes in the very moment of writing cannot be told from a request that was cut off, and counts as sent.
 */
function dispatch(pool: Dispatcher, origin: string, request: HttpRequest, settle: (exchange: Exchange) => void): void {
  const { signal } = request;
  let controller: Dispatcher.DispatchController | undefined;
  let status = 0;
  let headers: IncomingHttpHeaders = {};
  let settled = false;
  const chunks: Buffer[] = [];

  const finish = (exchange: Exchange) => {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    settle(exchange);
  };
  const answer = (cut: boolean): Exchange => ({
    type: "answer",
    status,
    headers,
    // Most answers come in one piece, which need not be copied.
    body: (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString("utf8"),
    cut,
  });
  const stop = (reason: "timeout" | "aborted", message: string) => {
    // The result first: aborting reports an error of its own, which must not be the one that counts.
    finish({ type: "failure", reason, message, sent: controller !== undefined });
    controller?.abort(new Error(message));
  };
  const onAbort = () => stop("aborted", "stopped");
  const timer = setTimeout(
    () => stop("timeout", `no complete answer within ${request.timeoutMs} ms`),
    request.timeoutMs,
  );

  if (signal?.aborted) {
    onAbort();
    return;
  }
  signal?.addEventListener("abort", onAbort, { once: true });

  pool.dispatch(
    { origin, method: request.method, path: request.path, headers: request.headers, body: request.body },
    {
      onRequestStart(started) {
        // Given up while it waited for a connection: aborting here keeps it from being written at all.
        if (settled) started.abort(new Error("given up before it was sent"));
        else controller = started;
      },
      onResponseStart(_controller, statusCode, responseHeaders) {
        // 1xx answers come through here too, before the real one.
        if (statusCode < 200) return;
        status = statusCode;
        headers = responseHeaders;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        finish(answer(false));
      },
      onResponseError(_controller, error) {
        const tooLarge = (error as NodeJS.ErrnoException).code === "UND_ERR_RES_EXCEEDED_MAX_SIZE";
        if (status > 0) finish({ ...answer(true), ...(tooLarge ? { body: "", tooLarge } : {}) });
        else finish(networkFailure(error, controller !== undefined));
      },
    },
  );
}

function networkFailure(error: Error, sent: boolean): Exchange {
  // Node tries IPv4 and IPv6; when both fail, the reasons are inside an AggregateError whose message is empty.
  const inner = (error as Partial<AggregateError>).errors?.[0] as NodeJS.ErrnoException | undefined;
  const message = error.message === "" ? (inner?.message ?? "the connection failed") : error.message;
  const code = (error as NodeJS.ErrnoException).code ?? inner?.code;
  const reason = code === "UND_ERR_CONNECT_TIMEOUT" ? "timeout" : "network";
  return { type: "failure", reason, code, message, sent };
}
