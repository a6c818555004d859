/** A call as a program would make it: what is sent, and how it is written with curl and with the vendor's SDK. */
import { type Field, isFor, type Operation, type Shown, textOf } from "./kinds";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** What is in a form: texts and ticks. */
export type Values = Readonly<Record<string, string | boolean>>;

const variable = /\{(\w+)\}/g;

/** What the form of an operation begins with. */
export function valuesOf(operation: Operation, object: Shown): Values {
  return Object.fromEntries(
    fieldsOf(operation, object).map((field) => [field.name, valueOf(field, object[field.name])]),
  );
}

/** The fields that are for this object. */
export const fieldsOf = ({ fields = [] }: Operation, object: Shown): readonly Field[] =>
  fields.filter((field) => isFor(field, object));

function valueOf(field: Field, value: unknown): string | boolean {
  if (field.type === "yes") return typeof value === "boolean" ? value : field.value === true;
  if (Array.isArray(value) && field.wire?.lines !== undefined) return field.wire.lines(value as Shown[]).join("\n");
  if (Array.isArray(value)) return value.filter((line) => typeof line === "string").join("\n");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([key, text]) => `${key}=${String(text)}`)
      .join("\n");
  }
  if (typeof value === "string" || typeof value === "number") return String(value);
  return typeof field.value === "string" ? field.value : "";
}

/** The request: variables of the path come from the form or the object, the other fields go into the body. */
export function callOf(operation: Operation, values: Values, object: Shown): Call {
  const named = (name: string) => textOf(values[name] ?? object[name]);
  const inPath = new Set([...operation.path.matchAll(variable)].map(([, name]) => name));
  const before = valuesOf(operation, object);
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(operation.fixed ?? {})) {
    body[name] = typeof value === "string" ? value.replace(variable, (_, one: string) => named(one)) : value;
  }
  for (const field of fieldsOf(operation, object)) {
    const value = values[field.name] ?? "";
    if (inPath.has(field.name) || (operation.changes === true && value === before[field.name])) continue;
    const sent = wireValue(field, value, operation.changes === true ? object[field.name] : undefined);
    if (sent !== undefined) body[field.wire?.name ?? field.name] = sent;
  }
  const hasBody = operation.method !== "DELETE" && (operation.fields ?? operation.fixed) !== undefined;
  const path = operation.path.replace(variable, (_, name: string) => encodeURIComponent(named(name)));
  const whole = operation.within === undefined ? body : { [operation.within]: [body] };
  return { method: operation.method, path, body: hasBody ? whole : undefined };
}

/** Nothing for a field that is left empty; emptied, it is `null`, or an empty list. */
function wireValue(field: Field, value: string | boolean, before: unknown): unknown {
  if (typeof value === "boolean") return value;
  const text = value.trim();
  const cleared = before !== undefined && before !== null;
  switch (field.type) {
    case "lines": {
      const lines = text.split("\n").flatMap((line) => line.trim() || []);
      if (lines.length === 0 && !cleared && field.required !== true && field.name !== "permissions") return undefined;
      const { entry } = field.wire ?? {};
      return entry === undefined ? lines : lines.map(entry);
    }
    case "map": {
      const map = mapOf(text);
      const gone = Object.keys((before as object | undefined) ?? {}).filter((key) => !(key in map));
      const sent = { ...map, ...Object.fromEntries(gone.map((key) => [key, null])) };
      return Object.keys(sent).length === 0 ? undefined : sent;
    }
    case "number":
      return text === "" ? undefined : Number(text);
    default:
      return text === "" ? (cleared ? null : undefined) : text;
  }
}

function mapOf(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

/** Controls are this server's own, and need no key. */
export const isControl = ({ path }: Pick<Call, "path">): boolean => path.startsWith("/_emulator/");

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

export function curlOf({ method, path, body }: Call): string {
  const control = isControl({ path });
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}"$WORKOS_BASE_URL${path.replace(/["$`\\]/g, "\\$&")}"`,
  ];
  if (!control) lines.push(`-H "Authorization: Bearer $WORKOS_API_KEY"`);
  if (body !== undefined) lines.push(`-H "Content-Type: application/json"`, `-d ${quoted(JSON.stringify(body))}`);
  return lines.join(" \\\n  ");
}

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** With `@workos-inc/node`; nothing for controls, which are not the vendor's. */
export function sdkOf(operation: Operation, call: Call, values: Values, object: Shown): string | undefined {
  if (isControl(call)) return undefined;
  const { sdk } = operation;
  if (sdk === undefined) return `await workos.${generic(call)};`;
  const variables = [...operation.path.matchAll(variable)].map(([, name = ""]) => name);
  const valueIn = (name: string) => textOf(values[name] ?? object[name]);
  const positional = sdk.positional ?? [];
  const options: Record<string, unknown> = {};
  for (const name of variables) {
    if (!positional.includes(name)) options[sdk.named?.[name] ?? camel(name)] = valueIn(name);
  }
  for (const [name, value] of Object.entries(call.body ?? {})) options[sdk.named?.[name] ?? camel(name)] = value;
  const args = positional.map((name) => literal(valueIn(name)));
  if (Object.keys(options).length > 0) args.push(literal(options));
  return `await workos.${sdk.method}(${args.join(", ")});`;
}

function generic({ method, path, body }: Call): string {
  const verb = method.toLowerCase();
  const args = [literal(path)];
  if (method !== "DELETE" && method !== "GET") args.push(literal(body ?? {}));
  return `${verb}(${args.join(", ")})`;
}

/** As somebody would write it: keys without quotes where they need none, a line each where there are several. */
function literal(value: unknown, indent = ""): string {
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, indent)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
  const entries = Object.entries(value).map(([name, one]) => `${key(name)}: ${literal(one, `${indent}  `)}`);
  if (entries.length < 2) return `{ ${entries.join("")} }`;
  return `{\n${entries.map((entry) => `${indent}  ${entry},`).join("\n")}\n${indent}}`;
}

/** The lines that stand before it. */
export function sdkPreamble(url: string): string {
  const { hostname, port } = new URL(url);
  return `import { WorkOS } from "@workos-inc/node";

const workos = new WorkOS(process.env.WORKOS_API_KEY, {
  clientId: process.env.WORKOS_CLIENT_ID,
  apiHostname: "${hostname}",
  port: ${port},
  https: false,
});`;
}
