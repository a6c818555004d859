/** What is wrong with a seed, for whoever reads one from a file: each mistake with the place of it. */
import { z } from "zod";
import { plainly } from "../../api/issues";
import { type SeedProblem, seedProblems, seedSchema } from "./schema";

export interface SeedMistake extends SeedProblem {
  /** What could be there, where the mistake is a name that is not known. */
  readonly known?: readonly string[];
}

/** Everything that `startEmulator` would refuse in a seed; none where it is right. */
export function seedMistakes(value: unknown): readonly SeedMistake[] {
  const parsed = seedSchema.safeParse(value ?? {}, { error: plainly });
  if (parsed.success) return seedProblems(parsed.data);
  return parsed.error.issues.flatMap((issue): SeedMistake[] => {
    const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
    if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
    const known = keysAt(path);
    return issue.keys.map((key) => ({ path: [...path, key], message: `${key} is not known here`, known }));
  });
}

/** The keys that a map at this path may have. */
function keysAt(path: readonly (string | number)[]): string[] {
  type Part = { readonly properties?: Readonly<Record<string, Part>>; readonly items?: Part };
  let part: Part | undefined = z.toJSONSchema(seedSchema, { io: "input", unrepresentable: "any" }) as Part;
  for (const key of path) part = typeof key === "number" ? part?.items : part?.properties?.[key];
  return Object.keys(part?.properties ?? {});
}
