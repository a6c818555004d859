/** How changes of objects are read as events. */
import { type Context } from "./context";
import { type Happened } from "./event-log";
import { type StoreChange } from "./store/store";

/** What one change of an object means; `before` or `after` is missing where it is made or deleted. */
export type Meaning<T> = (
  before: T | undefined,
  after: T | undefined,
  context: Context,
  step: readonly StoreChange[],
) => readonly Happened[];

export const verbOf = (before: unknown, after: unknown) =>
  before === undefined ? "created" : after === undefined ? "deleted" : "updated";

/** What changes without a word of it: that somebody signed in or used a key, and what only this server knows. */
const silent = new Set(["last_sign_in_at", "last_used_at", "protected", "audit_log_retention_days"]);

/** Two updates may be of one moment. */
export function isUntouched<T extends { readonly updated_at: string }>(
  before: T | undefined,
  after: T | undefined,
): boolean {
  if (before === undefined || before.updated_at !== after?.updated_at) return false;
  return Object.keys(formerValues(before, after)).every((name) => silent.has(name));
}

/** Created, updated, deleted; what only was signed in with, say, is not updated. */
export function lifeOf<T extends { readonly updated_at: string }>(
  name: string,
  present: (object: T, context: Context, step: readonly StoreChange[]) => object,
  organizationOf: (object: T) => string | null | undefined = () => undefined,
): Meaning<T> {
  return (before, after, context, step) => {
    const object = after ?? before;
    if (object === undefined || isUntouched(before, after)) return [];
    const data = present(object, context, step);
    return [{ event: `${name}.${verbOf(before, after)}`, data, organizationId: organizationOf(object) }];
  };
}

/** What the vendor tells of an update besides: the former values, on the first level, of what is another one now. */
export function formerValues(before: object, after: object): Record<string, unknown> {
  const was: Readonly<Record<string, unknown>> = { ...before };
  const is: Readonly<Record<string, unknown>> = { ...after };
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  names.delete("updated_at");
  const changed = [...names].filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
  return Object.fromEntries(changed.map((name) => [name, was[name] ?? null]));
}
