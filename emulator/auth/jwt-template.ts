/** What a JWT template makes of a person, an organization and their membership. */

/** Without braces inside, so that looking for them takes no longer than the text is. */
const expressions = /\{\{[^{}]*\}\}/g;

type Scope = Readonly<Record<string, unknown>>;

/** Why this is no template; nothing if it is one. Judged by what it would render to for somebody of whom nothing is known. */
export function templateProblem(content: string): string | undefined {
  if (content.replaceAll(expressions, "").includes("{{")) return "every {{ needs its }}";
  return claimsOf(content, {}) === undefined ? "it does not render to a JSON object" : undefined;
}

/** The claims that it renders to; nothing where it does not render to an object. */
export function claimsOf(content: string, scope: Scope): Record<string, unknown> | undefined {
  try {
    const claims: unknown = JSON.parse(rendered(content, scope));
    return isObject(claims) && !Array.isArray(claims) ? { ...claims } : undefined;
  } catch {
    return undefined;
  }
}

/** An expression stands for a value, or inside of a JSON text for a part of that text. */
function rendered(content: string, scope: Scope): string {
  let inText = false;
  return content
    .split(/(\{\{[^{}]*\}\}|\\.|")/s)
    .map((part) => {
      if (part === '"') inText = !inText;
      if (!part.startsWith("{{")) return part;
      const value = valueOf(part.slice(2, -2), scope);
      return inText ? JSON.stringify(asText(value)).slice(1, -1) : JSON.stringify(value);
    })
    .join("");
}

/** The first alternative that there is: a path, as in `organization.domains.0.domain`, or a text between quotes. */
function valueOf(expression: string, scope: Scope): unknown {
  for (const alternative of expression.split("||").map((text) => text.trim())) {
    const [, , quoted] = /^(['"])(.*)\1$/s.exec(alternative) ?? [];
    const value = quoted ?? alternative.split(".").reduce<unknown>(inside, scope);
    if (value !== undefined && value !== null) return value;
  }
  return null;
}

const inside = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** Part of a text, in which nothing is written for what there is not. */
const asText = (value: unknown): string =>
  typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);

const isObject = (value: unknown): value is Scope => typeof value === "object" && value !== null;
