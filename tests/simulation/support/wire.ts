/** The way between a process and the local AuthKit, on which everything may go wrong. */
import { type Exchange, type HttpRequest, type Transport } from "../../../api/http/transport";
import { type Answer, type AuthKit } from "./authkit";
import { type Random } from "./random";
import { type Timeline } from "./timeline";

/** What may happen to a request. Only those of the second list are carried out, or may be. */
export const refused = [
  "429",
  "429 for a while",
  "500 before",
  "503 before",
  "502 page before",
  "cut before",
  "timeout",
  "404 page",
  "404 of a router",
  "404 of another service",
  "200 page",
  "200 of another service",
  "401",
  "403",
] as const;
export const carriedOut = [
  "500 after",
  "502 page after",
  "cut after",
  "cut in the body",
  "truncated",
  "malformed",
  "late",
  "doubled",
  "about another",
  "without filters",
  "repeated entries",
  "endless pages",
  "unknown fields",
  "a field missing",
] as const;
export const wireFaults = [...refused, ...carriedOut];
export type WireFault = (typeof wireFaults)[number];

/** A fault of one request of a run, counted from 0; `"kill …"` ends the process there. */
export interface Fault {
  readonly at: number;
  readonly what: WireFault | "kill before" | "kill after" | "meanwhile";
  /** Counts what is sent to change something alone. */
  readonly ofWrites?: boolean;
}

export interface WireParts {
  readonly authKit: () => AuthKit;
  readonly clock: Timeline;
  readonly random: Random;
  readonly faults: readonly Fault[];
  readonly isDead: () => boolean;
  readonly kill: () => void;
  /** Somebody else acts right before this request arrives. */
  readonly meanwhile: (at: number) => Promise<void>;
  /** Is told of every answer of the local AuthKit, whether or not it arrives. */
  readonly answered: (request: HttpRequest, answer: Answer) => void;
}

const never = new Promise<never>(() => undefined);

export function wire(parts: WireParts): Transport {
  const { authKit, clock, random, isDead, kill, meanwhile, answered } = parts;
  let sent = 0;
  let written = 0;
  let endless = false;
  const carryOut = async (request: HttpRequest, path = request.path): Promise<Answer> => {
    const answer = await authKit().answer({ ...request, path });
    answered(request, answer);
    return answer;
  };
  return {
    close: () => Promise.resolve(),
    send(request) {
      if (isDead()) return never;
      const at = sent++;
      const place = request.method === "GET" ? -1 : written++;
      const met = parts.faults.find((one) => one.at === (one.ofWrites ? place : at));
      const fault = met?.what;
      const salt = random.next();
      return new Promise<Exchange>((resolve) => {
        const tell = (exchange: Exchange) => {
          if (!isDead()) resolve(exchange);
        };
        const later = (ms: number, task: () => void | Promise<void>) => clock.after(ms, task);
        const latency = random.int(5, 120);
        if (fault === "timeout" || fault === "late") {
          later(request.timeoutMs, () => {
            tell({ type: "failure", reason: "timeout", message: "no complete answer in time", sent: true });
          });
          if (fault === "late") {
            later(request.timeoutMs + random.int(50, 20_000), async () => void (await carryOut(request)));
          }
          return;
        }
        later(latency, async () => {
          if (fault === "kill before") kill();
          if (isDead() && fault === "kill before") return;
          if (fault === "meanwhile") await meanwhile(met?.at ?? at);
          if (fault === "endless pages") endless = true;
          const without = beforeEffect(fault);
          if (without) {
            tell(without);
            return;
          }
          const path =
            fault === "without filters" && request.method === "GET" ? unfiltered(request.path) : request.path;
          const isCreate = request.method === "POST" && request.headers["idempotency-key"] === undefined;
          if (fault === "doubled" && !isCreate) await carryOut(request, path);
          const isPage = endless && request.method === "GET" && /[?&]limit=/.test(path);
          const answer = await carryOut(request, isPage ? path.replace(/([?&])after=[^&]*/, "$1") : path);
          if (fault === "kill after") kill();
          const others = () => authKit().state();
          tell(isPage ? endlessly(answer, at) : afterEffect(fault, request, answer, salt, others));
        });
      });
    },
  };
}

const page = "<html><body><h1>Service</h1></body></html>";
const html = { "content-type": "text/html" };
const json = { "content-type": "application/json" };
const answerOf = (status: number, headers: Record<string, string>, body: string, cut = false): Exchange => ({
  ...{ type: "answer", status, headers, body, cut },
});
const failureOf = (message: string): Exchange => ({
  ...{ type: "failure", reason: "network", code: "ECONNRESET", message, sent: true },
});

