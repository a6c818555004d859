/** What is wrong with the shape of a file: each mistake where it stands, in one plain sentence. */
import type { z } from "zod";
import { plainly } from "../../api/issues";
import { didYouMean } from "../wording";
import type { Mistake, Path, Source } from "./source";

export interface FileShape {
  readonly schema: z.ZodType;
  /** The keys that there are at a place. */
  known(path: Path): readonly string[];
  /** What such a file is called: `a roster file`. */
  readonly whole: string;
  /** Some keys to begin with: `organization, teams and members`. */
  readonly keys: string;
}

export function misshapen(source: Source, shape: FileShape): Mistake[] {
  const { error } = shape.schema.safeParse(source.value, { error: plainly });
  return (error?.issues ?? []).flatMap((issue) => mistakesOf(issue, [], source, shape));
}

function mistakesOf(issue: z.core.$ZodIssue, above: Path, source: Source, shape: FileShape): Mistake[] {
  const path = [...above, ...(issue.path as Path)];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      ...source.at([...path, key], true),
      message: `${key} is no key here; ${didYouMean(key, shape.known(path), "there are")}`,
    }));
  }
  if (issue.code === "invalid_union") {
    // Text or a map: what is written as a map is meant as one.
    const nearest = issue.errors.map((each) => each).find((each) => each.every(({ path: inner }) => inner.length > 0));
    return (nearest ?? issue.errors[0] ?? []).flatMap((inner) => mistakesOf(inner, path, source, shape));
  }
  if (issue.code === "invalid_key") return [];
  if (path.length === 0) {
    const message = `${shape.whole} ${issue.message}; write keys such as ${shape.keys}, each with a colon`;
    return [{ ...source.at(path), message }];
  }
  return [{ ...source.at(path), message: `${nameOf(path)}${issue.message}` }];
}

const nameOf = (path: Path) => {
  const name = path.findLast((part) => typeof part === "string");
  return name === undefined ? "" : `${name}: `;
};
