import { codeBlocks, shellCommands, tableBelow } from "../../support/markdown";
import { read } from "../../support/repository";

/** What the readme tells somebody who starts, so that what it says is what is tested. */
const section = () => {
  const found = read("README.md")
    .split(/^## /m)
    .find((text) => text.startsWith("Your own program\n"));
  if (found === undefined) throw new Error("README.md has no section Your own program");
  return found;
};

/** The files of a project made by hand, by their names: each stands under a line that begins with its name. */
export function readmeFiles(): Record<string, string> {
  const named = [...section().matchAll(/^`([\w.]+)`[^\n]*:\n\n(```.*?^```$)/gms)];
  return Object.fromEntries(named.map(([, name = "", block = ""]) => [name, codeBlocks(block)[0]?.text ?? ""]));
}

/** The commands of that section, in their order. */
export const readmeCommands = (): string[] => shellCommands(section());

export type Form = {
  program: string;
  /** What it adds to package.json, and to the compiler's options. */
  manifest: Record<string, unknown>;
  compiler: Record<string, unknown>;
  /** What else has to be done: commands, or words. */
  besides: string;
};

/** The forms in which a program may be written, as the readme's table says. */
export function readmeForms(): Form[] {
  const settings = (cell: string) => {
    const pairs = [...cell.matchAll(/`("[^`]+)`/g)].map(([, pair]) => pair);
    return JSON.parse(`{${pairs.join(",")}}`) as Record<string, unknown>;
  };
  return tableBelow(section(), "CommonJS and ES modules, compiled or not").map(
    ([program = "", manifest = "", compiler = "", besides = ""]) => ({
      program,
      manifest: settings(manifest),
      compiler: settings(compiler),
      besides,
    }),
  );
}
