// Tables of a file's keys, from its JSON Schema.

/**
 * @typedef {object} Schema as zod writes it
 * @property {string} [type]
 * @property {string} [description]
 * @property {string} [format]
 * @property {readonly unknown[]} [enum]
 * @property {readonly Schema[]} [anyOf]
 * @property {Schema} [items]
 * @property {Readonly<Record<string, Schema>>} [properties]
 * @property {Schema | boolean} [additionalProperties]
 * @property {readonly string[]} [required]
 * @property {number} [maxLength]
 */

/**
 * @param {Schema} schema
 * @param {Readonly<Record<string, string>>} headings of each map with keys of its own, by its place: `teams.*`, `list[]`
 * @throws where a map has no heading, a heading no map, or a key no description
 */
export function keyTables(schema, headings) {
  const maps = mapsIn(schema, "");
  const unnamed = Object.keys(maps).filter((place) => !Object.hasOwn(headings, place));
  const absent = Object.keys(headings).filter((place) => !Object.hasOwn(maps, place));
  if (unnamed.length + absent.length > 0) {
    throw new Error(`Maps without a heading: ${unnamed.join(", ")}; headings without a map: ${absent.join(", ")}`);
  }
  return Object.entries(headings)
    .map(([place, heading]) => `${heading}\n\n${tableOf(/** @type {Schema} */ (maps[place]), place)}`)
    .join("\n\n");
}

/**
 * @param {Schema} schema
 * @param {string} place
 * @returns {Record<string, Schema>}
 */
function mapsIn(schema, place) {
  /** @type {Record<string, Schema>} */
  const found = {};
  for (const one of schema.anyOf ?? []) Object.assign(found, mapsIn(one, place));
  if (schema.items) Object.assign(found, mapsIn(schema.items, `${place}[]`));
  if (typeof schema.additionalProperties === "object") {
    Object.assign(found, mapsIn(schema.additionalProperties, within(place, "*")));
  }
  if (schema.properties) {
    found[place] = schema;
    for (const [key, value] of Object.entries(schema.properties))
      Object.assign(found, mapsIn(value, within(place, key)));
  }
  return found;
}

/** @param {string} place @param {string} key */
const within = (place, key) => (place === "" ? key : `${place}.${key}`);

/** @param {Schema} schema @param {string} place */
function tableOf({ properties = {}, required = [] }, place) {
  const rows = Object.entries(properties).map(([key, value]) => {
    const { description } = value;
    if (!description) throw new Error(`${within(place, key)} has no description`);
    const mark = required.includes(key) ? ", required" : "";
    return `| \`${key}\` | ${typeOf(value)}${mark} | ${description.replaceAll("|", "\\|")} |`;
  });
  return ["| Key | Type | Meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

/**
 * @param {Schema} schema
 * @returns {string}
 */
function typeOf(schema) {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(" or ");
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(" or ");
  if (schema.format === "email") return "email address";
  switch (schema.type) {
    case "string":
      return schema.maxLength === undefined ? "text" : `text, up to ${schema.maxLength} characters`;
    case "integer":
      return "whole number";
    case "array":
      return `list of ${schema.items ? typeOf(schema.items) : "anything"}`;
    case "null":
      return "nothing";
    case "object":
      return typeof schema.additionalProperties === "object"
        ? `map from a name to ${typeOf(schema.additionalProperties)}`
        : "a map with keys of its own, below";
    default:
      throw new Error(`No words for the type ${schema.type}`);
  }
}
