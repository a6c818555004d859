import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type HttpBindings } from "@hono/node-server";
import { type Context as HonoContext } from "hono";
import { type Caller, type Context } from "../context";
import { settleDeletions } from "../deletions";
import { ApiError, unauthorized } from "../errors";
import { authentication } from "../../api/endpoints/authentication";
import { type Answer, answerTo, headersOf, payload, toResponse } from "./answer";
import { forPages, keepSession, withTokenOfCookie } from "./browsers";
import { type Deliveries } from "../webhooks/deliveries";
import { type Fault, type Faults } from "./faults";
import { type Idempotency } from "./idempotency";
import { rateHeaders, type RateLimiter, retrySeconds } from "./rate-limits";
import { type LoggedRequest, type ObjectChange, type RequestLog } from "./request-log";
import { type Route } from "./routes";
import { rawInput, basicClient, isBasic, readForm, readInput, fieldOf } from "./validation";

export type HttpContext = HonoContext<{ Bindings: HttpBindings; Variables: { requestId: string } }>;

export interface PipelineParts {
  readonly context: Context;
  readonly faults: Faults;
  readonly rateLimiter: RateLimiter;
  readonly requests: RequestLog;
  readonly idempotency: Idempotency;
  readonly deliveries: Deliveries;
  /** Aborted when the emulator closes, so that no request waits any longer. */
  readonly closing: AbortSignal;
}

/** The way of one API request: log, fault, authorization, rate limit, validation, handler, fault, answer. */
export async function serveApi(http: HttpContext, route: Route | undefined, parts: PipelineParts): Promise<Response> {
  const entry = parts.requests.begin(describe(http, route, parts));
  const began = performance.now();
  const changes: ObjectChange[] = [];
  const fault = parts.faults.take({
    method: entry.method,
    path: entry.path,
    operation: route?.endpoint.operation,
  });
  entry.fault = fault?.id ?? null;
  const rule = fault?.rule;
  try {
    // Read whatever the answer will be: an unread body would end the connection.
    const text = http.req.method === "GET" ? "" : await http.req.text();
    const waitMs = parts.context.settings.latencyMs + (rule?.delayMs ?? 0);
    if (waitMs > 0) await parts.context.clock.sleep(waitMs, parts.closing);
    const early = rule?.when === "before" && (rule.status ?? rule.cut) !== undefined;
    const answer = early ? { status: rule.status ?? 200, body: {} } : await act(http, route, text, changes, parts);
    const spoilt = rule === undefined ? answer : spoil(answer, rule);
    const body = payload(spoilt);
    const sent: Answer = spoilt.body === null ? spoilt : { ...spoilt, body };
    parts.requests.keep(entry, {
      requestHeaders: http.env.incoming.rawHeaders,
      requestBody: text,
      answerHeaders: headersOf(sent),
      answerBody: body,
      changes,
    });
    return send(http, sent, rule, entry);
  } catch (error) {
    // The client went away while it was sending, or the emulator closes while it waits: nobody is left to answer.
    entry.cut = true;
    http.env.incoming.socket.destroy(error instanceof Error ? error : undefined);
    return RESPONSE_ALREADY_SENT;
  } finally {
    entry.durationMs = performance.now() - began;
    parts.requests.end(entry);
  }
}

function describe(http: HttpContext, route: Route | undefined, { context }: PipelineParts): LoggedRequest {
  return {
    id: http.get("requestId"),
    time: context.clock.iso(),
    method: http.req.method,
    path: http.req.path,
    query: queryOf(http),
    operation: route?.endpoint.operation ?? null,
    idempotencyKey: http.req.header("idempotency-key") ?? null,
    userAgent: http.req.header("user-agent") ?? null,
    status: null,
    fault: null,
    cut: false,
    durationMs: null,
  };
}

