/** From declared inputs to the vendor's request bodies, and from the vendor's objects to outputs. */
import type { AnyResource, Change, Inputs, InputTraits, RemoteObject, State } from "../declare/resource";

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export type Body = Readonly<Record<string, unknown>>;

/** Everything that a create sends. */
export function createBody(resource: AnyResource, inputs: Inputs): Body {
  const body: Record<string, unknown> = {};
  for (const [name, { traits }] of Object.entries(resource.inputs)) {
    const value = inputs[name];
    if (value !== undefined && !traits.option && !traits.afterCreate) {
      body[traits.wire ?? snakeCase(name)] = toWire(traits, value);
    }
  }
  return body;
}

/** Only what has changed, and what the vendor wants to be sent along with it. */
export function updateBody(resource: AnyResource, changes: readonly Change[], inputs: Inputs, state: State): Body {
  const body: Record<string, unknown> = {};
  for (const { property, value } of changes) {
    const traits = resource.inputs[property]?.traits ?? {};
    if (traits.option || traits.inert) {
      continue;
    }
    const wire = traits.wire ?? snakeCase(property);
    if (value !== undefined) {
      body[wire] = traits.merged ? withRemovals(value, state[property]) : toWire(traits, value);
    } else if (traits.clear !== undefined && !isEmpty(state[property])) {
      body[wire] = traits.clear;
    }
    for (const other of traits.sentWith ?? []) {
      if (inputs[other] !== undefined) {
        body[snakeCase(other)] = inputs[other];
      }
    }
  }
  return body;
}

/** What the vendor's object says, by the names of the resource's outputs; `null` and missing are both left out. */
export function readable(resource: AnyResource, object: RemoteObject): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, { traits, readable: answered }] of Object.entries(resource.inputs)) {
    if (answered) {
      values[name] = traits.from ? traits.from(object) : object[traits.wire ?? snakeCase(name)];
    }
  }
  for (const [name, { traits }] of Object.entries(resource.outputs)) {
    values[name] = traits.from ? traits.from(object) : object[traits.wire ?? snakeCase(name)];
  }
  return present(values);
}

/** The same without `undefined`, `null` and the empty text that some implementations store for "none". */
export function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
}

function toWire(traits: InputTraits, value: unknown): unknown {
  return traits.toWire ? traits.toWire(value) : value;
}

/** Robust under either reading of an update, merge or replace: the whole map, and `null` for what has to go. */
function withRemovals(value: unknown, actual: unknown): unknown {
  const removed = Object.keys(actual ?? {}).filter((key) => !Object.hasOwn(value as object, key));
  return { ...(value as object), ...Object.fromEntries(removed.map((key) => [key, null])) };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === "object" && Object.keys(value!).length === 0);
}
