import { type z } from "zod";
import { type AnyEndpoint } from "../../api/endpoint";
import { ApiError, type FieldError, invalidParameters } from "../errors";

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
export function undeclared(name: string, text: string): unknown {
  try {
    return (JSON.parse(text) as Readonly<Record<string, unknown>> | null)?.[name];
  } catch {
    return undefined;
  }
}
