/** A program in YAML, as Pulumi's own runtime for it reads one. */
import { stringify } from "yaml";
import type { Made } from "./program";
import { Expression, type Value } from "./source-text";

/** Pulumi's name of a class of resources. */
export const typeToken = (className: string): string => `workos:index:${className}`;

/** What Pulumi.yaml says of the resources; not of those that are declared only once somebody has their value. */
export function yamlText(made: readonly Made[]): string {
  const entries = made
    .filter(({ isConditional }) => !isConditional)
    .map(({ className, key, name, inputs }) => [
      key,
      { type: typeToken(className), name, properties: plain(inputs) as object },
    ]);
  return stringify({ resources: Object.fromEntries(entries) as object }, { lineWidth: 0 });
}

function plain(value: Value | undefined): unknown {
  if (value instanceof Expression) return value.meaning.yaml ?? escaped(value.meaning.value);
  if (!isWithExpressions(value)) return escaped(value);
  const inside = mapped(value, plain);
  // Nothing is left where YAML can say none of it.
  return Object.values(inside).every((one) => one === undefined) ? undefined : inside;
}

/** What would be read as a reference. */
function escaped(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\$(?=\{)/g, "$$$$");
  return typeof value === "object" && value !== null ? mapped(value, escaped) : value;
}

type Nested = readonly Value[] | Readonly<Record<string, Value | undefined>>;

const isWithExpressions = (value: Value | undefined): value is Nested => typeof value === "object" && value !== null;

function mapped<T>(value: object, each: (one: T) => unknown): object {
  if (Array.isArray(value)) return (value as T[]).map(each);
  const entries = Object.entries(value as Record<string, T>).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([name, one]) => [name, each(one)]));
}
