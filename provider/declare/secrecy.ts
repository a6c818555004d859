/**
 * Inputs that the program declares as secrets. The engine hands their values to a provider in the clear and does not say
 * which they are, so the class says it: in a hidden input, which the state keeps for deletions.
 */

import { foldAddress } from "./address";

/** Names of the inputs that are secrets, with commas between. */
export const secretMark = "__secret";

export const secretsOf = (values: Values): string[] => {
  const mark = values[secretMark];
  return typeof mark === "string" && mark !== "" ? mark.split(",") : [];
};

/** What stands in a message instead of a secret. */
const masked = "[secret]";
/** Shorter ones are in every text, and would tell themselves by what is missing. */
const shortest = 3;

const addresses = /[^\s"'`(),:;<>[\]]+@[^\s"'`(),:;<>[\]]*[^\s"'`(),:;<>[\].]/g;
const lists = /\[secret\](?:,? (?:and )?\[secret\])*(?: and [\d,]+ more)?/g;

type Values = Readonly<Record<string, unknown>>;
/** The outputs that say what an input says, by the input. */
export type Repeats = Readonly<Record<string, readonly string[]>>;

/** Everything secret that stands in these inputs and outputs. */
function secretTexts(repeats: Repeats, given: readonly Values[]): string[] {
  const names = new Set(given.flatMap(secretsOf).flatMap((name) => [name, ...(repeats[name] ?? [])]));
  return given.flatMap((values) =>
    [...names].flatMap((name) => [...textsIn(values[name]), ...keysIn(name, values[name])]),
  );
}

/**
 * Masks secret inputs in a text, and with one of them every address, which may be a secret one in another spelling.
 * Nothing where none of the inputs is a secret.
 */
export function maskOf(repeats: Repeats, ...given: readonly Values[]): ((text: string) => string) | undefined {
  if (given.flatMap(secretsOf).length === 0) return undefined;
  const texts = new Set(secretTexts(repeats, given));
  const hidesAddresses = [...texts].some((text) => text.includes("@"));
  const longestFirst = [...texts].filter(({ length }) => length >= shortest).sort((a, b) => b.length - a.length);
  return (text) =>
    longestFirst
      .reduce((left, secret) => left.replaceAll(secret, masked), text)
      .replace(addresses, hidesAddresses ? masked : "$&")
      .replace(lists, masked);
}

/** Secret addresses that a run has come across: other resources' messages may name the same people. */
export class SecretAddresses {
  readonly #known = new Set<string>();

  note(repeats: Repeats, ...given: readonly Values[]): void {
    for (const text of secretTexts(repeats, given)) {
      if (text.includes("@")) this.#known.add(foldAddress(text));
    }
  }

  /** Whether one of them stands in a value, at any depth. */
  isIn(value: unknown): boolean {
    const text = JSON.stringify(value) ?? "";
    return this.mask(text) !== text;
  }

  mask(text: string): string {
    if (this.#known.size === 0) return text;
    const hidden = (address: string) => (this.#known.has(foldAddress(address)) ? masked : address);
    return text.replace(addresses, hidden).replace(lists, masked);
  }
}

/** The keys of a roster's members, declared or recorded, are addresses, and may be mistaken ones. */
const keysIn = (name: string, value: unknown): string[] =>
  ["members", "__people", "notApplied"].includes(name) && typeof value === "object" ? Object.keys(value ?? {}) : [];

/** Roles are no secret by themselves, and a message without them says nothing. */
const open: ReadonlySet<string> = new Set(["roles", "status", "via", "roleSlug", "roleSlugs"]);

/** All texts in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap((part) => textsIn(part));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (open.has(key) ? [] : textsIn(part)));
}

/** How a secret is told to the engine among plain values: constants of Pulumi's. */
export const sealed = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
