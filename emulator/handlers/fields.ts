/** Rules that several kinds of object share. */
import { lengthOf, limits, slugPattern } from "../../api/schemas/limits";
import { invalidParameters, refuse } from "../errors";
import { type Switches } from "../switches";

/** Lengths are refused by the declaration; too many keys have a code of their own. */
function limited<Value>(metadata: Record<string, Value>): Record<string, Value> {
  const { keys } = limits.metadata;
  if (Object.keys(metadata).length <= keys) return metadata;
  throw refuse(400, "invalid_metadata", `Metadata can have up to ${keys} keys.`);
}

export function createdMetadata(given: Record<string, string> | null | undefined): Record<string, string> {
  return limited(given ?? {});
}

export function updatedMetadata(
  current: Readonly<Record<string, string>>,
  given: Record<string, string | null> | null | undefined,
  mode: Switches["metadata"],
): Record<string, string> {
  if (given === undefined) return current;
  if (given === null) return {};
  limited(given);
  const merged = new Map<string, string | null>(Object.entries(mode === "merge" ? current : {}));
  for (const [key, value] of Object.entries(given)) merged.set(key, value);
  return limited(
    Object.fromEntries([...merged].flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]))),
  );
}

/** Whether any field differs: an update that changes nothing does not move `updated_at`. */
export function differs<T extends object>(before: T, after: T): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

/** Whether this can be the slug of a permission, or of a role of the environment. */
export const isSlug = (text: string, longest: number): boolean => slugPattern.test(text) && lengthOf(text) <= longest;

/** Refuses what can be none. */
export function checkSlug(slug: string): void {
  if (slugPattern.test(slug)) return;
  const message = "slug: must have lowercase letters, digits and - _ : . * only";
  throw invalidParameters([{ field: "slug", code: "invalid_format", message }]);
}

/** Whether a filter of a list lets this value through: one that is not given lets through any. */
export const matches = <T>(wanted: T | undefined, actual: T): boolean => wanted === undefined || wanted === actual;
