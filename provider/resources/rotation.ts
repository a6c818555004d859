/**
 * What is told once and replaced without an outage, API keys and client secrets alike: the new one is made and handed
 * over first, then the old one ends. Each resource documents these inputs itself.
 */
import type { HookContext } from "../context";
import { fieldsOf } from "../declare/fields";
import type { Failure, LostAnswer, RemoteObject } from "../declare/resource";
import { duration, durationMs, object, optionalPart, someOf, text, textMap } from "../declare/shapes";

const { option } = fieldsOf();

export const keepers = option(textMap(), { immutable: true });
export const overlap = option(duration());
export const deliver = option(
  object({ file: optionalPart(text()), command: optionalPart(someOf(text(), "word of a command")) }),
  { immutable: "sometimes" },
);

export function oneTarget({ deliver: target }: { readonly deliver?: unknown }): Failure<"deliver">[] {
  const targets = typeof target === "object" && target !== null ? Object.keys(target).length : 1;
  return targets === 1 ? [] : [{ property: "deliver", reason: "takes either file or command" }];
}

/** How long the old one lives on, in milliseconds: only in a replacement that wants it. */
export function overlapMs({ replacing }: HookContext, id: string): number | undefined {
  const wanted = replacing.get(id)?.overlap;
  return typeof wanted === "string" ? durationMs(wanted) : undefined;
}

/** Whether nobody in this run has dealt with it: neither made nor about to be replaced. */
export const isUnknown = ({ creates, replacing }: HookContext, id: string): boolean =>
  !creates.made(id) && !replacing.has(id);

/** What a message calls what was made. */
interface Called {
  /** `API key`, as in `new API keys`. */
  readonly noun: string;
  /** `named "ci"`: what tells those in question from others. */
  readonly which: string;
  /** `a key of this name`. */
  readonly one: string;
}

/**
 * What was told with the answer is lost with it, and of no use then. It is ended, so that the create can be repeated,
 * only when it is surely ours: the one new one that nothing tells from what was asked for.
 */
export const ofNoUseOnceLost = <V extends RemoteObject>({ noun, which, one }: Called) =>
  ({
    repeat: "answered" as const,
    unsure: (found: readonly V[]) =>
      found.length > 0
        ? `${found.length} new ${noun}s ${which} appeared meanwhile (${found.map(({ id }) => id).join(", ")}) and nothing tells which one is this program's: none was touched. Delete the ones that nobody uses, then run again.`
        : `No new ${noun} ${which} was found, but the request may still be carried out, so it was not repeated. Run again; if ${one} appears that nobody knows, delete it, since its value is lost.`,
  }) satisfies Partial<LostAnswer<V>>;