/** As it came: to parse the whole address for it costs more than many an operation. */
function queryOf({ req: { url } }: HttpContext): string {
  const mark = url.indexOf("?");
  return mark < 0 ? "" : url.slice(mark + 1).replace(/#.*$/, "");
}

async function act(
  http: HttpContext,
  route: Route | undefined,
  text: string,
  changes: ObjectChange[],
  parts: PipelineParts,
): Promise<Answer> {
  let headers: Record<string, string> = {};
  try {
    if (route === undefined) throw new ApiError(404, { message: `Cannot ${http.req.method} ${http.req.path}` });
    const sent = sentText(http, route, text, parts.context);
    const caller = identify(http, route, sent, parts.context);
    headers = limit(route, parts);
    const answer = await handle(http, route, sent, caller, changes, parts);
    if (signsIn(route)) keepSession(http, sent, answer, parts.context);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (error) {
    const answer = answerTo(error);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }
}

const signsIn = ({ endpoint }: Route) => endpoint === authentication.authenticate;

/** The body as JSON: operations for applications take forms too, and a page may leave its token to a cookie. */
function sentText(http: HttpContext, route: Route, text: string, context: Context): string {
  if (!forPages(route.endpoint)) return text;
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(http.req.header("content-type") ?? "");
  const json = isForm
    ? JSON.stringify({ ...readForm(text), ...basicClient(http.req.header("authorization"), text) })
    : text;
  return signsIn(route) ? withTokenOfCookie(http, json, context) : json;
}

/**
 * Checks the API key. Signing in carries its own credentials in the body, and a public client has no key at all: there
 * the key may be missing, but not wrong.
 */
function identify(http: HttpContext, { endpoint, ownKey }: Route, text: string, { apiKeys }: Context): Caller {
  const header = http.req.header("authorization");
  const given = forPages(endpoint) && isBasic(header) ? undefined : header?.replace(/^bearer\s+/i, "");
  const known = given !== undefined && apiKeys.has(given);
  const needed = endpoint.public !== true && (given !== undefined || endpoint.credentialsInBody !== true);
  if (needed && !known && !(ownKey === true && given !== undefined)) throw unauthorized();
  return {
    apiKey: known ? given : undefined,
    bearer: given,
    ipAddress: http.env.incoming.socket.remoteAddress ?? null,
    userAgent: http.req.header("user-agent") ?? null,
    redirectUri: endpoint.credentialsInBody === true ? fieldOf("redirect_uri", text) : undefined,
  };
}

function limit(route: Route, { rateLimiter }: PipelineParts): Record<string, string> {
  const { limits } = rateLimiter;
  const verdict = rateLimiter.take(route.endpoint.lane);
  if (verdict === undefined || limits === false) return {};
  const headers = rateHeaders(verdict, limits);
  if (verdict.allowed) return headers;
  const body = {
    code: "rate_limit_exceeded",
    message: "Rate limit exceeded.",
    ...(limits.body ? { retry_after: retrySeconds(verdict) } : {}),
  };
  throw new ApiError(429, body, headers);
}

async function handle(
  http: HttpContext,
  route: Route,
  text: string,
  caller: Caller,
  changes: ObjectChange[],
  { context, idempotency, requests }: PipelineParts,
): Promise<Answer> {
  const query = new URLSearchParams(queryOf(http));
  const input = route.unparsed
    ? rawInput(http.req.param(), query, text)
    : readInput(route.endpoint, http.req.param(), query, text);
  const run = () => {
    settleDeletions(context);
    const act = () => route.run(input, context, caller);
    return http.req.method === "GET" ? act() : requests.during(changes, act);
  };
  const key = http.req.header("idempotency-key");
  const creates = route.endpoint.method === "POST" && 201 in route.endpoint.success;
  const honoured = route.idempotent === true || (creates && context.settings.switches.idempotency === "honour");
  if (key === undefined || !honoured) return run();
  return idempotency.run(key, `${http.req.path}\n${text}`, run);
}

/** The answer that a rule puts in place of the real one. */
function spoil(answer: Answer, rule: Fault): Answer {
  const replaced: Answer =
    rule.status === undefined
      ? { ...answer, headers: { ...answer.headers, ...rule.headers } }
      : {
          status: rule.status,
          body: rule.body === undefined ? { message: "Injected by a fault rule." } : rule.body,
          headers: rule.headers,
        };
  if (rule.corrupt === undefined) return replaced;
  const text = payload(replaced);
  const body = rule.corrupt === "malformed" ? "<html>Bad gateway</html>" : text.slice(0, Math.ceil(text.length / 2));
  return { ...replaced, body };
}

function send(http: HttpContext, answer: Answer, rule: Fault | undefined, entry: LoggedRequest): Response {
  if (rule?.cut === undefined) {
    entry.status = answer.status;
    return toResponse(answer);
  }
  entry.cut = true;
  const { incoming, outgoing } = http.env;
  if (rule.cut === "connection" || !("socket" in outgoing)) {
    incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  const text = Buffer.from(payload(answer));
  outgoing.writeHead(answer.status, { ...headersOf(answer), "Content-Length": String(text.length) });
  outgoing.write(text.subarray(0, Math.floor(text.length / 2)), () => incoming.socket.destroy());
  return RESPONSE_ALREADY_SENT;
}
