/** The typed client: every declared endpoint as a method, by one fold. */
import { setMaxListeners } from "node:events";
import { ulid } from "ulid";
import { systemClock, type Clock } from "./clock";
import { readExchange } from "./http/response";
import { DEFAULT_BASE_URL, parseBaseUrl } from "./http/base-url";
import { Budget, type Permit } from "./pace/budget";
import { defaultBudget } from "./pace/limits";
import { fixedConcurrency, LatencyConcurrency } from "./pace/concurrency";
import { type AnyEndpoint, type EndpointInput, type EndpointOutput, type EndpointSteps, type Repeat } from "./endpoint";
import { endpoints, type Endpoints } from "./endpoints/index";
import { WorkosError, type Failure } from "./http/errors";
import { compileOperation, type Input, type Operation, type PreparedRequest } from "./http/request";
import { checkApiKey, type ApiCounts, type ApiOptions, type CallOptions, type KeylessApiOptions } from "./http/options";
import { PagePromise, type ListAnswer } from "./http/pages";
import { ownRemedies, remedyFor, type Remedies } from "./http/remedies";
import { remainingHint } from "./pace/rate-headers";
import { redactor, type Redactor } from "./http/redact";
import {
  defaultRetryPolicy,
  isRepeatable,
  isTransient,
  mayBeDone,
  nextMove,
  retryDelay,
  type RetryPolicy,
} from "./http/retry";
import { createTransport, type Exchange, type Transport } from "./http/transport";
import { packageVersion } from "./http/version";
import { pause } from "./pace/wait";

type ListItem<Output> = [Output] extends [{ data: (infer T)[]; list_metadata: object }] ? T : never;

type Result<Output> = [ListItem<Output>] extends [never] ? Promise<Output> : PagePromise<ListItem<Output>>;

/** Path parameters, query and body fields as one flat object, which may be left out where none is required. */
type Arguments<In> = unknown extends In
  ? [input?: Record<never, never>, options?: CallOptions]
  : Record<never, never> extends In
    ? [input?: In, options?: CallOptions]
    : [input: In, options?: CallOptions];

/** An endpoint as a method. Endpoints that answer pages give a `PagePromise`. */
export type ApiMethod<E> = (...args: Arguments<EndpointInput<E>>) => Result<EndpointOutput<E> | EndpointSteps<E>>;

/** Endpoints by family and name. */
export type EndpointTable = Readonly<Record<string, Readonly<Record<string, AnyEndpoint>>>>;

/** A table's endpoints as methods. */
export type Methods<Table> = {
  readonly [F in keyof Table]: { readonly [M in keyof Table[F]]: ApiMethod<Table[F][M]> };
};

/** The client of the endpoints of one table. */
export type ApiOf<Table> = Methods<Table> & {
  /** Refuses new requests, waits for those under way and ends the connections. */
  close(): Promise<void>;
  readonly counts: ApiCounts;
  /** How far the vendor's clock is ahead of ours, by the date of its last answer; 0 before the first. */
  readonly vendorClock: { readonly aheadMs: number };
};

export type Api = ApiOf<Endpoints>;

/**
 * The client of one environment: one pool of connections, one rate budget.
 * @param transport instead of connections of its own.
 */
export function createApi(options: ApiOptions, transport?: Transport): Api {
  checkApiKey(options.apiKey);
  return createApiOf(endpoints, options, transport);
}

/** The same over another table; without an API key, only what needs none can be called. */
export function createApiOf<Table extends EndpointTable>(
  table: Table,
  options: KeylessApiOptions,
  transport?: Transport,
): ApiOf<Table> {
  const caller = new Caller(options, transport);
  const families = Object.entries(table).map(([family, methods]) => [
    family,
    Object.fromEntries(Object.entries(methods).map(([name, endpoint]) => [name, caller.method(endpoint)] as const)),
  ]);
  const own = { close: () => caller.close(), counts: caller.counts, vendorClock: caller.vendorClock };
  // The one cast of the fold: `Object.entries` forgets which endpoint stands behind which name; `ApiOf` says it again.
  return { ...(Object.fromEntries(families) as object), ...own } as ApiOf<Table>;
}

/** The part of a call that stays the same over its attempts. */
interface Call {
  readonly operation: Operation;
  readonly input: Input;
  readonly request: PreparedRequest;
  readonly headers: Record<string, string>;
  readonly repeat: Repeat;
  readonly totalMs: number;
  readonly ticket: number;
  readonly signal?: AbortSignal;
}

class Caller {
  readonly counts: { requests: Record<string, number>; retries: number; waits: number };
  readonly vendorClock = { aheadMs: 0 };
  readonly #options: KeylessApiOptions;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #policy: RetryPolicy;
  readonly #remedies: Remedies;
  readonly #attemptMs: number;
  readonly #totalMs: number;
  readonly #prefix: string;
  readonly #transport: Transport;
  readonly #budget: Budget;
  readonly #headers: Record<string, string>;
  readonly #secrets: readonly string[];
  readonly #stop = new AbortController();
  #tickets = 0;

