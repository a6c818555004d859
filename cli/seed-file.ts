/** Reads a seed file; every mistake is told with its file, line and column. */
import { readFileSync } from "node:fs";
import { isMap, isNode, type Document } from "yaml";
import { didYouMean } from "../provider/wording";
import { parseYaml } from "../provider/roster-files/yaml";
import { type SeedInput, type SeedMistake, seedMistakes } from "../emulator";

export function readSeedFile(file: string): SeedInput {
  const { document, value, mistakes, place } = parseYaml(readText(file));
  const at = (offset: number) => {
    const { line, column } = place(offset);
    return `${file}:${line}:${column}`;
  };
  if (mistakes.length > 0)
    throw new Error(mistakes.map(({ offset, message }) => `${at(offset)}: ${message}`).join("\n"));

  const problems = seedMistakes(value);
  if (problems.length > 0) {
    throw new Error(
      problems
        .map((mistake) => ({
          offset: offsetOf(document, mistake.path),
          text: [...(mistake.path.length > 0 ? [mistake.path.join(".")] : []), said(mistake)].join(": "),
        }))
        .sort((a, b) => a.offset - b.offset)
        .map(({ offset, text }) => `${at(offset)}: ${text}`)
        .join("\n"),
    );
  }
  return value as SeedInput;
}

const said = ({ path, message, known }: SeedMistake): string =>
  known === undefined ? message : `${message}; ${didYouMean(String(path.at(-1)), known, "there are")}`;

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
