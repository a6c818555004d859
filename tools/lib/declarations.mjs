// What the sources say of resources: declarations, classes, types and comments, as the compiler reads them.
import { join } from "node:path";

import ts from "typescript";

import { root } from "./paths.mjs";

/** @typedef {{ name: string, type: ts.Type, comment: string }} Declared a property of `inputs` or `outputs` */

const program = ts.createProgram([join(root, "sdk/index.ts"), join(root, "provider/native.ts")], {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  strict: true,
  noEmit: true,
  types: ["node"],
});
export const checker = program.getTypeChecker();

/**
 * @param {string} name
 * @param {string} path
 */
export function interfaceOf(name, path) {
  const found = sourceOf(path)
    .statements.filter(ts.isInterfaceDeclaration)
    .find((one) => one.name.text === name);
  if (!found) throw new Error(`${path} has no interface ${name}`);
  return found;
}

/**
 * @param {string} name
 * @param {string} path
 */
export function classOf(name, path) {
  const found = sourceOf(path)
    .statements.filter(ts.isClassDeclaration)
    .find((one) => one.name?.text === name);
  if (!found) throw new Error(`${path} has no class ${name}`);
  return found;
}

/**
 * @param {string} kind
 * @param {string} path
 */
export function classComment(kind, path) {
  const declaration = classOf(kind, path);
  const symbol = symbolOf(declaration);
  const example = symbol.getJsDocTags(checker).find(({ name }) => name === "example");
  if (!example) throw new Error(`The class ${kind} has no @example`);
  return { comment: commentOf(symbol), example: ts.displayPartsToString(example.text) };
}

/**
 * What a tag of a class's comment says.
 * @param {string} kind
 * @param {string} path
 * @param {string} tag
 */
export function classTag(kind, path, tag) {
  const found = symbolOf(classOf(kind, path))
    .getJsDocTags(checker)
    .find(({ name }) => name === tag);
  if (!found) throw new Error(`The class ${kind} has no @${tag}`);
  return ts.displayPartsToString(found.text).replaceAll(/\s+/g, " ").trim();
}

/**
 * The object literal that declares a resource.
 * @param {string} kind
 * @returns {ts.ObjectLiteralExpression}
 */
export function declarationOf(kind) {
  const index = symbolOf(sourceOf("provider/resources/index.ts"));
  const list = checker.getExportsOfModule(index).find(({ name }) => name === "resources")?.valueDeclaration;
  const entry = list && checker.getTypeAtLocation(list).getProperty(kind)?.valueDeclaration;
  if (!entry || !ts.isPropertyAssignment(entry)) throw new Error(`provider/resources/index.ts does not list ${kind}`);
  const symbol = checker.getSymbolAtLocation(entry.initializer);
  const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const variable = target?.valueDeclaration;
  const call = variable && ts.isVariableDeclaration(variable) ? variable.initializer : undefined;
  const literal = call && ts.isCallExpression(call) ? call.arguments[0] : undefined;
  if (!literal || !ts.isObjectLiteralExpression(literal)) throw new Error(`${kind} is not declared by resource({ … })`);
  return literal;
}

/**
 * The properties of `inputs` or `outputs`, each with the type of its values.
 * @param {ts.ObjectLiteralExpression} declaration
 * @param {"inputs" | "outputs"} part
 * @returns {Declared[]}
 */
export function fields(declaration, part) {
  const found = checker.getTypeAtLocation(declaration).getProperty(part);
  if (!found?.valueDeclaration) throw new Error(`A declaration has no ${part}`);
  return checker
    .getTypeOfSymbolAtLocation(found, declaration)
    .getProperties()
    .map((property) => {
      const field = checker.getTypeOfSymbolAtLocation(property, declaration);
      const [type] = checker.getTypeArguments(/** @type {ts.TypeReference} */ (field));
      const comment = commentOf(property);
      if (!type || !comment) throw new Error(`${property.name} has ${type ? "no comment" : "no type"}`);
      return { name: property.name, type, comment };
    });
}

/**
 * What the look-up of this name is given, and what it finds.
 * @param {string} name
 */
export function lookupTypes(name) {
  const index = symbolOf(sourceOf("provider/lookups/index.ts"));
  const list = checker.getExportsOfModule(index).find((one) => one.name === "lookups")?.valueDeclaration;
  const property = list && checker.getTypeAtLocation(list).getProperty(name);
  if (!list || !property) throw new Error(`provider/lookups/index.ts does not list ${name}`);
  const type = checker.getTypeOfSymbolAtLocation(property, list);
  const [given, found] = checker.getTypeArguments(/** @type {ts.TypeReference} */ (type));
  if (!given || !found) throw new Error(`${name} is no look-up`);
  return { given, found };
}

/**
 * The type of a list's elements; of anything else the type itself.
 * @param {ts.Type} type
 */
export function elementOf(type) {
  return checker.isArrayType(type)
    ? (checker.getTypeArguments(/** @type {ts.TypeReference} */ (type))[0] ?? type)
    : type;
}

/**
 * Sorted, since the compiler's own order depends on what else it has read.
 * @param {ts.Type} type
 */
export function literals(type) {
  const values = type.isUnion() ? type.types.flatMap((member) => (member.isStringLiteral() ? [member.value] : [])) : [];
  return values.sort();
}

/** @param {ts.Type} type */
export function mayBeMissing(type) {
  return checker.getNonNullableType(type) !== type;
}

/** @param {ts.Symbol} symbol */
export function commentOf(symbol) {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll(/\s+/g, " ").trim();
}

/** @param {ts.Node} node */
export function symbolOf(node) {
  const named = /** @type {ts.NamedDeclaration} */ (node);
  const symbol = checker.getSymbolAtLocation(named.name ?? node);
  if (!symbol) throw new Error(`There is no symbol for ${node.getText()}`);
  return symbol;
}

/** @param {ts.Declaration} declaration */
export function isExported(declaration) {
  return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
}

/** @param {string} path */
export function sourceOf(path) {
  const source = program.getSourceFile(join(root, path));
  if (!source) throw new Error(`${path} is no part of the library`);
  return source;
}

/**
 * @template T
 * @param {Record<string, T>} record
 * @param {string} name
 * @returns {T}
 */
export function pick(record, name) {
  const value = record[name];
  if (value === undefined) throw new Error(`The build does not know ${name}; it is older than the sources`);
  return value;
}
