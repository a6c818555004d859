/** What an exchange means: the parsed success, or the failure in every variant the vendor is known to answer. */
import { type IncomingHttpHeaders } from "node:http";
import { type z } from "zod";
import { isObject } from "./about";
import { conforms } from "./quick-check";
import { type AnyEndpoint } from "../endpoint";
import { type ErrorKind, type Failure, type FieldError } from "./errors";
import { type Redactor } from "./redact";
import { type Input, type Operation } from "./request";
import { parseRetryAfter } from "./retry";
import { type Exchange } from "./transport";

export type Reading =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: Failure };

const MAX_TEXT = 500;
const MAX_FIELDS = 10;

/** Reads an exchange by the endpoint's declaration. Texts of the vendor pass through `redact`. */
export function readExchange(
  { endpoint, mismatch }: Operation,
  input: Input,
  exchange: Exchange,
  redact: Redactor,
  now: number,
): Reading {
  if (exchange.type === "failure") {
    const { reason, code, message, sent } = exchange;
    return fail({ kind: reason, outcome: sent ? "unknown" : "not_sent", code, message: redact(message), fields: [] });
  }
  if (exchange.status >= 200 && exchange.status < 300)
    return readSuccess(endpoint, (value) => mismatch(input, value), exchange, redact);
  return readStep(endpoint, exchange) ?? fail(readError(exchange, redact, now));
}

function readStep({ steps }: AnyEndpoint, { body }: Answer): Reading | undefined {
  const step = steps?.safeParse(parseJson(body)?.value);
  return step?.success ? { ok: true, value: step.data } : undefined;
}

type Answer = Extract<Exchange, { type: "answer" }>;

function readSuccess(
  endpoint: AnyEndpoint,
  mismatch: (value: unknown) => string | undefined,
  answer: Answer,
  redact: Redactor,
): Reading {
  const schema = successSchema(endpoint, answer.status);
  const bad = (code: string, message: string): Reading =>
    fail({
      kind: "bad_response",
      outcome: "done",
      status: answer.status,
      code,
      message: redact(message),
      requestId: requestId(answer.headers, redact),
      fields: [],
    });
  if (answer.tooLarge) return bad("answer_too_large", "the answer is larger than any that is documented");
  if (schema === null) {
    if (saysNothingElse(answer)) return { ok: true, value: undefined };
    const damaged =
      parseJson(answer.body) === undefined && (header(answer.headers, "content-type") ?? "").includes("json");
    return bad(
      damaged ? "malformed_json" : "unexpected_answer",
      `where a success has no body there is ${bodyKind(answer)}`,
    );
  }
  if (answer.cut) return bad("answer_cut_off", "the connection ended before the answer was complete");
  const json = parseJson(answer.body);
  if (json === undefined) return bad("malformed_json", `the answer is not JSON but ${bodyKind(answer)}`);
  const parsed = conforms(schema, json.value)
    ? { success: true as const, data: json.value }
    : schema.safeParse(json.value);
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 3).map(issueText).join("; ");
    return bad("unexpected_answer", `the answer is not what is documented: ${issues}`);
  }
  const other = mismatch(parsed.data);
  return other === undefined
    ? { ok: true, value: parsed.data }
    : bad("answer_about_another", `the answer is about something else: its ${other}`);
}

/** A success without a body. Some answer an empty object, or the one that was ended; what somebody in between says is none. */
function saysNothingElse({ body, cut }: Answer): boolean {
  if (cut || body.trim() === "") return true;
  const value = parseJson(body)?.value;
  return value === null || (isObject(value) && (Object.keys(value).length === 0 || typeof value.object === "string"));
}

/**
 * Whether the vendor itself says that there is no such object. Whatever else answers 404 (a proxy, a wrong path or
 * address, another service) knows nothing of the object, and taking its word would let go of what is still there.
 */
function isVendorsMissing(body: Record<string, unknown> | undefined): boolean {
  if (body === undefined || frameworkFields.some((field) => body[field] !== undefined)) return false;
  const { code, error, message, entity_id: entity } = body;
  // All that the vault answers.
  if (Object.keys(body).length === 1 && typeof error === "string" && /^(item|object) not found\b/i.test(error))
    return true;
  if (typeof entity === "string") return true;
  const named = [code, error].find((text) => typeof text === "string" && /^[a-z_]+_not_found$/.test(text));
  if (typeof named === "string") return !/^(route|page|path|endpoint|url|host|service|resource)_/.test(named);
  if (typeof message !== "string" || unknownRoute.test(message)) return false;
  return thing.test(message) && missing.test(message);
}

/** What web frameworks put into an answer for a route that they do not have. */
const frameworkFields = ["statusCode", "path", "timestamp", "status", "method"];
const unknownRoute = /\/\w|^cannot\b|\broute\b|\bpage\b|\bpath\b|\bendpoint\b|\burl\b/i;
const missing = /not (?:be )?found|does not exist|no such|could not find|^unknown\b/i;
/** What the vendor has, or the id of one: what a 404 of the vendor's own says is missing. */
const thing =
  /\b(user|client|organi[sz]ation|membership|invitation|key|role|permission|group|domain|session|factor|challenge|verification|reset|code|token|identity|application|secret|connection|directory|jwt template|entity|assignment|integration|provider|audit log action|radar list entry|authorization resource)s?\b|\b[a-z_]+_[0-9A-Za-z]{6,}/i;

/**
 * The schema for a success status, `null` for none. A status that nobody documents is still a success: it is read
 * like a documented one, as an answer without a body where the endpoint has such an answer.
 */
function successSchema(endpoint: AnyEndpoint, status: number): z.ZodType | null {
  const documented = endpoint.success[status];
  if (documented !== undefined) return documented;
  const schemas = Object.values(endpoint.success);
  return schemas.includes(null) ? null : (schemas[0] ?? null);
}

