// `node tools/schema.mjs`: writes schema/pulumi-workos.json, by which every language of Pulumi's knows the native plugin,
// from the declarations in provider/ and sdk/. Comments and types come from the sources, traits from the build. With
// --print it prints the schema instead.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";

import prettier from "prettier";
import ts from "typescript";
import { toJSONSchema, z } from "zod";

import {
  checker,
  classComment,
  classOf,
  commentOf,
  declarationOf,
  fields,
  interfaceOf,
  literals,
  lookupTypes,
  mayBeMissing,
  pick,
  sourceOf,
  symbolOf,
} from "./lib/declarations.mjs";
import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";

/** @typedef {Record<string, unknown>} Spec a part of a schema, by Pulumi's metaschema */
/** @typedef {import("./lib/declarations.mjs").Declared} Declared */
/** @typedef {import("../provider/declare/resource.js").AnyResource} AnyResource */

const require = createRequire(import.meta.url);
/** @type {{ resources: Record<string, AnyResource> }} */
const { resources } = require(join(root, "dist/provider/resources/index.js"));
/** @type {{ settings: Record<string, string> }} */
const { settings } = require(join(root, "dist/provider/config.js"));
/** @type {{ lookups: Record<string, import("../provider/lookups/index.js").AnyLookup> }} */
const { lookups } = require(join(root, "dist/provider/lookups/index.js"));
/** @type {{ secretSettings: readonly string[] }} */
const { secretSettings } = require(join(root, "dist/plugin/settings.js"));
/** @type {{ pluginDownloadURL: string }} */
const { pluginDownloadURL } = require(join(root, "dist/sdk/plugin-place.js"));

/** @type {{ version: string }} */
const { version } = require(join(root, "package.json"));

/** The repository, as Go imports from it. */
const repository = pluginDownloadURL.replace("github://api.github.com/", "github.com/");

/** Settings that are numbers, and no counts. */
const fractional = new Set(["deleteTimeout"]);

/** Enumerations that several kinds share, by the property. The others are named after their kind. */
const sharedEnums = new Set(["adopt"]);

/** Types that properties consist of, by token. */
const types = /** @type {Record<string, Spec>} */ ({});

await main(async ([flag]) => {
  const target = join(root, "schema/pulumi-workos.json");
  const options = { ...(await prettier.resolveConfig(target)), filepath: target };
  const text = await prettier.format(JSON.stringify(schema()), options);
  if (flag === "--print") process.stdout.write(text);
  else writeFileSync(target, text);
  return 0;
});

function schema() {
  const variables = configuration();
  const listed = Object.entries(resources).map(([kind, resource]) => [tokenOf(kind), resourceSpec(kind, resource)]);
  const asked = Object.entries(lookups).map(([name, lookup]) => [tokenOf(name), lookupSpec(name, lookup)]);
  return {
    name: "workos",
    version,
    displayName: "WorkOS",
    description: "A WorkOS AuthKit environment as code: organizations, people, roles, groups, API keys and settings.",
    keywords: ["pulumi", "workos", "authkit", "category/infrastructure", "kind/native"],
    // The SDKs are whole packages of their languages, with the files that build them.
    meta: { supportPack: true },
    license: "Apache-2.0",
    publisher: "pulumi-workos",
    homepage: `https://${repository}`,
    repository: `https://${repository}`,
    pluginDownloadURL,
    config: { variables, defaults: secretSettings },
    provider: {
      description: "An environment: its key, its address, and the guards that hold in it.",
      inputProperties: variables,
    },
    resources: Object.fromEntries([...listed, [tokenOf("OrganizationRoster"), rosterSpec()]]),
    functions: Object.fromEntries(asked),
    types: Object.fromEntries(Object.entries(types).sort(([one], [other]) => (one < other ? -1 : 1))),
    language: {
      nodejs: { packageName: "pulumi-workos-native", respectSchemaVersion: true },
      python: {
        packageName: "pulumi_workos",
        pyproject: { enabled: true },
        pythonRequires: ">=3.10",
        requires: { pulumi: ">=3.216.0,<4.0.0" },
        respectSchemaVersion: true,
      },
      go: {
        importBasePath: `${repository}/sdk/go/workos`,
        rootPackageName: "workos",
        generateResourceContainerTypes: false,
        respectSchemaVersion: true,
      },
      // NuGet keeps names that begin with "Pulumi." for Pulumi itself.
      csharp: {
        rootNamespace: "PulumiCommunity",
        namespaces: { workos: "WorkOS" },
        packageReferences: { Pulumi: "3.*" },
        respectSchemaVersion: true,
      },
    },
  };
}

