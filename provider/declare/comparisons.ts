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

/** Web addresses that lead to the same place: letter case of the host, a default port, a `/` after the host alone. */
export const sameUrl: Comparison<string> = (declared, actual) =>
  typeof actual === "string" &&
  (declared === actual || (URL.canParse(declared) && hrefOf(declared) === hrefOf(actual)));
const hrefOf = (url: string) => (URL.canParse(url) ? new URL(url).href : url);

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

/**
 * The bodies of an update that together say what one says, where a map in it has more entries than a request may have:
 * first what has to go, then the rest.
 */
export function withinLimits<B extends Readonly<Record<string, unknown>>>(body: B, most: number): Partial<B>[] {
  const large = Object.entries(body).find(([, value]) => isMap(value) && Object.keys(value).length > most);
  if (!large) return [body];
  const [name, map] = large;
  const entries = Object.entries(map as object);
  const gone = entries.filter(([, value]) => value === null);
  const rest = entries.filter(([, value]) => value !== null);
  const parts = Array.from({ length: Math.ceil(gone.length / most) }, (_, at) =>
    gone.slice(at * most, (at + 1) * most),
  );
  return [
    ...parts.map((part) => ({ [name]: Object.fromEntries(part) }) as Partial<B>),
    { ...body, [name]: Object.fromEntries(rest) },
  ];
}

const isMap = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * For a secret of which the vendor answers the last four characters, in this output: another end is another secret, and
 * of one that ends alike nobody can be told more.
 */
export const endsAs =
  (output: string) =>
  (declared: string, actual: unknown, { [output]: answered }: Readonly<Record<string, unknown>>): boolean =>
    declared === actual && (typeof answered !== "string" || declared.endsWith(answered.slice(-4)));
