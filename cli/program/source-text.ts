/**
 * TypeScript as Prettier would write it, so that whoever formats a program that a command has written changes nothing.
 * It stands here, since what a program's author installs has no formatter.
 */

/** What an expression of a program comes to. */
export interface Meaning {
  /** The same in a YAML program, where that can say it. */
  readonly yaml?: string;
  /** What it is now. */
  readonly value?: unknown;
}

/** An expression that stands as it is: a variable, or what is made of one. */
export class Expression {
  constructor(
    readonly text: string,
    readonly meaning: Meaning = {},
  ) {}
}
export const expression = (text: string, meaning?: Meaning): Expression => new Expression(text, meaning);

export type Value =
  Expression | string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value | undefined };

const lineWidth = 80;
const indent = (level: number) => "  ".repeat(level);
/** Narrows as `Array.isArray` does not, whose lists may be written to. */
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** In the quotes that need fewer backslashes; text of several lines as a template. */
export function quoted(text: string): string {
  // A carriage return in a template would be read as a line break.
  if (/\n./.test(text) && !text.includes("\r")) return `\`${text.replace(/[`\\]|\$(?=\{)/g, "\\$&")}\``;
  const plain = JSON.stringify(text);
  const [double, single] = [/"/g, /'/g].map((quote) => text.match(quote)?.length ?? 0);
  if ((double ?? 0) <= (single ?? 0)) return plain;
  return `'${plain.slice(1, -1).replaceAll("'", "\\'").replaceAll('\\"', '"')}'`;
}

const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));

/**
 * @param column how much of its line is taken before it.
 * @param level how far its line is indented.
 */
function text(value: Value, level: number, column: number): string {
  if (value instanceof Expression) return value.text;
  if (typeof value === "string") return quoted(value);
  if (value === null || typeof value !== "object") return String(value);
  if (isList(value)) return listText(value, level, column);
  const entries = Object.entries(value).flatMap(([name, one]) => (one === undefined ? [] : [[name, one] as const]));
  if (entries.length === 0) return "{}";
  const lines = entries.map(([name, one]) => {
    const start = `${indent(level + 1)}${key(name)}: `;
    return `${start}${text(one, level + 1, start.length)},`;
  });
  return ["{", ...lines, `${indent(level)}}`].join("\n");
}

function listText(values: readonly Value[], level: number, column: number): string {
  const start = indent(level + 1);
  const flat = `[${values.map((value) => text(value, level, 0)).join(", ")}]`;
  // What follows it is a comma.
  if (!flat.includes("\n") && column + flat.length + 1 <= lineWidth) return flat;
  return ["[", ...values.map((value) => `${start}${text(value, level + 1, start.length)},`), `${indent(level)}]`].join(
    "\n",
  );
}

/** Whether an input that says this might as well be left out. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** What JSON can say. */
export function fromJson(value: unknown): Value {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  if (Array.isArray(value)) return value.map(fromJson);
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, one]) => [name, fromJson(one)]));
}

export interface Construction {
  readonly className: string;
  /** The resource's name. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, Value | undefined>>;
  /** What it is assigned to. */
  readonly variable?: string;
  readonly isExported?: boolean;
  /** A line above it. */
  readonly comment?: string;
  /** How far it is indented. */
  readonly level?: number;
  /** What stands after the inputs. */
  readonly options?: Readonly<Record<string, Value>>;
}

/** `const acme = new workos.Organization("acme", { … });` */
export function construction({
  className,
  name,
  inputs,
  variable,
  isExported,
  comment,
  level = 0,
  options,
}: Construction): string {
  const start = indent(level);
  const assigned = variable === undefined ? "" : `${isExported ? "export " : ""}const ${variable} = `;
  const head = `${start}${assigned}new workos.${className}(`;
  const above = comment === undefined ? [] : [`${start}// ${comment}`];
  const inLine = `${head}${quoted(name)}, {`;
  if (inLine.length <= lineWidth && options === undefined)
    return [...above, `${head}${quoted(name)}, ${text(inputs, level, 0)});`].join("\n");
  const deeper = indent(level + 1);
  const last = options === undefined ? [] : [`${deeper}${inLineText(options)},`];
  const parts = [head, `${deeper}${quoted(name)},`, `${deeper}${text(inputs, level + 1, 0)},`, ...last, `${start});`];
  return [...above, ...parts].join("\n");
}

/** Options are few and short. */
const inLineText = (values: Readonly<Record<string, Value>>): string =>
  `{ ${Object.entries(values)
    .map(([name, value]) => `${key(name)}: ${text(value, 0, 0)}`)
    .join(", ")} }`;

/** A call of one argument: `roster.membershipIds([…])`. */
export function call(what: string, argument: Value, level: number, column: number, meaning?: Meaning): Expression {
  return expression(`${what}(${text(argument, level, column + what.length + 2)})`, meaning);
}
