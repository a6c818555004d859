/** What a command printed and logged, by resource. */
import { kindOfUrn } from "../../../provider/type-tokens";
import { type CommandResult } from "../../support/engine";

interface StepMetadata {
  readonly op: string;
  readonly urn: string;
}

const nameOf = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);

/** The steps of a command run with `events: true` that did something, by the resource's name, in their order. */
export function steps(result: CommandResult): Record<string, string[]> {
  const done: Record<string, string[]> = {};
  for (const event of result.events) {
    const { metadata } = (event.resOutputsEvent ?? {}) as { metadata?: StepMetadata };
    if (metadata && metadata.op !== "same" && kindOfUrn(metadata.urn) !== undefined) {
      (done[nameOf(metadata.urn)] ??= []).push(metadata.op);
    }
  }
  return done;
}

/** The blocks that `--diff` printed for the resource of this name, headings included. */
export function shownFor(result: CommandResult, name: string): string {
  const blocks = result.stdout.split(/^(?= {4}[-+~]{1,2} ?(?:pulumi-nodejs:dynamic|workos:index:))/m);
  return blocks.filter((block) => block.includes(`::${name}]`)).join("");
}

/** The diagnostics, without what the display repeats of them while it runs. */
export function diagnostics(result: CommandResult): string {
  const from = result.stdout.indexOf("Diagnostics:");
  return from < 0 ? "" : result.stdout.slice(from, result.stdout.indexOf("Resources:", from));
}
