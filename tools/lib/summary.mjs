/** @typedef {{ urn: string, type: string }} StateResource */
/** @typedef {Record<string, number>} ResourceChanges by operation, as `pulumi stack history --json` gives them */

/** What the engine keeps for itself. */
const bookkeeping = /^pulumi:(pulumi:Stack|providers:)/;

/**
 * What a stack holds after an `up`, for people: counts and names by type, never a value of a resource.
 * @param {{ resources: StateResource[], changes: ResourceChanges, outputs: Record<string, unknown> }} facts
 * @returns {string[]}
 */
export function summarize({ resources, changes, outputs }) {
  const declared = resources.filter(({ type }) => !bookkeeping.test(type));
  return [
    headline(declared.length, changes),
    ...table(groupByType(declared)),
    ...(Object.keys(outputs).length > 0 ? ["", "Stack outputs:", ...table(readable(outputs))] : []),
    "",
    "Next:",
    ...table([
      ["npm run pulumi -- preview --refresh --diff", "what differs from the program, here and in AuthKit"],
      ["npm run pulumi -- stack output --show-secrets", "the outputs, secrets included"],
      ["npm run pulumi -- destroy", "remove everything the program declared"],
      ["npm run reset", "forget this local environment altogether"],
    ]),
  ];
}

/**
 * @param {number} count
 * @param {ResourceChanges} changes
 */
function headline(count, changes) {
  const what = `${count} ${count === 1 ? "resource" : "resources"} in the local AuthKit`;
  const changed = Object.entries(changes).filter(([operation, number]) => operation !== "same" && number > 0);
  return changed.length === 0 ? `Everything is unchanged: ${what}.` : `Now there: ${what}.`;
}

/**
 * @param {StateResource[]} resources
 * @returns {[string, string][]}
 */
function groupByType(resources) {
  /** @type {Map<string, string[]>} */
  const names = new Map();
  for (const { type, urn } of resources) {
    const kind = type.split(":").at(-1) ?? type;
    names.set(kind, [...(names.get(kind) ?? []), urn.split("::").at(-1) ?? urn]);
  }
  return [...names].map(([kind, list]) => [`${list.length} ${kind}`, shorten(list)]);
}

/** @param {string[]} names */
function shorten(names) {
  const shown = names.slice(0, 6).join(", ");
  return names.length > 6 ? `${shown} and ${names.length - 6} more` : shown;
}

/**
 * @param {Record<string, unknown>} outputs with secrets already replaced by the engine
 * @returns {[string, string][]}
 */
function readable(outputs) {
  return Object.entries(outputs).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
}

/**
 * @param {[string, string][]} rows
 * @returns {string[]}
 */
function table(rows) {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