/** What is answered although nothing was done. */
function beforeEffect(fault: string | undefined): Exchange | undefined {
  switch (fault) {
    case "429":
      return answerOf(429, { ...json, "retry-after": "3" }, '{"message":"Too many requests"}');
    case "429 for a while":
      return answerOf(429, json, '{"code":"rate_limit_exceeded","message":"Rate limit exceeded."}');
    case "500 before":
      return answerOf(500, json, '{"message":"Internal server error"}');
    case "503 before":
      return answerOf(503, json, '{"message":"Unavailable"}');
    case "502 page before":
      return answerOf(502, html, page);
    case "cut before":
      return failureOf("other side closed");
    case "404 page":
      return answerOf(404, html, page);
    case "404 of a router":
      return answerOf(404, json, '{"message":"Cannot GET /elsewhere","error":"Not Found","statusCode":404}');
    case "404 of another service":
      return answerOf(404, json, '{"message":"Not Found"}');
    case "200 page":
      return answerOf(200, html, page);
    case "200 of another service":
      return answerOf(200, json, '{"status":"ok"}');
    case "401":
      return answerOf(401, json, '{"message":"Unauthorized"}');
    case "403":
      return answerOf(403, json, '{"message":"Forbidden"}');
    default:
      return undefined;
  }
}

type Others = () => ReturnType<AuthKit["state"]>;

/** How an answer arrives after the work was done. */
function afterEffect(
  fault: string | undefined,
  request: HttpRequest,
  { status, headers, body }: Answer,
  salt: number,
  others: Others,
): Exchange {
  const half = body.slice(0, Math.ceil(body.length / 2));
  switch (fault) {
    case "500 after":
      return answerOf(500, json, '{"message":"Internal server error"}');
    case "502 page after":
      return answerOf(502, html, page);
    case "cut after":
      return failureOf("other side closed");
    case "cut in the body":
      return answerOf(status, headers, half, true);
    case "truncated":
      return answerOf(status, headers, half);
    case "malformed":
      return answerOf(status, headers, page);
    case "about another":
      return answerOf(
        status,
        headers,
        changedBody(body, (value) => another(value, salt, others())),
      );
    case "repeated entries":
      return answerOf(
        status,
        headers,
        changedBody(body, (value) => (isList(value) ? { ...value, data: [...value.data, ...value.data] } : value)),
      );
    case "unknown fields":
      return answerOf(
        status,
        headers,
        changedBody(body, (value) => ({ ...value, something_new: { deep: [1, null] } })),
      );
    case "a field missing":
      return answerOf(
        status,
        headers,
        changedBody(body, (value) => without(value, salt)),
      );
    default:
      return answerOf(status, headers, body);
  }
}

type Json = Record<string, unknown>;
type List = Json & { data: Json[] };
const isList = (value: Json): value is List => Array.isArray(value.data);

function changedBody(body: string, change: (value: Json) => Json): string {
  if (!body.startsWith("{")) return body;
  const value = JSON.parse(body) as Json;
  // Refusals are left as they are: what they say is not looked at here.
  return typeof value.object === "string" || Array.isArray(value.data) ? JSON.stringify(change(value)) : body;
}

/** The same kind of object, and another one. */
function another(value: Json, salt: number, state: ReturnType<Others>): Json {
  const all: Readonly<Record<string, readonly object[]>> = {
    user: state.users,
    organization: state.organizations,
    organization_membership: state.organizationMemberships,
    invitation: state.invitations,
  };
  const candidates = (all[String(value.object)] ?? []).filter((one) => (one as Json).id !== value.id);
  return candidates.length === 0 ? value : (candidates[Math.floor(salt * candidates.length)] as Json);
}

function without(value: Json, salt: number): Json {
  const names = Object.keys(value);
  const name = names[Math.floor(salt * names.length)] ?? "";
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

function unfiltered(path: string): string {
  const [place = "", query = ""] = path.split("?");
  const left = new URLSearchParams(query);
  const isList = /^\/(user_management\/(users|organization_memberships|invitations))$/.test(place);
  if (!isList) return path;
  // The vendor refuses a list of memberships without either.
  for (const name of place.endsWith("memberships") ? ["user_id"] : ["email", "organization_id"]) {
    if (!(name === "user_id" && !left.has("organization_id"))) left.delete(name);
  }
  return `${place}?${left.toString()}`;
}

/** The same page for ever, each time with another cursor. */
function endlessly({ status, headers, body }: Answer, at: number): Exchange {
  const changed = changedBody(body, (value) =>
    isList(value) ? { ...value, list_metadata: { before: null, after: `om_01CURSOR${at}` } } : value,
  );
  return answerOf(status, headers, changed);
}
