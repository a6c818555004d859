/** Look-ups as the engine's protocol has them: functions that take and answer objects. */
import { containsUnknown, unknownValue } from "../provider/declare/unknown";
import { type AnyLookup, lookUp, LookupError, lookups } from "../provider/lookups";
import type { Host } from "../provider/host";

type Values = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly values: Values;
  readonly secrets: readonly string[];
}

const all: ReadonlyMap<string, AnyLookup> = new Map(Object.entries(lookups as unknown as Record<string, AnyLookup>));

/** @param token `workos:index:getUser` */
export const lookupFor = (token: string): AnyLookup | undefined => all.get(token.split(":").at(-1) ?? "");

export interface Asked {
  readonly given: Values;
  /** A plan is made: what makes something makes nothing. */
  readonly preview: boolean;
  /** What the answer has, by the schema. */
  readonly outputs: () => readonly string[];
}

/**
 * What a look-up answers; nobody is asked as long as what it is given is not known.
 * @returns what is wrong with what it is given, or that there is no such object, as text.
 */
export async function answerOf(
  lookup: AnyLookup,
  { given, preview, outputs }: Asked,
  host: Host,
): Promise<Answer | string> {
  const { answers, finds } = lookup;
  const secrets = finds === "made" && answers !== undefined ? [answers] : [];
  if (containsUnknown(given)) {
    return { values: Object.fromEntries(outputs().map((name) => [name, unknownValue])), secrets };
  }
  try {
    const found = finds === "made" && preview ? "" : await lookUp(lookup, given, host.sharedContext().api);
    // What is no property of an answer is an answer by itself, an object.
    return { values: answers === undefined ? (found as Values) : { [answers]: found }, secrets };
  } catch (error) {
    if (error instanceof LookupError) return error.message;
    throw error;
  }
}
