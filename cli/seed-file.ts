/** Reads a seed file; every mistake is told with its file, line and column. */
import { readFileSync } from "node:fs";
import { isMap, isNode, type Document } from "yaml";
import { z } from "zod";
import { plainly } from "../api/issues";
import { didYouMean } from "../provider/wording";
import { parseYaml } from "../sdk/roster-files/yaml";
import { type SeedInput, type SeedProblem, seedProblems, seedSchema } from "../emulator/seed/schema";

export function readSeedFile(file: string): SeedInput {
  const { document, value, mistakes, place } = parseYaml(readText(file));
  const at = (offset: number) => {
    const { line, column } = place(offset);
    return `${file}:${line}:${column}`;
  };
  if (mistakes.length > 0)
    throw new Error(mistakes.map(({ offset, message }) => `${at(offset)}: ${message}`).join("\n"));

  const parsed = seedSchema.safeParse(value ?? {}, { error: plainly });
  const problems: SeedProblem[] = parsed.success
    ? seedProblems(parsed.data)
    : parsed.error.issues.flatMap((issue) => {
        const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
        if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
        const known = keysAt(path);
        return issue.keys.map((key) => ({
          path: [...path, key],
          message: `${key} is not known here; ${didYouMean(key, known, "there are")}`,
        }));
      });
  if (problems.length > 0) {
    throw new Error(
      problems
        .map(({ path, message }) => ({
          offset: offsetOf(document, path),
          text: [...(path.length > 0 ? [path.join(".")] : []), message].join(": "),
        }))
        .sort((a, b) => a.offset - b.offset)
        .map(({ offset, text }) => `${at(offset)}: ${text}`)
        .join("\n"),
    );
  }
  return value as SeedInput;
}

/** The keys that a map at this path may have. */
function keysAt(path: readonly (string | number)[]): string[] {
  type Part = { readonly properties?: Readonly<Record<string, Part>>; readonly items?: Part };
  let part: Part | undefined = z.toJSONSchema(seedSchema, { io: "input", unrepresentable: "any" }) as Part;
  for (const key of path) part = typeof key === "number" ? part?.items : part?.properties?.[key];
  return Object.keys(part?.properties ?? {});
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
