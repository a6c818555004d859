/** What a schema has found wrong, in words for whoever wrote the value: for files, settings and programs alike. */

/** An issue of zod's, as far as the words go by it. */
export interface Issue {
  readonly code?: string;
  readonly expected?: unknown;
  readonly input?: unknown;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly origin?: string;
  readonly format?: string;
  readonly values?: readonly unknown[];
  readonly keys?: readonly string[];
}

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
  null: "empty",
};

/** What a value is, in a word or two. */
export function kindOf(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" && !Number.isFinite(value)) return "no number";
  return (
    { string: "text", number: "a number", boolean: "true or false", object: "a map" }[typeof value as string] ??
    "something else"
  );
}

const formats: Readonly<Record<string, string>> = {
  email: "is not an email address; write it like ann@example.com",
  url: "is not a web address; write it like https://app.example/callback",
  datetime: "is not a moment in time; write it like 2027-01-31T00:00:00Z",
};

const counted = (count: unknown, origin: string | undefined): string =>
  origin === "string"
    ? `${String(count)} ${Number(count) === 1 ? "character" : "characters"} long`
    : origin === "array" || origin === "set"
      ? `${String(count)} ${Number(count) === 1 ? "entry" : "entries"} long`
      : String(count);

/**
 * The error map for every schema that reads what people write; what a schema says in words of its own comes first.
 * The words follow what the value is called: `horizonDays: must be a whole number, and is text`.
 */
export function plainly(issue: Issue): string {
  const { code, expected, input, minimum, maximum, origin, format, values = [], keys = [] } = issue;
  switch (code) {
    case "invalid_type": {
      const wanted = kinds[String(expected)] ?? "something else";
      if (input === undefined) return `is missing; it must be ${wanted}`;
      const empty = input === null ? "; where there is nothing to say, leave it out" : "";
      // A fraction is a number too, and none that is meant.
      return expected === "int" && typeof input === "number"
        ? "must be a whole number"
        : `must be ${wanted}, and is ${kindOf(input)}${empty}`;
    }
    case "too_small":
      if (origin === "string" && Number(minimum) === 1) return "must not be empty";
      return `must be at least ${counted(minimum, origin)}`;
    case "too_big":
      return `must be at most ${counted(maximum, origin)}`;
    case "invalid_value":
      return `must be ${values.map(String).join(" or ")}`;
    case "invalid_format":
      return formats[format ?? ""] ?? "does not have the right form";
    case "unrecognized_keys":
      return `does not know ${keys.join(", ")}`;
    case "invalid_union":
      return "has none of the forms that are read here";
    case "invalid_key":
      return "has a key that does not have the right form";
    default:
      return "is not right";
  }
}
