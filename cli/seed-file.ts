/** Reads a seed file; every mistake is told with its file, line and column. */
import { readFileSync } from "node:fs";
import { isMap, isNode, LineCounter, parseDocument, type Document } from "yaml";
import { type SeedInput, type SeedProblem, seedProblems, seedSchema } from "../emulator/seed/schema";

export function readSeedFile(file: string): SeedInput {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const syntax = document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`);
  if (syntax.length > 0) throw new Error(syntax.join("\n"));

  const parsed = seedSchema.safeParse(document.toJS() ?? {});
  const problems: SeedProblem[] = parsed.success
    ? seedProblems(parsed.data)
    : parsed.error.issues.flatMap((issue) => {
        const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
        if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
        return issue.keys.map((key) => ({ path: [...path, key], message: `${key} is not known here` }));
      });
  if (problems.length > 0) {
    throw new Error(
      problems
        .map(({ path, message }) => ({ offset: offsetOf(document, path), text: `${path.join(".")}: ${message}` }))
        .sort((a, b) => a.offset - b.offset)
        .map(({ offset, text }) => `${at(offset)}: ${text}`)
        .join("\n"),
    );
  }
  return document.toJS() as SeedInput;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** Where the value of a path stands, or else the nearest thing around it (a field that is missing stands nowhere). */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  const parent = path.length === 0 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path[path.length - 1];
  if (isMap(parent)) {
    const key = parent.items.find((item) => isNode(item.key) && item.key.toJSON() === last)?.key;
    if (isNode(key) && key.range) return key.range[0];
  }
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isNode(node) && node.range) return node.range[0];
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1));
}
