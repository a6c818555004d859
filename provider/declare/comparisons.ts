/** When a declared value and the vendor's say the same. The vendor's may be missing (`undefined`). */
import { isDeepStrictEqual } from "node:util";
import { sameAddress } from "./address";

type Comparison<T> = (declared: T, actual: unknown) => boolean;

export const identical: Comparison<unknown> = (declared, actual) => isDeepStrictEqual(declared, actual);

/** Email addresses differ only where more than letter case differs: no source says that the vendor keeps the case. */
export const foldedCase: Comparison<string> = (declared, actual) =>
  typeof actual === "string" && sameAddress(declared, actual);

/** Lists whose order means nothing. */
export const unordered: Comparison<string[]> = (declared, actual) =>
  Array.isArray(actual) && isDeepStrictEqual(new Set(declared), new Set(actual as unknown[]));

/** Moments written differently (`Z`, an offset, with or without milliseconds) are still one moment. */
export const sameInstant: Comparison<string> = (declared, actual) =>
  typeof actual === "string" && Date.parse(declared) === Date.parse(actual);

/** `false` is what a fact starts as; once the vendor has made it `true`, it is not drift. */
export const onceTrueStays: Comparison<boolean> = (declared, actual) => !declared || actual === true;

/** A declared map is the whole map; none at all says the same as an empty one. */
export const sameMap: Comparison<Record<string, string>> = (declared, actual) =>
  isDeepStrictEqual(declared, actual ?? {});

/** A whole map as an update sends it, right under either reading, merge or replace: `null` for what has to go. */
export function withRemovals<T extends object>(declared: T, actual: unknown): T & Readonly<Record<string, null>> {
  const removed = Object.keys(actual ?? {}).filter((key) => !Object.hasOwn(declared, key));
  return { ...declared, ...Object.fromEntries(removed.map((key) => [key, null])) };
}