/** Path and expectation, never the value: it may be personal or secret. */
function issueText(issue: z.core.$ZodIssue): string {
  return `${jsonPath(issue.path)}: ${issue.message.replace(/^Invalid input: /, "")}`;
}

/** `["data", 3, "status"]` gives `data[3].status`. */
export function jsonPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "(whole answer)";
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : `${index > 0 ? "." : ""}${String(step)}`))
    .join("");
}

function readError(answer: Answer, redact: Redactor, now: number): Failure {
  const { status, headers } = answer;
  const body = asRecord(parseJson(answer.body)?.value);
  const clean = (value: unknown) => text(value, redact);
  const fields = errorFields(body, clean);
  if (status === 404 && !isVendorsMissing(body)) return notTheVendors(answer, body, clean, redact);
  return {
    kind: kindOf(status),
    // A 408 should mean that the request never arrived whole, yet gateways answer it for slow backends too.
    outcome: status === 408 || status >= 500 ? "unknown" : "refused",
    status,
    code: clean(body?.code) ?? errorCode(body?.error, clean),
    message: errorText(answer, body, clean),
    requestId: requestId(headers, redact),
    fields,
    entityId: clean(body?.entity_id),
    retryAfterMs: parseRetryAfter(header(headers, "retry-after"), now) ?? bodyRetryAfter(body, now),
  };
}

function notTheVendors(
  answer: Answer,
  body: Record<string, unknown> | undefined,
  clean: Clean,
  redact: Redactor,
): Failure {
  const says = clean(body?.message) ?? clean(body?.error) ?? bodyKind(answer);
  return {
    ...{ kind: "bad_response", outcome: "refused", status: answer.status, code: "not_from_the_vendor", fields: [] },
    message: `not WorkOS's answer about a missing object: ${says}`,
    requestId: requestId(answer.headers, redact),
  };
}

function kindOf(status: number): ErrorKind {
  if (status >= 500) return "server";
  if (status < 400) return "bad_response";
  return kinds[status] ?? "invalid";
}

const kinds: Readonly<Record<number, ErrorKind>> = {
  401: "auth",
  403: "forbidden",
  404: "not_found",
  408: "timeout",
  409: "conflict",
  429: "rate_limited",
};

type Clean = (value: unknown) => string | undefined;

function errorText(answer: Answer, body: Record<string, unknown> | undefined, clean: Clean): string {
  const vendor = clean(body?.message) ?? clean(body?.error_description) ?? clean(body?.error);
  if (vendor !== undefined) return vendor;
  if (answer.status < 400) return `unexpected redirect${redirectTarget(answer.headers)}`;
  return body === undefined ? bodyKind(answer) : "no message in the answer";
}

/** Only the origin: the rest of a `Location` may carry a token. */
function redirectTarget(headers: IncomingHttpHeaders): string {
  const location = header(headers, "location");
  return location !== undefined && URL.canParse(location) ? ` to ${new URL(location).origin}` : "";
}

/** What a body is, where it is not what it should be; never its text. */
function bodyKind({ body, headers }: Answer): string {
  if (body.trim() === "") return "an empty answer";
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(header(headers, "content-type") ?? "")?.[0];
  return `an answer of ${type ?? "unknown type"} (${Buffer.byteLength(body)} bytes)`;
}

/** `errors` as E3 (`code`, `message`), E4 (`code`, `field`), E9 (`property`, `constraints`), or plain texts. */
function errorFields(body: Record<string, unknown> | undefined, clean: Clean): FieldError[] {
  const errors: readonly unknown[] = Array.isArray(body?.errors) ? body.errors : [];
  return errors.slice(0, MAX_FIELDS).flatMap((entry): FieldError[] => {
    if (typeof entry === "string") return [{ message: clean(entry) }];
    const item = asRecord(entry);
    if (item === undefined) return [];
    const constraints = asRecord(item.constraints);
    return [
      {
        field: clean(item.field) ?? clean(item.property),
        code: clean(item.code),
        message: clean(item.message) ?? (constraints && clean(Object.values(constraints))),
      },
    ];
  });
}

/** `error` is a code in OAuth answers (`invalid_grant`) and a phrase in others (`Unprocessable Entity`). */
const errorCode = (value: unknown, clean: Clean) =>
  typeof value === "string" && /^[a-z0-9_.-]+$/.test(value) ? clean(value) : undefined;

function bodyRetryAfter(body: Record<string, unknown> | undefined, now: number): number | undefined {
  const value = body?.retry_after;
  return typeof value === "number" || typeof value === "string" ? parseRetryAfter(value, now) : undefined;
}

/** A text of the vendor's, or a list of them, on one line, without secrets, of bearable length. */
function text(value: unknown, redact: Redactor): string | undefined {
  if (Array.isArray(value)) {
    const texts = value.filter((item) => typeof item === "string");
    return texts.length > 0 ? text(texts.join("; "), redact) : undefined;
  }
  if (typeof value !== "string") return undefined;
  // Terminals obey control characters, and a message is one line.
  const line = redact(value)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (line === "") return undefined;
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
}

/** Shown only where it looks like an id: it is to be quoted to the vendor's support. */
function requestId(headers: IncomingHttpHeaders, redact: Redactor): string | undefined {
  const id = header(headers, "x-request-id");
  return id !== undefined && /^[\w.:-]{1,100}$/.test(id) ? redact(id) : undefined;
}

export function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function parseJson(body: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(body) as unknown };
  } catch {
    return undefined;
  }
}

const asRecord = (value: unknown) => (isObject(value) ? value : undefined);

const fail = (failure: Failure): Reading => ({ ok: false, failure });
