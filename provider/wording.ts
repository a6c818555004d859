/** How numbers, names and suggestions are written, in every message alike. */
import { closest, distance } from "fastest-levenshtein";

/** `1,234`. */
export const counted = (count: number): string => count.toLocaleString("en");

/** `1 person`, `1,234 people`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${counted(count)} ${count === 1 ? one : many}`;

/** `ann, bob and 3 more`: the first few names, and how many are left. */
export function named(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${counted(names.length - most)} more` : shown;
}

/** The known name that was probably meant, where one is near enough. */
export function suggestion(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(name, known);
  return distance(name, nearest) <= Math.max(2, name.length / 3) ? nearest : undefined;
}

/** `did you mean name?`, or, where nothing is near, all that there are, as the end of a sentence. */
export function didYouMean(name: string, known: readonly string[], otherwise = "it takes"): string {
  const nearest = suggestion(name, known);
  return nearest === undefined ? `${otherwise} ${known.join(", ")}` : `did you mean ${nearest}?`;
}
