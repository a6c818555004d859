/**
 * What a look-up is: what it is given, by which of that it finds, and how it asks the vendor. Declared once, for the
 * functions of the package, for the native plugin's and for the schema.
 */
import { z } from "zod";
import type { Api } from "../../api";
import { undefinedIfMissing } from "../../api/http/missing";
import { plainly } from "../../api/issues";
import type { Shape } from "../declare/shapes";
import { didYouMean } from "../wording";

/** All names that an object, or one of several, may have. */
type NameOf<Given> = Given extends unknown ? keyof Given & string : never;

export interface Lookup<Given extends object, Found> {
  /** As programs call it. */
  readonly name: string;
  /** What it may be given. */
  readonly takes: Readonly<Record<NameOf<Given>, Shape<unknown>>>;
  /** Which of that has to be given: all of one of these. Default: nothing. */
  readonly by?: readonly (readonly NameOf<Given>[])[];
  /** Why something has to be given, where that is not plain. */
  readonly because?: string;
  /** `one` object, which is an error where it is not there; `all` that there are; or something that is `made`. */
  readonly finds: "one" | "all" | "made";
  /**
   * What the answer is called where every answer is an object, as it is in the engine's protocol. Default: it is one.
   */
  readonly answers?: string;
  /** The object, or nothing where there is none; a list; or what was made. */
  ask(api: Api, given: Given): Promise<Found | undefined>;
}

/** A look-up as whoever serves them all sees it. */
export type AnyLookup = Lookup<Record<string, unknown>, unknown>;

/** Text that says which object is meant. */
export const word: Shape<string> = {
  schema: () => z.string({ error: "must be text" }).min(1, { error: "must not be empty" }),
};

/** Fixes the types of a declaration. */
export const lookupOf =
  <Given extends object>() =>
  <Found>(lookup: Lookup<Given, Found>): Lookup<Given, Found> =>
    lookup;

/** What a look-up cannot answer, and why. */
export class LookupError extends Error {
  override readonly name = "LookupError";
}

/**
 * Looks up what is there.
 * @throws {LookupError} where what is given is not right, or there is no such object.
 */
export async function lookUp<Given extends object, Found>(
  lookup: Lookup<Given, Found>,
  given: Given,
  api: Api,
): Promise<Found> {
  const said = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  const mistake = mistakeIn(lookup, said);
  if (mistake !== undefined) throw new LookupError(mistake);
  // What is not said is not there: its value may be nothing all the same.
  const asked = lookup.ask(api, Object.fromEntries(said) as Given);
  const found = await (lookup.finds === "one" ? asked.catch(undefinedIfMissing) : asked);
  if (found !== undefined) return found;
  const wanted = said.map(([name, value]) => `${name} ${String(value)}`).join(", ");
  throw new LookupError(`${lookup.name}: there is no such object in this environment (${wanted}).`);
}

type Said = readonly (readonly [string, unknown])[];

function mistakeIn<Given extends object>(
  { name, takes, by = [[]], because }: Lookup<Given, unknown>,
  said: Said,
): string | undefined {
  const shapes = takes as Readonly<Record<string, Shape<unknown>>>;
  const names = Object.keys(shapes);
  const unknown = said.find(([key]) => !Object.hasOwn(shapes, key));
  if (unknown) return `${name} does not take ${unknown[0]}; ${didYouMean(unknown[0], names, "it takes")}`;
  for (const [key, value] of said) {
    const { error } = shapes[key]?.schema(z).safeParse(value, { error: plainly }) ?? {};
    const [issue] = error?.issues ?? [];
    if (issue) return `${name}: ${[key, ...issue.path.map(String)].join(".")} ${issue.message}.`;
  }
  const given = said.map(([key]) => key);
  if (by.some((all) => all.every((key) => given.includes(key)))) return undefined;
  const ways = by.map((all) => all.join(" with ")).join(", or ");
  return `${name} takes ${ways}${because === undefined ? "" : `, ${because}`}; it was given ${given.length === 0 ? "nothing" : given.join(", ")}.`;
}
