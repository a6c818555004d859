/** What changes, property by property, as plans show it. */
import type { AnyResource, Inputs, State } from "../declare/resource";
import { identical } from "../declare/comparisons";
import { containsUnknown } from "../declare/unknown";
import { changesOf } from "./diff";

export interface PropertyChange {
  /** The property, and the key in it where it is a map: `["metadata", "plan"]`. */
  readonly path: readonly string[];
  readonly kind: "add" | "delete" | "update";
}

export function details(resource: AnyResource, state: State, inputs: Inputs): readonly PropertyChange[] {
  return changesOf(resource, state, inputs).flatMap(({ property, value }) =>
    changed([property], state[property], value),
  );
}

/** Maps are compared key by key, everything else as a whole. */
export function changed(path: readonly string[], old: unknown, now: unknown): PropertyChange[] {
  if (now === undefined) return [{ path, kind: "delete" }];
  if (old === undefined) return [{ path, kind: "add" }];
  const keys = isMap(old) && isMap(now) ? [...new Set([...Object.keys(old), ...Object.keys(now)])] : [];
  const inside = keys
    .filter((key) => containsUnknown(valueOf(now, key)) || !identical(valueOf(old, key), valueOf(now, key)))
    .map((key): PropertyChange => {
      const kind = valueOf(now, key) === undefined ? "delete" : valueOf(old, key) === undefined ? "add" : "update";
      return { path: [...path, key], kind };
    });
  return inside.length > 0 ? inside : [{ path, kind: "update" }];
}

type Values = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Values => typeof value === "object" && value !== null && !Array.isArray(value);

const valueOf = (values: unknown, key: string): unknown =>
  isMap(values) && Object.hasOwn(values, key) ? values[key] : undefined;
