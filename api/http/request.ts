/** From an endpoint's declaration and a caller's input to what goes on the wire; prepared once per endpoint. */
import { z } from "zod";
import { pathParameters, type AnyEndpoint } from "../endpoint";
import { mismatchOf } from "./about";
import { REDACTED, secretValues } from "./redact";

export type Input = Readonly<Record<string, unknown>>;

/** A request, ready to be sent any number of times. */
export interface PreparedRequest {
  /** Path and query, relative to the base URL. */
  readonly path: string;
  /** The path as messages show it: ids included, tokens masked, without the query. */
  readonly shownPath: string;
  readonly body?: string;
  /** Values that no message about this request may contain. */
  readonly secrets: readonly string[];
}

/** An endpoint, prepared for use. */
export interface Operation {
  readonly endpoint: AnyEndpoint;
  /** True where the answer is one page of a list. */
  readonly paged: boolean;
  prepare(input: Input): PreparedRequest;
  /** How an answer differs from what was asked, where it is about something else. */
  readonly mismatch: (input: Input, answer: unknown) => string | undefined;
}

/** Path parameters that are credentials. */
const secretParameters: ReadonlySet<string> = new Set(["token"]);

export function compileOperation(endpoint: AnyEndpoint): Operation {
  const parameters = pathParameters(endpoint.path);
  const literals = endpoint.path.split(/\{[^}]+\}/);
  const queryKeys = endpoint.query === undefined ? [] : shapeKeys(endpoint, endpoint.query);
  const bodyKeys = endpoint.body === undefined ? undefined : shapeKeys(endpoint, endpoint.body);

  const prepare = (input: Input): PreparedRequest => {
    let path = literals[0] ?? "";
    let shownPath = path;
    const secrets = secretValues(input);
    parameters.forEach((name, index) => {
      const segment = pathSegment(endpoint, name, input[name]);
      const literal = literals[index + 1] ?? "";
      path += segment + literal;
      shownPath += (secretParameters.has(name) ? REDACTED : segment) + literal;
    });
    const query = queryString(queryKeys, input);
    return {
      path: query === "" ? path : `${path}?${query}`,
      shownPath,
      body: bodyKeys && JSON.stringify(pick(bodyKeys, input)),
      secrets,
    };
  };

  return { endpoint, paged: isPaged(endpoint), prepare, mismatch: mismatchOf(endpoint) };
}

/** An empty id would address the whole collection, and `../../provider` another path altogether: neither may reach the wire. */
function pathSegment(endpoint: AnyEndpoint, name: string, value: unknown): string {
  if (typeof value !== "string" || value === "" || value === "." || value === "..") {
    throw new TypeError(
      `${endpoint.method} ${endpoint.path}: ${name} must be a non-empty string that names one object`,
    );
  }
  return encodeURIComponent(value);
}

function queryString(keys: readonly string[], input: Input): string {
  const parts: string[] = [];
  for (const key of keys) {
    const value = input[key];
    if (value === undefined || value === null) continue;
    const texts = (Array.isArray(value) ? value : [value]).map((item) => encodeURIComponent(String(item)));
    // Lists travel comma-joined (`style=form, explode=false` in the specification).
    if (texts.length > 0) parts.push(`${key}=${texts.join(",")}`);
  }
  return parts.join("&");
}

function pick(keys: readonly string[], input: Input): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const key of keys) if (input[key] !== undefined) picked[key] = input[key];
  return picked;
}

function shapeKeys(endpoint: AnyEndpoint, schema: z.ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  // Of a choice, the fields of all its members: the types let a caller give only those of one.
  if (schema instanceof z.ZodUnion) {
    return Array.from(
      new Set(schema.options.flatMap((option) => (option instanceof z.ZodType ? shapeKeys(endpoint, option) : []))),
    );
  }
  throw new TypeError(`${endpoint.operation}: query and body must be declared as z.object or a union of them`);
}

function isPaged(endpoint: AnyEndpoint): boolean {
  const schema = endpoint.success[200];
  return schema instanceof z.ZodObject && "list_metadata" in schema.shape;
}