/** @param {string} name */
function tokenOf(name) {
  return `workos:index:${name}`;
}

/** The settings, as config of a stack and as inputs of a provider of its own. */
function configuration() {
  const declared = sourceOf("provider/config.ts")
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => name.getText() === "settings");
  if (!declared) throw new Error("provider/config.ts has no settings");
  const properties = checker.getTypeAtLocation(declared).getProperties();
  const values = membersOf(interfaceOf("SettingValues", "provider/config.ts").members);
  return Object.fromEntries(
    properties.map((property) => {
      const value = values.find(({ name }) => name === property.name)?.type;
      // What may be text as well is text: other languages have no such union.
      const isText = !value || [value, ...(value.isUnion() ? value.types : [])].some(isString);
      const shape = fractional.has(property.name) ? { type: "number" } : {};
      const type = isText ? { type: "string" } : typeSpec(value, property.name, property.name, shape);
      const meaning = commentOf(property);
      const description = `${type.type === "array" ? meaning.replace(", with commas between", "") : meaning} Else the environment variable \`${settings[property.name]}\`.`;
      return [
        property.name,
        { description, ...type, ...(secretSettings.includes(property.name) ? { secret: true } : {}) },
      ];
    }),
  );
}

/**
 * A look-up, whose answer is always an object: a list is a property of one.
 * @param {string} name
 * @param {import("../provider/lookups/index.js").AnyLookup} lookup
 */
