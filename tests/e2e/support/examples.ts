/** The examples that are programs, run as they are, and what their readmes say of that. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { codeBlocks } from "../../support/markdown";
import { read, repository } from "../../support/repository";
import { sharedStack, type Stack, type StackOptions } from "./stack";

/** A project of the example's own name with its program. */
export function exampleStack(name: string, options: StackOptions = {}): () => Stack {
  const directory = join(repository, "examples", name);
  const { name: project = name } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as {
    name?: string;
  };
  return sharedStack({ name: project, program: readFileSync(join(directory, "index.ts"), "utf8"), ...options });
}

/** What the readme of an example shows as printed, block by block. */
export function shownOutputs(name: string): string[] {
  return codeBlocks(read(`examples/${name}/README.md`))
    .filter(({ language }) => language === "text")
    .map(({ text }) => text);
}

/**
 * The lines of an output without what differs from run to run: ids, keys, times, durations, the names of project and
 * stack, and the order of what is done at the same time. What the engine repeats while it runs is left out.
 */
export function masked(output: string): string[] {
  return output
    .split("\n")
    .map((line) =>
      line
        .replace(/\b(org|user|invitation|api_key|om)_[0-9A-Z]{26}\b/g, "$1_…")
        .replace(/\bsk_\.\.\.\S{4}\b/g, "sk_...…")
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "(time)")
        .replace(/\(\d+(\.\d+)?s\)/g, "(…s)")
        .replace(/^(Duration:) .+$/, "$1 …")
        .replace(/(pulumi:pulumi:Stack )\S+/, "$1…")
        .replace(/(pulumi:pulumi:Stack) \(\S+\)/, "$1 (…)")
        .replace(/^(Updating|Previewing update|Destroying) \(\S+\)/, "$1 (…)")
        .replace(/`pulumi stack rm \S+`/, "`pulumi stack rm …`")
        .trim(),
    )
    .filter((line) => line !== "" && !line.startsWith("@ ") && !/pulumi:pulumi:Stack … .*\(…s\) \S/.test(line))
    .filter((line) => !/^pulumi:pulumi:Stack …( |$)/.test(line))
    .sort();
}
