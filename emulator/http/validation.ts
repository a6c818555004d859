import { type z } from "zod";
import { type AnyEndpoint } from "../../api/endpoint";
import { ApiError, type FieldError, invalidParameters, oauthError } from "../errors";

/** Parses query and body by the declaration's schemas; unknown fields pass and are dropped. */
export function readInput(
  endpoint: AnyEndpoint,
  params: Readonly<Record<string, string>>,
  query: URLSearchParams,
  text: string,
): object {
  return {
    ...(endpoint.body === undefined ? {} : parse(endpoint.body, readJson(text), endpoint)),
    ...(endpoint.query === undefined ? {} : parse(endpoint.query, readQuery(query), endpoint)),
    ...params,
  };
}

function parse(schema: z.ZodType, value: unknown, endpoint: AnyEndpoint): object {
  const result = schema.safeParse(value);
  if (result.success) return result.data as object;
  const errors = result.error.issues.map((issue) => fieldError(issue, value));
  throw invalidParameters(errors, endpoint.refusesWithoutCode);
}

/** The message is zod's, which names what was expected and never repeats what was sent. */
function fieldError(issue: z.core.$ZodIssue, value: unknown): FieldError {
  const field = issue.path.map(String).join(".");
  const missing = issue.path.length > 0 && valueAt(value, issue.path) === undefined;
  const code = missing ? "required" : issue.code === "invalid_format" ? `invalid_${issue.format}` : issue.code;
  return { ...(field === "" ? {} : { field }), code, message: `${field === "" ? "body" : field}: ${issue.message}` };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}

/** Path, query and body as they are, for the few routes that read them themselves. */
export function rawInput(params: Readonly<Record<string, string>>, query: URLSearchParams, text: string): object {
  const body = readJson(text);
  const { limit, ...rest } = readQuery(query);
  const fields = typeof body === "object" && body !== null ? body : {};
  return {
    ...fields,
    ...rest,
    ...(limit === undefined ? {} : { limit: Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 10)) }),
    ...params,
  };
}

/** As OAuth's own clients send it (RFC 6749 4): the fields of a form, where no operation has nested ones. */
export function readForm(text: string): Readonly<Record<string, string>> {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.has(name)) throw oauthError("invalid_request", `${name.slice(0, 100)} is given twice.`);
    // A parameter without a value counts as left out (RFC 6749 3.2).
    if (value !== "") fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

export const isBasic = (header: string | undefined): boolean => /^basic\s/i.test(header ?? "");

/** A client that names itself in the header instead of in its form (RFC 6749 2.3.1). */
export function basicClient(header: string | undefined, form: string): Readonly<Record<string, string>> {
  if (!isBasic(header)) return {};
  const pair = Buffer.from((header ?? "").replace(/^basic\s+/i, ""), "base64").toString();
  const colon = pair.indexOf(":");
  const [id, secret] = [pair.slice(0, colon), pair.slice(colon + 1)].map(decoded);
  if (colon < 1 || id === undefined || secret === undefined) {
    throw oauthError("invalid_request", "The Authorization header is not of the form client_id:client_secret.");
  }
  if (new URLSearchParams(form).has("client_id")) {
    throw oauthError("invalid_request", "client_id is given twice: in the header and in the form.");
  }
  return { client_id: id, ...(secret === "" ? {} : { client_secret: secret }) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return undefined;
  }
}

/** An operation whose body is all optional may be called without one. */
export function readJson(text: string): unknown {
  if (text.trim() === "") return {};
  const value = parsed(text);
  refuseStrange(value);
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiError(400, { message: "The request body is not valid JSON." });
  }
}

/** Deeper than any operation reads. */
const deepest = 100;

/**
 * A key `__proto__` is no key of most maps in JavaScript, so it would be lost on the way; and what is nested without
 * an end could not be written out again. Without recursion, which such a value would exhaust.
 */
function refuseStrange(value: unknown): void {
  const waiting: { at: unknown; path: readonly string[] }[] = [{ at: value, path: [] }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { at, path } = next;
    if (typeof at !== "object" || at === null) continue;
    if (path.length >= deepest) {
      throw invalidParameters([{ code: "too_deep", message: `body: nested more than ${deepest} times.` }]);
    }
    for (const [key, inner] of Object.entries(at)) {
      const field = [...path, key].join(".");
      if (key === "__proto__")
        throw invalidParameters([{ field, code: "invalid_key", message: `${field}: not a key.` }]);
      if (typeof inner === "object" && inner !== null) waiting.push({ at: inner, path: [...path, key] });
    }
  }
}

/** A repeated parameter, or one named `x[]`, is a list; other implementations of this API spell lists so. */
function readQuery(query: URLSearchParams): Record<string, string | string[]> {
  const read: Record<string, string | string[]> = {};
  const sent = new Map<string, string[]>();
  for (const [name, value] of query) {
    const values = sent.get(name);
    if (values === undefined) sent.set(name, [value]);
    else values.push(value);
  }
  for (const [name, values] of sent) {
    const list = name.endsWith("[]");
    read[list ? name.slice(0, -2) : name] = list || values.length > 1 ? values : (values[0] ?? "");
  }
  return read;
}

/** A field of the body that the declaration does not have and drops. What is no JSON is refused elsewhere. */
export function fieldOf(name: string, text: string): unknown {
  try {
    return (JSON.parse(text) as Readonly<Record<string, unknown>> | null)?.[name];
  } catch {
    return undefined;
  }
}
