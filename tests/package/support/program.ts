import { codeBlocks } from "../../support/markdown";
import { read } from "../../support/repository";

/** The program that the readme gives to somebody who starts, so that what it says is what is tested. */
export function readmeProgram(): string {
  const program = codeBlocks(read("README.md")).find(({ text }) => text.startsWith("// index.ts\n"));
  if (!program) throw new Error("README.md has no program that begins with `// index.ts`");
  return program.text;
}
