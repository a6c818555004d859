/**
 * What is kept for an object between runs. The outputs are the vendor's values. Refresh and diff also have to know what
 * the program declared, and get nothing but outputs, so two hidden ones say it in as few bytes as possible:
 * `__inputs` names the inputs that were set, and `__declared` holds the few declared values that mean the same as the
 * vendor's but are written differently.
 */
import type { AnyResource, Inputs, RemoteObject, State } from "../declare/resource";
import { identical } from "../declare/comparisons";
import { present, readable } from "./bodies";

interface Recorded {
  /** What the vendor has; the previous state where nothing was asked of the vendor. */
  readonly object: RemoteObject | undefined;
  readonly declared: Inputs;
  readonly previous: State;
  /** Whether what the program says of this input has been carried out. */
  readonly applied: (property: string) => boolean;
  /** Outputs that a lifecycle itself sets. */
  readonly local?: State;
}

export function record(resource: AnyResource, { object, declared, previous, applied, local = {} }: Recorded): State {
  const values = object ? readable(resource, object) : readableOf(resource, previous);
  for (const [name, { traits }] of Object.entries(resource.outputs)) {
    if (name in local) {
      values[name] = local[name];
    } else if (traits.local || (traits.createOnly && values[name] === undefined)) {
      values[name] = previous[name];
    }
  }
  const written: Record<string, unknown> = {};
  const managed: string[] = [];
  for (const [name, field] of Object.entries(resource.inputs)) {
    const { traits } = field;
    const done = applied(name);
    const value = declared[name];
    if (value !== undefined || (!done && isManaged(previous, name))) {
      managed.push(name);
    }
    if (!field.readable || (traits.inert && value !== undefined)) {
      values[name] = done ? value : previous[name];
    } else if (value !== undefined && !identical(value, values[name]) && isSame(resource, name, value, values)) {
      written[name] = value;
    }
  }
  return {
    ...present(values),
    __inputs: managed.join(","),
    ...(Object.keys(written).length > 0 ? { __declared: written } : {}),
  };
}

/** Whether the program set this input when the state was recorded. */
export function isManaged(state: State, property: string): boolean {
  return ((state.__inputs as string | undefined) ?? "").split(",").includes(property);
}

/** The hidden output of what was imported, until a program has changed it: nothing of it counts as declared. */
export const importMark = "__imported";

export const isImported = (state: State): boolean => state[importMark] === true;

/** The same, as it is recorded of what was imported: what the vendor has, and nothing that a program says. */
export function asImported(resource: AnyResource, state: State): State {
  const { __inputs, __declared, ...values } = state;
  const shown = Object.entries(values).filter(([name]) => resource.inputs[name]?.readable !== false);
  return { ...Object.fromEntries(shown), [importMark]: true };
}

/** What was imported with the options that the program has declared since: its record has none before it is changed. */
export function withOptions(resource: AnyResource, state: State, declared: Inputs): State {
  if (!isImported(state)) return state;
  const options = Object.entries(declared).filter(([name]) => resource.inputs[name]?.option);
  return { ...Object.fromEntries(options), ...state };
}

/** Whether a declared value is what the object has. */
export function isSame(resource: AnyResource, property: string, declared: unknown, state: State): boolean {
  const traits = resource.inputs[property]?.traits;
  return traits?.same ? traits.same(declared, state[property], state) : identical(declared, state[property]);
}

/** What refresh reports as inputs: see `declaredOf`; reshaped where one fact can be declared in two ways. */
export function inputsOf(resource: AnyResource, state: State): Record<string, unknown> {
  const declared = declaredOf(resource, state);
  return resource.project ? resource.project(declared, state) : declared;
}

/** What the program declared, as far as it still holds, and what the object has instead where it does not. */
export function declaredOf(resource: AnyResource, state: State): Record<string, unknown> {
  const written = (state.__declared ?? {}) as Inputs;
  const inputs: Record<string, unknown> = {};
  for (const [name, { traits }] of Object.entries(resource.inputs)) {
    if (isManaged(state, name)) {
      const actual = state[name];
      inputs[name] = written[name] ?? (traits.wire ? traits.wire.declare(actual) : actual);
    }
  }
  return present(inputs);
}

function readableOf(resource: AnyResource, state: State): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(state).filter(([name]) => resource.outputs[name] ?? resource.inputs[name]?.readable),
  );
}
