/**
 * The limits that the vendor's document sets for requests, and values on both sides of each. They come from the
 * installed edition and from our declarations, which know those of the newer edition too.
 */
import { type AnyEndpoint } from "../../../api/endpoint";
import { externalIdPattern } from "../../../api/schemas/limits";
import { declaredTables, specifiedTables } from "./compare";
import { type Fact } from "./facts";
import { specification } from "./specification";

export interface Limit {
  readonly operation: string;
  /** As in the comparison of declarations: `body.metadata.*`, `query.limit`. */
  readonly place: string;
  readonly aspect: string;
  /** What it is limited to, as text. */
  readonly to: string;
  /** Whether the place takes ASCII only, so that values are made of it. */
  readonly ascii: boolean;
}

export const textOfLimit = ({ operation, place, aspect, to }: Omit<Limit, "ascii">) =>
  `${operation}: ${place} ${aspect} ${to.length > 60 ? `${to.slice(0, 60)}…` : to}`;

/** What is said of a place without limiting what is sent. */
const noLimit = new Set(["type", "required", "sent"]);

/** All limits of an operation's query and body. */
export function limitsOf(endpoint: AnyEndpoint): Limit[] {
  const specified = specification().find(endpoint.method, endpoint.path);
  const tables = [
    declaredTables(endpoint),
    ...(specified ? [specifiedTables(specified, (reference) => specification().resolve(reference))] : []),
  ];
  const facts = tables.flatMap((table) => ["query", "body"].flatMap((where) => [...(table.get(where) ?? [])]));
  const ascii = new Set(
    facts.flatMap(([place, { says }]) => (says.pattern === externalIdPattern.source ? [place] : [])),
  );
  const limits = facts.flatMap(([place, fact]) => limitsAt(endpoint.operation, place, fact, ascii.has(place)));
  return [...new Map(limits.map((limit) => [textOfLimit(limit), limit])).values()];
}

function limitsAt(operation: string, place: string, { says }: Fact, ascii: boolean): Limit[] {
  return Object.entries(says)
    .filter(([aspect]) => !noLimit.has(aspect))
    .map(([aspect, to]) => ({ operation, place, aspect, to, ascii }));
}

interface Sides {
  readonly inside: readonly unknown[];
  readonly outside: readonly unknown[];
}

const formats: Readonly<Record<string, Sides>> = {
  email: { inside: ["r&d@example.com"], outside: ["ann", "ann@example", "a b@example.com"] },
  "date-time": { inside: ["2099-02-28T00:00:00Z", "2099-02-28T00:00:00.5+02:00"], outside: ["2099-02-30T00:00:00Z"] },
  uri: { inside: ["https://app.example.com/callback"], outside: ["callback", ""] },
};
const patterns: Readonly<Record<string, Sides>> = {
  [externalIdPattern.source]: { inside: ["\u0001 ~\u007f"], outside: ["é", ""] },
};

/**
 * Values just inside and just outside. An emoji is one character to JSON Schema, and two to JavaScript.
 * @param within a request that has the place: lists are made of the item that they have there.
 */
export function sidesOf({ aspect, to, ascii, place }: Limit, within: Fields = {}, at = place): Sides {
  const count = Number(to);
  const text = (length: number) => {
    // Slugs have a beginning and letters of their own, which the specification only tells in words.
    if (place === "body.slug") return `org-${"x".repeat(length - 4)}`;
    return (ascii ? "x" : "😀").repeat(length);
  };
  const object = (size: number) => Object.fromEntries(Array.from({ length: size }, (_, at) => [`key${at}`, "x"]));
  const list = (size: number) => Array.from({ length: size }, () => itemAt(within, at) ?? "it@example.com");
  switch (aspect) {
    case "maxItems":
      return { inside: [list(count)], outside: [list(count + 1)] };
    case "maxLength":
      return { inside: [text(count)], outside: [text(count + 1)] };
    case "key maxLength":
      return { inside: [{ [text(count)]: "x" }], outside: [{ [text(count + 1)]: "x" }] };
    case "minItems":
      return { inside: [Array(count).fill({ type: "thing" })], outside: [Array(count - 1).fill({ type: "thing" })] };
    case "minLength":
      return { inside: [text(count)], outside: [text(count - 1)] };
    case "maxProperties":
      return { inside: [object(count)], outside: [object(count + 1), object(2 * count)] };
    case "minimum":
      return { inside: [count], outside: [count - 1] };
    case "maximum":
      return { inside: [count], outside: [count + 1] };
    case "enum": {
      const values = to.split(",");
      const other = values.map((value) => value.toUpperCase()).find((value) => !values.includes(value));
      return { inside: values, outside: ["no-such-value", ...(other === undefined ? [] : [other])] };
    }
    case "format":
      return known(formats, to);
    case "pattern":
      return known(patterns, to);
    default:
      throw new Error(`no values for ${aspect}: write what is just inside and just outside of it`);
  }
}

function known(table: Readonly<Record<string, Sides>>, name: string): Sides {
  const sides = table[name];
  if (sides === undefined) throw new Error(`no values for ${name}: write what is just inside and just outside of it`);
  return sides;
}

type Fields = Readonly<Record<string, unknown>>;

/** The request with this value at this place; what stands around it stays. */
export function withValue(request: Fields, place: string, value: unknown): Fields {
  // `body[grant_type=password].code`: which kind of body it is, is for the request to say.
  const path = place.replace(/^(query|body)(\[[^\]]+\])?\.?/, "").replaceAll("[]", ".[]");
  return put(request, path.split("."), value) as Fields;
}

/** The first item of the list at this place. */
function itemAt(request: Fields, place: string): unknown {
  const list = request[place.replace(/^body\./, "")];
  return Array.isArray(list) ? list[0] : undefined;
}

function put(at: unknown, [name = "", ...rest]: readonly string[], value: unknown): unknown {
  const inside = (old: unknown) => (rest.length === 0 ? value : put(old, rest, value));
  if (name === "[]") return [inside(Array.isArray(at) ? at[0] : undefined)];
  const fields = typeof at === "object" && at !== null ? (at as Fields) : {};
  const key = name === "*" ? "key" : name;
  return { ...fields, [key]: inside(fields[key]) };
}

/** The kind of body that a place belongs to, as fields: `body[grant_type=password]` is `{ grant_type: "password" }`. */
export function kindAt(place: string): Fields {
  const [, name, value] = /^body\[([^=]+)=([^\]]+)\]/.exec(place) ?? [];
  return name === undefined ? {} : { [name]: value };
}
