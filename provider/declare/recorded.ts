/** What a state leaves out, since the rest of it says the same: the engine writes all states at every step. */
import { identical } from "./comparisons";
import type { OutputFields, State } from "./fields";

/**
 * The hidden output of a state that is told in short: what names the environment, and after a space the names of the
 * inputs that were set and need not have been. Every resource has those that are required.
 */
export const shortRecord = "__";

export const isShort = (state: State): boolean => typeof state[shortRecord] === "string";

interface Compacting {
  readonly compact?: (this: void, state: State) => State;
}

/**
 * What a refresh records: in short where that was so, but with what was told before, since a drift in it is a change of a
 * value, and would be shown as a value that is gone.
 */
export function asShortAs(known: State, found: State, { compact }: Compacting): State {
  if (!isShort(known) || !compact) return found;
  const told = Object.entries(found).filter(([name]) => Object.hasOwn(known, name));
  return { ...Object.fromEntries(told), ...compact(found) };
}

/** Without the outputs that the others tell. */
export const withoutTheRest = (outputs: OutputFields, values: State): State =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => !identical(value, otherwise(outputs, name, values))),
  );

/** The same with them. */
export function withTheRest(outputs: OutputFields, values: State): State {
  const left = Object.keys(outputs)
    .filter((name) => values[name] === undefined)
    .map((name) => [name, otherwise(outputs, name, values)] as const);
  return { ...values, ...Object.fromEntries(left.filter(([, value]) => value !== undefined)) };
}

const otherwise = (outputs: OutputFields, name: string, values: State): unknown =>
  Object.hasOwn(outputs, name) ? outputs[name]?.traits.otherwise?.(values) : undefined;
