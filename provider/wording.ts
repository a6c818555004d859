/** How numbers, names and suggestions are written, in every message alike. */
import { closest, distance } from "fastest-levenshtein";

/** `1,234`. */
export const counted = (count: number): string => count.toLocaleString("en");

/** `1 person`, `1,234 people`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${counted(count)} ${count === 1 ? one : many}`;

/** `41 people, 3 of them admins`. */
export const headcount = (people: number, admins: number): string =>
  `${plural(people, "person", "people")}${people > 0 ? `, ${people === 1 ? (admins === 1 ? "an admin" : "no admin") : `${counted(admins)} of them ${admins === 1 ? "an admin" : "admins"}`}` : ""}`;

/** `ann, bob and 3 more`: the first few names, and how many are left. */
export function named(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map(oneLine).join(", ");
  return names.length > most ? `${shown} and ${counted(names.length - most)} more` : shown;
}

/** With a full stop, where it does not end already. */
export const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

/** `40 s`, `3 min`, `1 h 20 min`: as exactly as one wants to know what is still to come, or has passed already. */
export function roughly(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 10) return `${seconds} s`;
  if (seconds < 58) return `${Math.round(seconds / 5) * 5} s`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes} min`;
  const rest = Math.round((minutes % 60) / 10) * 10;
  const hours = Math.floor(minutes / 60) + (rest === 60 ? 1 : 0);
  return rest % 60 === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/**
 * `about 40 s left`, where it goes on as it went so far.
 * @param share how much is done, of 1; by less than a fiftieth nothing can be told.
 */
export function timeLeft(elapsedMs: number, share: number): string | undefined {
  if (share < 0.02 || share >= 1) return undefined;
  return `about ${roughly((elapsedMs / share) * (1 - share))} left`;
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

/** Says who has a key that must be unique, and how it changes hands, since nobody can have it for a moment. */
export function keyHeld(key: string, value: string, holder: string | undefined): string | undefined {
  return holder === undefined
    ? undefined
    : `The ${key} "${oneLine(value)}" belongs to ${holder}. Declare another one, or free it first. Where this program takes it from there as well (by a removal, or by exchanging two of them), do it in two runs: take it away first, then give it here; one run makes and changes before it removes.`;
}

/** What a terminal obeys: its sequences, other control characters, and marks that turn the direction of writing. */
const [escape, bell] = [27, 7].map((code) => String.fromCharCode(code));
const sequences = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)|[@-Z\\\\-_])`,
  "g",
);
const marks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const controls = /(?![\n\t])\p{Cc}/gu;

/** Text of several lines as it may be printed: it cannot move a cursor, hide a part of itself, or be read backwards. */
export const printable = (text: string): string => text.replace(sequences, "").replace(marks, "").replace(controls, "");

/** A name as it may stand in a line: it is no line of its own. */
export const oneLine = (text: string): string => printable(text).replace(/[\n\t\u2028\u2029]+/g, " ");