  constructor(options: KeylessApiOptions, transport?: Transport) {
    if (options.apiKey !== undefined) checkApiKey(options.apiKey);
    this.#remedies = options.remedies ?? ownRemedies;
    const { origin, prefix } = parseBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL, this.#remedies.baseUrl);
    this.counts = { requests: {}, retries: 0, waits: 0 };
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#policy = { ...defaultRetryPolicy, ...options.retry };
    this.#attemptMs = options.timeouts?.attemptMs ?? 30_000;
    this.#totalMs = options.timeouts?.totalMs ?? 120_000;
    this.#prefix = prefix;
    const limits = options.budget === false ? false : { ...defaultBudget, ...options.budget };
    const concurrency = options.concurrency ?? (limits ? new LatencyConcurrency(limits) : fixedConcurrency());
    this.#transport = transport ?? createTransport(origin, this.#attemptMs, concurrency.max ?? concurrency.limit);
    this.#budget = new Budget({
      clock: this.#clock,
      limits,
      concurrency,
      onWait: options.onWait,
    });
    this.#secrets = options.apiKey === undefined ? [] : [options.apiKey];
    this.#headers = {
      ...(options.apiKey !== undefined && { authorization: `Bearer ${options.apiKey}` }),
      accept: "application/json",
      "user-agent": [options.userAgent, `pulumi-workos/${packageVersion()}`, `node/${process.versions.node}`]
        .filter(Boolean)
        .join(" "),
    };
    this.#followSignal(options.signal);
  }

  /** One endpoint as a method; everything that does not depend on the input is prepared here, once. */
  method(endpoint: AnyEndpoint): (input?: Input, options?: CallOptions) => unknown {
    const operation = compileOperation(endpoint);
    if (!operation.paged) return async (input = {}, options = {}) => this.#call(operation, input, options);
    return (input = {}, options = {}) =>
      new PagePromise(
        async (pageInput) => (await this.#call(operation, pageInput, options)) as ListAnswer<unknown>,
        input,
        {
          method: endpoint.method,
          path: operation.prepare(input).shownPath,
        },
      );
  }

  async close(): Promise<void> {
    this.#halt(new Error("the client is closed"));
    await this.#transport.close();
  }

  #followSignal(signal: AbortSignal | undefined): void {
    if (!signal) return;
    const onAbort = () => this.#halt(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  }

  #halt(reason: unknown): void {
    this.#stop.abort(reason);
    this.#budget.stop(reason);
  }

  #call(operation: Operation, input: Input, options: CallOptions): Promise<unknown> {
    const { endpoint } = operation;
    const request = operation.prepare(input);
    if (this.#options.apiKey === undefined && !endpoint.public && !endpoint.credentialsInBody) {
      return Promise.reject(
        new WorkosError(keyMissing, { ...notTried, method: endpoint.method, path: request.shownPath }),
      );
    }
    // One signal for a thousand calls is proper use; Node would warn of a leak from the eleventh on.
    if (options.signal) setMaxListeners(0, options.signal);
    const headers = { ...this.#headers };
    if (endpoint.public) delete headers.authorization;
    if (request.body !== undefined) headers["content-type"] = "application/json";
    if (endpoint.method === "POST" && endpoint.repeat === "unsafe") {
      // One per call, not per attempt: the vendor's documentation covers one endpoint only, so it is a second
      // safeguard, never the first.
      headers["idempotency-key"] = options.idempotencyKey ?? ulid(this.#clock.now());
    }
    return this.#run({
      operation,
      input,
      request,
      headers,
      repeat: options.repeat ?? endpoint.repeat,
      totalMs: options.totalMs ?? this.#totalMs,
      ticket: this.#tickets++,
      signal: options.signal,
    });
  }

  async #run(call: Call): Promise<unknown> {
    const { operation, request, repeat } = call;
    const { lane } = operation.endpoint;
    // Made on the first failure only: most calls have none.
    let redact: Redactor | undefined;
    const clean: Redactor = (text) => (redact ??= redactor([...this.#secrets, ...request.secrets]))(text);
    let ambiguous = false;
    let deadline = Infinity;
    let attempts = 0;
    let refusals = 0;
    let last: Failure | undefined;

    const error = (failure: Failure) =>
      new WorkosError(failure, {
        method: operation.endpoint.method,
        path: request.shownPath,
        attempts,
        retryable: isRepeatable(this.#policy, failure, repeat) && !(ambiguous && repeat === "unsafe"),
        ambiguous,
        remedy: remedyFor(failure, this.#remedies),
      });

    for (;;) {
      let permit: Permit;
      try {
        permit = await this.#budget.enter(lane, call.ticket, call.signal);
      } catch (reason) {
        throw error(stopped(reason));
      }
      // While the vendor refuses some and accepts others, whoever is refused stands in line like the rest.
      if (last?.kind === "rate_limited") {
        deadline = Math.max(deadline, this.#clock.now() - this.#budget.sinceAccepted(lane) + call.totalMs);
      }
      if (last && this.#clock.now() >= deadline) {
        permit.done("unsent", false);
        throw error(last);
      }
      // Waiting for our own budget does not count: thousands of requests may stand in line for good reason.
      if (attempts === 0) deadline = this.#clock.now() + call.totalMs;
      attempts += 1;
      const exchange = await this.#send(call, deadline);
      const reading = readExchange(operation, call.input, exchange, clean, this.#clock.now());
      const ms = reading.ok ? 0 : retryDelay(this.#policy, reading.failure, attempts, this.#random);
      this.#account(operation.endpoint, exchange, permit, reading.ok ? undefined : reading.failure, ms);
      if (reading.ok) return reading.value;

      const { failure } = reading;
      last = failure;
      ambiguous ||= lane !== "read" && mayBeDone(failure);
      if (failure.kind === "rate_limited") refusals += 1;
      const move = nextMove(this.#policy, {
        failure,
        repeat,
        attempts,
        refusals,
        waitMs: ms,
        totalMs: call.totalMs,
        aboutOnePerson: aboutOnePerson(operation.endpoint, failure),
        leftMs: deadline - this.#clock.now(),
        sinceAcceptedMs: this.#budget.sinceAccepted(lane),
      });
      if (move !== "repeat") throw error(failure);
      await this.#waitToRepeat(call, failure, attempts, ms).catch((reason: unknown) => {
        throw error(stopped(reason));
      });
    }
  }

  #send({ operation, request, headers, signal }: Call, deadline: number): Promise<Exchange> {
    const { operation: name, method } = operation.endpoint;
    this.counts.requests[name] = (this.counts.requests[name] ?? 0) + 1;
    return this.#transport.send({
      method,
      path: this.#prefix + request.path,
      headers,
      body: request.body,
      timeoutMs: Math.max(1, Math.min(this.#attemptMs, deadline - this.#clock.now())),
      signal,
    });
  }

  /** Tells the budget what the exchange taught. The permit goes last: it lets the next request of the lane pass. */
  #account(endpoint: AnyEndpoint, exchange: Exchange, permit: Permit, failure: Failure | undefined, ms: number): void {
    const { lane } = endpoint;
    const answered = exchange.type === "answer";
    const hint = answered ? remainingHint(exchange.headers, this.#clock.now()) : undefined;
    if (hint) this.#budget.learn(lane, hint);
    const date = answered ? Date.parse(String(exchange.headers.date)) : NaN;
    if (!Number.isNaN(date)) this.vendorClock.aheadMs = date - this.#clock.now();
    // A quota that no wait brings back is no reason for other requests to wait.
    // So is a limit on one person's sign-ins.
    const overLimit =
      failure?.kind === "rate_limited" && !aboutOnePerson(endpoint, failure) && isTransient(this.#policy, failure);
    if (overLimit) this.#budget.pause(lane, ms);
    const outcome = overLimit ? "refused" : answered || exchange.sent ? "counted" : "unsent";
    permit.done(outcome, answered && exchange.status !== 429 && exchange.status < 500);
  }

  /** After a 429 the whole lane waits, and this request with it, in its old place; otherwise it waits alone. */
  async #waitToRepeat({ operation, request, signal }: Call, failure: Failure, attempt: number, ms: number) {
    const { operation: name, method } = operation.endpoint;
    const { status, code } = failure;
    this.counts.retries += 1;
    this.counts.waits += 1;
    const info = { operation: name, method, path: request.shownPath, ms, attempt, status, code };
    this.#options.onWait?.({ reason: "retry", ...info });
    if (failure.kind !== "rate_limited") await pause(this.#clock, ms, [this.#stop.signal, signal]);
  }
}

/** A 429 that names itself otherwise than the limits of the whole environment do. */
const aboutOnePerson = ({ limitedPerPerson }: AnyEndpoint, { kind, code }: Failure) =>
  limitedPerPerson === true && kind === "rate_limited" && code !== "rate_limit_exceeded";

const notTried = { attempts: 0, retryable: false, ambiguous: false };
const keyMissing: Failure = {
  kind: "auth",
  outcome: "not_sent",
  code: "api_key_missing",
  message: "this operation needs an API key, and this client was made without one",
  fields: [],
};

function stopped(reason: unknown): Failure {
  const why = reason instanceof Error && reason.message !== "" ? `: ${reason.message}` : "";
  return { kind: "aborted", outcome: "not_sent", message: `stopped while waiting to be sent${why}`, fields: [] };
}
