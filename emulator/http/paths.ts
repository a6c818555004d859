/** Patterns of paths, matched in time that grows with the lengths of both, whatever the pattern. */

type Token = { readonly literal: string } | { readonly any: "segment" | "across"; readonly atLeastOne: boolean };

/**
 * `{name}` is a part of a segment that is not empty, `*` any text within a segment, `**` any text; everything else
 * stands for itself.
 */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const tokens = tokensOf(pattern);
  return (path) => matches(tokens, path);
}

function tokensOf(pattern: string): Token[] {
  return (pattern.match(/\{[^{}]*\}|\*\*|[^]/g) ?? []).map((part) => {
    if (part === "**") return { any: "across", atLeastOne: false };
    if (part === "*") return { any: "segment", atLeastOne: false };
    return part.length > 1 ? { any: "segment", atLeastOne: true } : { literal: part };
  });
}

/** All ways at once, one character after the other: a regular expression would try them one after the other. */
function matches(tokens: readonly Token[], path: string): boolean {
  let reached = closure(tokens, new Set([0]));
  for (const character of path) {
    const next = new Set<number>();
    for (const index of reached) {
      const token = tokens[index];
      if (token === undefined) continue;
      if ("literal" in token) {
        if (token.literal === character) next.add(index + 1);
      } else if (token.any === "across" || character !== "/") {
        next.add(index).add(index + 1);
      }
    }
    if (next.size === 0) return false;
    reached = closure(tokens, next);
  }
  return reached.has(tokens.length);
}

/** Wildcards that may be empty are passed without a character. */
function closure(tokens: readonly Token[], reached: Set<number>): Set<number> {
  // A set goes on with what is added to it meanwhile.
  for (const index of reached) {
    const token = tokens[index];
    if (token !== undefined && "any" in token && !token.atLeastOne) reached.add(index + 1);
  }
  return reached;
}
