/** Values as the engine sends them, and as the lifecycles have them. */
import type { Inputs, State } from "../provider/declare/resource";
import { sealed, secretMark } from "../provider/declare/secrecy";
import { unknownValue } from "../provider/declare/unknown";
import { Struct } from "./protocol";

/** Marks a value that is more than its JSON: constants of Pulumi's. */
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** What stands for a value that is not known yet, by its type: constants of Pulumi's. */
const unknowns: ReadonlySet<unknown> = new Set([
  unknownValue,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What dynamic resources have in their state besides: a resource of theirs may have become one of this provider's. */
const neverRecorded: ReadonlySet<string> = new Set(["__provider", "__replaceOnChanges"]);
const ofDynamicResources: ReadonlySet<string> = new Set([...neverRecorded, secretMark]);

export interface Decoded {
  readonly values: Readonly<Record<string, unknown>>;
  /** Properties that are a secret, wholly or somewhere inside. */
  readonly secrets: readonly string[];
}

export function decode(given: Struct | undefined): Decoded {
  const values: Record<string, unknown> = {};
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(given?.toJavaScript() ?? {})) {
    if (ofDynamicResources.has(name)) continue;
    const found = { secret: false };
    values[name] = plain(value, found);
    if (found.secret) secrets.push(name);
  }
  return { values, secrets: secrets.sort() };
}

function plain(value: unknown, found: { secret: boolean }): unknown {
  if (unknowns.has(value)) return unknownValue;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((part: unknown) => plain(part, found));
  if (signature in value && value[signature] === secretSignature) {
    found.secret = true;
    return "value" in value ? plain(value.value, found) : undefined;
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part, found)]));
}

/**
 * Inputs, or what a plan shows.
 * @param secrets properties that the engine is to keep as secrets.
 */
export const encode = (values: State, secrets: Iterable<string> = []): Struct =>
  encoded(values, secrets, ofDynamicResources);

/** Outputs as they are recorded: with the note of what is a secret, by which dynamic resources go on with them. */
export const encodeState = (values: State, secrets: Iterable<string> = []): Struct =>
  encoded(values, secrets, neverRecorded);

function encoded(values: State, secrets: Iterable<string>, left: ReadonlySet<string>): Struct {
  const secret = new Set(secrets);
  const sent = Object.entries(values).flatMap(([name, value]): [string, JavaScriptValue][] => {
    const fit = sendable(value);
    if (fit === undefined || left.has(name)) return [];
    return [[name, secret.has(name) && fit !== null && !isSealed(fit) ? (sealed(fit) as JavaScriptValue) : fit]];
  });
  return Struct.fromJavaScript(Object.fromEntries(sent));
}

type JavaScriptValue = Parameters<typeof Struct.fromJavaScript>[0][string];

const isSealed = (value: unknown): boolean => typeof value === "object" && value !== null && signature in value;

/** Without what is undefined, which the protocol has no value for. */
function sendable(value: unknown): JavaScriptValue | undefined {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  if (Array.isArray(value)) return value.map((part) => sendable(part) ?? null);
  if (typeof value !== "object") return undefined;
  const parts = Object.entries(value).flatMap(([key, part]): [string, JavaScriptValue][] => {
    const fit = sendable(part);
    return fit === undefined ? [] : [[key, fit]];
  });
  return Object.fromEntries(parts);
}

/**
 * Values with the note of which of them the program keeps secret, as the lifecycles take it.
 * @param always what is secret anyway, and says nothing about the program.
 */
export function withSecretMark({ values, secrets }: Decoded, always: readonly string[]): Inputs {
  const own = secrets.filter((name) => !always.includes(name));
  return own.length > 0 ? { ...values, [secretMark]: own.join(",") } : values;
}

/** A property as a path that the engine and its users read: `members["ann@example.com"].roles`. */
export const pathOf = ([first = "", ...rest]: readonly string[]): string =>
  rest.reduce(
    (path, key) => path + (/^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `["${key.replaceAll('"', '\\"')}"]`),
    first,
  );