function lookupSpec(name, { takes, by = [[]], answers, finds }) {
  const { given, found } = lookupTypes(name);
  const alternatives = given.isUnion() ? given.types : [given];
  const inputs = Object.keys(takes).map((input) => {
    const part = alternatives.map((one) => one.getProperty(input)).find((one) => one !== undefined);
    if (!part) throw new Error(`${name} has no type for ${input}`);
    const comment = commentOf(part);
    if (!comment) throw new Error(`${name} does not say what ${input} is`);
    return property(
      { name: input, comment },
      typeSpec(checker.getTypeOfSymbol(part), pascal(name + pascal(input)), input, {}),
    );
  });
  const kind = name.replace(/^(get|list|generate)/, "");
  /** @type {Spec} */
  const outputs = answers
    ? {
        properties: {
          [answers]: {
            description: finds === "made" ? "The link." : "What was found.",
            ...typeSpec(found, kind, answers, {}),
            ...(finds === "made" ? { secret: true } : {}),
          },
        },
        required: [answers],
      }
    : foundSpec(kind, found);
  const ways =
    by.length > 1 ? ` By ${by.map((all) => all.map((one) => `\`${one}\``).join(" and ")).join(", or by ")}.` : "";
  return {
    description: `${lookupComment(name)}${ways}`,
    inputs: {
      properties: Object.fromEntries(inputs),
      required: Object.keys(takes).filter((input) => by.every((all) => all.includes(input))),
    },
    outputs: { type: "object", ...outputs },
  };
}

/** @param {string} kind @param {ts.Type} found @returns {Spec} */
function foundSpec(kind, found) {
  const parts = checker.getNonNullableType(found).getProperties();
  const typed = parts.map((part) => ({ part, type: checker.getTypeOfSymbol(part) }));
  return {
    properties: Object.fromEntries(
      typed.map(({ part, type }) =>
        property(
          { name: part.name, comment: commentOf(part) },
          typeSpec(type, kind + pascal(part.name), part.name, {}),
        ),
      ),
    ),
    required: typed
      .filter(({ part, type }) => !(part.flags & ts.SymbolFlags.Optional) && !mayBeMissing(type))
      .filter(({ type }) => !(type.flags & ts.TypeFlags.Unknown))
      .map(({ part }) => part.name),
  };
}

/** What the function of the package says. @param {string} name */
function lookupComment(name) {
  const declaration = sourceOf("sdk/lookups.ts")
    .statements.filter(ts.isFunctionDeclaration)
    .find((one) => one.name?.text === name);
  if (!declaration) throw new Error(`sdk/lookups.ts has no ${name}`);
  const symbol = symbolOf(declaration);
  const thrown = symbol.getJsDocTags(checker).find((tag) => tag.name === "throws");
  const failure = thrown ? ` An error ${ts.displayPartsToString(thrown.text)}` : "";
  return commentOf(symbol) + failure;
}

/**
 * @param {string} kind
 * @param {AnyResource} resource
 */
function resourceSpec(kind, { inputs, outputs }) {
  const declaration = declarationOf(kind);
  const given = fields(declaration, "inputs");
  const made = fields(declaration, "outputs");
  const also = given.filter(({ name }) => pick(inputs, name).readable && !Object.hasOwn(outputs, name));
  const inputProperties = given.map((field) => {
    const { shape, traits } = pick(inputs, field.name);
    const spec = typeSpec(
      field.type,
      kind + pascal(field.name),
      field.name,
      toJSONSchema(shape.schema(z), { unrepresentable: "any" }),
    );
    const replaces = traits.immutable === true ? { willReplaceOnChanges: true } : {};
    return property(field, { ...spec, ...(traits.secret ? { secret: true } : {}), ...replaces });
  });
  const own = made.map((field) => {
    const { traits } = pick(outputs, field.name);
    const spec = typeSpec(field.type, kind + pascal(field.name), field.name, {});
    return property(field, { ...spec, ...(traits.secret ? { secret: true } : {}) });
  });
  const shared = inputProperties.filter(([name]) => also.some((field) => field.name === name));
  const { comment } = classComment(kind, "sdk/resources.ts");
  return {
    description: comment,
    inputProperties: Object.fromEntries(inputProperties),
    requiredInputs: given.filter(({ name }) => pick(inputs, name).required).map(({ name }) => name),
    properties: Object.fromEntries([
      ...shared.map(([name, { willReplaceOnChanges: _ofInputs, ...spec }]) => [name, spec]),
      ...own,
    ]),
    required: [
      ...also.filter(({ name }) => pick(inputs, name).required).map(({ name }) => name),
      ...made
        .filter(({ type }) => !mayBeMissing(type) && (type.flags & ts.TypeFlags.Unknown) === 0)
        .map(({ name }) => name),
    ],
  };
}

/**
 * @param {{ name: string, comment: string }} field
 * @param {Spec} spec
 * @returns {[string, Spec]}
 */
function property({ name, comment }, spec) {
  return [name, { ...(comment ? { description: comment } : {}), ...spec }];
}

/** A roster is no fold over a declaration: what it takes and gives stands in its class and the types beside it. */
function rosterSpec() {
  const path = "sdk/roster.ts";
  const given = [
    ...membersOf(interfaceOf("OrganizationRosterArgs", path).members),
    ...membersOf(interfaceOf("RosterFileArgs", "provider/native.ts").members),
  ];
  const made = membersOf(
    classOf("OrganizationRoster", path)
      .members.filter(ts.isPropertyDeclaration)
      .filter(({ name }) => !ts.isPrivateIdentifier(name)),
  );
  /** @param {(typeof given)[number]} member @returns {[string, Spec]} */
  const specOf = ({ name, comment, type }) =>
    property({ name, comment }, typeSpec(type, `Roster${pascal(name)}`, name, {}));
  return {
    description: classComment("OrganizationRoster", path).comment,
    inputProperties: Object.fromEntries(
      given
        .map(specOf)
        .map(([name, spec]) => [name, name === "organizationId" ? { ...spec, willReplaceOnChanges: true } : spec]),
    ),
    // A file may say who the members are.
    requiredInputs: given.filter(({ name, optional }) => !optional && name !== "members").map(({ name }) => name),
    properties: Object.fromEntries(made.map(specOf)),
    required: made.filter(({ type }) => !mayBeMissing(type)).map(({ name }) => name),
  };
}

/** @param {readonly (ts.TypeElement | ts.PropertyDeclaration)[]} members */
function membersOf(members) {
  return members.map((node) => {
    if (!(ts.isPropertySignature(node) || ts.isPropertyDeclaration(node)) || !node.type) {
      throw new Error(`${node.getText()} is no property with a type`);
    }
    const symbol = symbolOf(node);
    const optional = node.questionToken !== undefined;
    return { node, name: symbol.name, comment: commentOf(symbol), type: plainType(node.type), optional };
  });
}

/** What is in `pulumi.Input<…>` or `pulumi.Output<…>`. @param {ts.TypeNode} node @returns {ts.Type} */
function plainType(node) {
  const name = ts.isTypeReferenceNode(node) ? node.typeName.getText() : "";
  const inner = ts.isTypeReferenceNode(node) ? node.typeArguments?.[0] : undefined;
  return inner && /^pulumi\.(Input|Output)$/.test(name) ? plainType(inner) : checker.getTypeFromTypeNode(node);
}

/**
 * A type as the schema has it.
 * @param {ts.Type} given
 * @param {string} name what it is called where it has to have a name
 * @param {string} field the property
 * @param {Spec} shape what its values look like, as JSON Schema, where that is known
 * @returns {Spec}
 */
function typeSpec(given, name, field, shape) {
  if (given.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return { $ref: "pulumi.json#/Any" };
  const wrapped = given.aliasSymbol?.name === "Input" ? given.aliasTypeArguments?.[0] : undefined;
  const type = checker.getNonNullableType(wrapped ?? given);
  if (type.flags & ts.TypeFlags.BooleanLike || isBoolean(type)) return { type: "boolean" };
  if (isEveryOne(type, (one) => one.isStringLiteral()))
    return enumSpec(literals(type.isUnion() ? type : type), type, name, field);
  if (isEveryOne(type, (one) => (one.flags & ts.TypeFlags.StringLike) !== 0 || isOpenText(one)))
    return { type: "string" };
  if (isEveryOne(type, (one) => (one.flags & ts.TypeFlags.NumberLike) !== 0)) {
    // The compiler knows all numbers alike; those that nothing describes are counts.
    const whole =
      isEveryOne(type, (one) => one.isNumberLiteral()) || !(shape.type === "number" || field === "fraction");
    return { type: whole ? "integer" : "number" };
  }
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(/** @type {ts.TypeReference} */ (type));
    if (!element) throw new Error(`${name} is a list of nothing`);
    return { type: "array", items: typeSpec(element, name, field, partOf(shape, "items")) };
  }
  const indexed = type.getStringIndexType();
  if (indexed) {
    return {
      type: "object",
      additionalProperties: typeSpec(indexed, name, field, partOf(shape, "additionalProperties")),
    };
  }
  if (type.isUnion()) {
    return { oneOf: type.types.map((one, place) => typeSpec(one, `${name}${place > 0 ? place + 1 : ""}`, field, {})) };
  }
  return objectSpec(type, name, shape);
}

/** @param {Spec} shape @param {string} part @returns {Spec} */
function partOf(shape, part) {
  const found = shape[part];
  return typeof found === "object" && found !== null ? /** @type {Spec} */ (found) : {};
}

/** @param {ts.Type} type @param {(one: ts.Type) => boolean} is */
function isEveryOne(type, is) {
  return type.isUnion() ? type.types.every(is) : is(type);
}

/** @param {ts.Type} type */
function isString(type) {
  return (type.flags & ts.TypeFlags.String) !== 0;
}

/** @param {ts.Type} type */
function isBoolean(type) {
  return isEveryOne(type, (one) => (one.flags & ts.TypeFlags.BooleanLiteral) !== 0);
}

/** `string & Record<never, never>`: any text besides the values that are named. @param {ts.Type} type */
function isOpenText(type) {
  return type.isIntersection() && type.types.some((one) => (one.flags & ts.TypeFlags.String) !== 0);
}

/**
 * @param {string[]} found
 * @param {ts.Type} type
 * @param {string} name
 * @param {string} field
 */
function enumSpec(found, type, name, field) {
  const values = type.isStringLiteral() ? [type.value] : found;
  const token = tokenOf(sharedEnums.has(field) ? pascal(field) : name);
  types[token] = { type: "string", enum: values.map((value) => ({ value })) };
  return { $ref: `#/types/${token}` };
}

/**
 * @param {ts.Type} type
 * @param {string} name
 * @param {Spec} shape
 */
function objectSpec(type, name, shape) {
  const isNamed = type.symbol && (type.symbol.flags & ts.SymbolFlags.Interface) !== 0;
  const own = isNamed ? type.symbol.name : name;
  const token = tokenOf(own);
  const parts = type.getProperties();
  if (parts.length === 0) return { $ref: "pulumi.json#/Any" };
  const properties = parts.map((part) => {
    const inner = checker.getTypeOfSymbol(part);
    const spec = typeSpec(inner, own + pascal(part.name), part.name, partOf(partOf(shape, "properties"), part.name));
    return property({ name: part.name, comment: commentOf(part) }, spec);
  });
  types[token] = {
    ...(isNamed ? { description: commentOf(type.symbol) } : {}),
    type: "object",
    properties: Object.fromEntries(properties),
    required: parts
      .filter((part) => (part.flags & ts.SymbolFlags.Optional) === 0 && !mayBeMissing(checker.getTypeOfSymbol(part)))
      .map(({ name: part }) => part),
  };
  return { $ref: `#/types/${token}` };
}

/** @param {string} name */
function pascal(name) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
