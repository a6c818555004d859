/** From declared inputs to the vendor's request bodies, and from the vendor's objects to outputs. */
import { withRemovals } from "../declare/comparisons";
import type { AnyResource, Change, InputField, Inputs, RemoteObject, State } from "../declare/resource";

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export type Body = Readonly<Record<string, unknown>>;

type Field = InputField<unknown, boolean, boolean>;

const wireName = (name: string, { traits }: Field): string => traits.wire?.name ?? snakeCase(name);
const encoded = ({ traits }: Field, value: unknown): unknown => (traits.wire ? traits.wire.encode(value) : value);

/** Everything that a create sends. */
export function createBody({ inputs: fields }: AnyResource, inputs: Inputs): Body {
  const body: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = inputs[name];
    if (value !== undefined && !field.option && !field.traits.afterCreate) {
      body[wireName(name, field)] = encoded(field, value);
    }
  }
  return body;
}

/** Only what has changed, as far as there is anything to say of it. */
export function updateBody({ inputs: fields }: AnyResource, changes: readonly Change[], state: State): Body {
  const body: Record<string, unknown> = {};
  for (const { property, value } of changes) {
    const field = fields[property];
    if (!field || field.traits.inert) continue;
    const { merged, clear } = field.traits;
    if (value !== undefined) {
      body[wireName(property, field)] = merged ? withRemovals(value as object, state[property]) : encoded(field, value);
    } else if (clear !== undefined && !isEmpty(state[property])) {
      body[wireName(property, field)] = clear;
    }
  }
  return body;
}

/** What the vendor's object says, by the names of the resource's outputs; `null` and missing are both left out. */
export function readable({ inputs, outputs }: AnyResource, object: RemoteObject): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(inputs)) {
    if (field.readable) {
      values[name] = field.traits.from ? field.traits.from(object) : object[wireName(name, field)];
    }
  }
  for (const [name, { traits }] of Object.entries(outputs)) {
    values[name] = traits.from ? traits.from(object) : object[snakeCase(name)];
  }
  return present(values);
}

/** The same without `undefined`, `null` and the empty text that some implementations store for "none". */
export function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}
