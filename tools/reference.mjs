// `node tools/reference.mjs`: writes docs/resources.md from the declarations in provider/resources and sdk. Comments and
// types come from the sources, traits from the build. With --print it prints the page instead.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";

import prettier from "prettier";
import ts from "typescript";

import {
  checker,
  classComment,
  classOf,
  commentOf,
  declarationOf,
  elementOf,
  fields,
  interfaceOf,
  isExported,
  literals,
  mayBeMissing,
  pick,
  sourceOf,
  symbolOf,
} from "./lib/declarations.mjs";
import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";

/** @typedef {import("./lib/declarations.mjs").Declared} Declared */
/** @typedef {import("../provider/declare/fields.js").InputTraits} InputTraits */
/** @typedef {import("../provider/declare/fields.js").OutputTraits} OutputTraits */

/** Longer unions are listed below the table. */
const mostInCell = 8;

await main(async ([flag]) => {
  const target = join(root, "docs/resources.md");
  const options = { ...(await prettier.resolveConfig(target)), filepath: target };
  const page = await prettier.format(reference(), options);
  if (flag === "--print") process.stdout.write(page);
  else writeFileSync(target, page);
  return 0;
});

function reference() {
  const { resources } = createRequire(import.meta.url)(join(root, "dist/provider/resources/index.js"));
  const kinds = Object.keys(resources);
  return [
    "# Resources and look-ups",
    "<!-- Made by tools/reference.mjs from the declarations; change those, then run `node tools/reference.mjs`. -->",
    "Every resource has an output `id` besides those listed, and takes Pulumi's [resource options](https://www.pulumi.com/docs/concepts/options/). An input that is left out is not managed. All of it is exported by `pulumi-workos/native` as well: there the resources are the native plugin's, the options `provider` and `import` work, and there is `Provider` ([native.md](native.md)). What the columns mean:",
    [
      "- **A change**: `updates` changes the object in place, `replaces` makes a new one in its place; `replaces or waits` depends on the object's state, and `waits` does nothing by itself: the value is used at the next occasion.",
      "- **Removed** from the program: `cleared` in AuthKit as well, or `unmanaged`: AuthKit keeps the value.",
      "- **secret**: encrypted in the state and never shown.",
    ].join("\n"),
    contents([...kinds, "OrganizationRoster", "Provider", "Look-ups"]),
    ...kinds.map((kind) => resourceSection(kind, resources[kind])),
    rosterSection(),
    providerSection(),
    lookupSection(),
  ].join("\n\n");
}

/** @param {string[]} headings */
function contents(headings) {
  return headings.map((heading) => `[${heading}](#${heading.toLowerCase()})`).join(" · ");
}

/**
 * @param {string} kind
 * @param {{ inputs: Record<string, { required: boolean, readable: boolean, traits: InputTraits }>, outputs: Record<string, { traits: OutputTraits }> }} resource
 */
function resourceSection(kind, { inputs, outputs }) {
  const { comment, example } = classComment(kind, "sdk/resources.ts");
  const declaration = declarationOf(kind);
  const declaredInputs = fields(declaration, "inputs");
  const also = Object.keys(inputs).filter((name) => inputs[name]?.readable && !Object.hasOwn(outputs, name));
  return [
    `## ${kind}`,
    comment,
    ["```ts", example, "```"].join("\n"),
    "### Inputs",
    table(
      ["Input", "Type", "A change", "Removed", "Meaning"],
      declaredInputs.map(({ name, type, comment }) => {
        const { required, traits } = pick(inputs, name);
        const marks = [...(required ? ["required"] : []), ...(traits.secret ? ["secret"] : [])];
        return [code(name), [typeCell(type), ...marks].join(", "), change(traits), removal(required, traits), comment];
      }),
    ),
    ...longUnions(declaredInputs),
    "### Outputs",
    table(
      ["Output", "Type", "Meaning"],
      fields(declaration, "outputs").map(({ name, type, comment }) => {
        const { traits } = pick(outputs, name);
        const marks = [...(mayBeMissing(type) ? ["or none"] : []), ...(traits.secret ? ["secret"] : [])];
        return [code(name), [typeCell(type), ...marks].join(", "), comment];
      }),
    ),
    `And, as inputs of the same name: ${also.map(code).join(", ")}.`,
    ...interfaces(fields(declaration, "outputs").map(({ type }) => type)),
  ].join("\n\n");
}

/** @param {InputTraits} traits */
function change({ immutable, inert }) {
  if (immutable === "sometimes") return "replaces or waits";
  if (immutable) return "replaces";
  return inert ? "waits" : "updates";
}

/**
 * @param {boolean} required
 * @param {InputTraits} traits
 */
function removal(required, { immutable, clear }) {
  if (required) return "";
  if (immutable) return change({ immutable });
  return clear === undefined ? "unmanaged" : "cleared";
}

/** A roster is no fold over a declaration: what it takes and gives stands in its class and the types beside it. */
function rosterSection() {
  const path = "sdk/roster.ts";
  const { comment, example } = classComment("OrganizationRoster", path);
  const outputs = classOf("OrganizationRoster", path).members.filter(ts.isPropertyDeclaration);
  return [
    "## OrganizationRoster",
    `${comment} What it does, its guards, and rosters as files: [roster.md](roster.md).`,
    ["```ts", example, "```"].join("\n"),
    "### Inputs",
    propertyTable("Input", interfaceOf("OrganizationRosterArgs", path).members),
    "Each `RosterMember`:",
    propertyTable("Property", [
      // What a program may say of somebody's end is told where programs import it.
      ...interfaceOf("Member", "provider/roster/roster.ts").members.filter(
        ({ name }) => name?.getText() !== "expiresAt",
      ),
      ...interfaceOf("Profile", "provider/roster/roster.ts").members,
      ...interfaceOf("RosterMember", path).members,
    ]),
    "`RosterGuards`:",
    propertyTable("Property", interfaceOf("RosterGuards", "provider/roster/roster.ts").members),
    "### Outputs",
    propertyTable("Output", outputs),
    "Each `RosterIds`:",
    propertyTable("Property", interfaceOf("RosterIds", "provider/roster/outputs.ts").members),
    "`Counts`:",
    propertyTable("Property", interfaceOf("Counts", "provider/roster/state.ts").members),
  ].join("\n\n");
}

/**
 * @param {string} head
 * @param {readonly (ts.TypeElement | ts.PropertyDeclaration)[]} members
 */
function propertyTable(head, members) {
  return table(
    [head, "Type", "Meaning"],
    members.map((member) => {
      if (!(ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) || !member.type) {
        throw new Error(`${member.getText()} is no property with a type`);
      }
      const symbol = symbolOf(member);
      const meaning = commentOf(symbol);
      if (!meaning) throw new Error(`${symbol.name} has no comment`);
      const required = head === "Input" && !member.questionToken ? ", required" : "";
      return [code(symbol.name), `${code(plainType(member.type.getText()))}${required}`, meaning];
    }),
  );
}

/**
 * A type as a program's author thinks of it: plain values may be given where outputs may.
 * @param {string} text
 * @returns {string}
 */
function plainType(text) {
  const wrapper = /\b(?:pulumi\.Input|pulumi\.Output|Readonly)</.exec(text);
  if (!wrapper) return text.replaceAll("readonly ", "").replaceAll(" | undefined", "").replaceAll(/\s+/g, " ");
  const start = wrapper.index + wrapper[0].length;
  let end = start;
  for (let depth = 1; depth > 0; end++) depth += text[end] === "<" ? 1 : text[end] === ">" ? -1 : 0;
  return plainType(text.slice(0, wrapper.index) + text.slice(start, end - 1) + text.slice(end));
}

/** Its arguments are the settings, of which each has its type and its meaning in one place. */
function providerSection() {
  const { comment, example } = classComment("Provider", "sdk/provider.ts");
  const [args] = sourceOf("sdk/provider.ts").statements.filter(ts.isTypeAliasDeclaration).filter(isExported);
  if (!args) throw new Error("sdk/provider.ts exports no type of arguments");
  const settings = checker.getTypeAtLocation(args).getProperties();
  return [
    "## Provider",
    `${comment} It is exported by \`pulumi-workos/native\` only. ${commentOf(symbolOf(args))}`,
    ["```ts", example, "```"].join("\n"),
    table(
      ["Setting", "Type", "Meaning"],
      settings.map((setting) => {
        const type = checker.getNonNullableType(checker.getTypeOfSymbol(setting));
        const plain = type.aliasTypeArguments?.[0] ?? type;
        const meaning = commentOf(setting);
        return [
          code(setting.name),
          code(typeText(plain)),
          checker.isArrayType(plain) ? meaning.replace(", with commas between", "") : meaning,
        ];
      }),
    ),
  ].join("\n\n");
}

function lookupSection() {
  const source = sourceOf("sdk/lookups.ts");
  const functions = source.statements.filter(ts.isFunctionDeclaration).filter(isExported);
  return [
    "## Look-ups",
    "Functions that answer what is in AuthKit already, for programs that refer to it without managing it. They ask when they are called, in previews too, and answer no secrets. Each has a form that takes and gives outputs: `getUserOutput` for `getUser`, and so on. All take options besides: with `{ provider }`, or within a component `{ parent: this }`, they ask the environment of that provider, whichever entry the program has.",
    table(
      ["Look-up", "By", "Meaning"],
      functions.map((declaration) => {
        const symbol = symbolOf(declaration);
        const thrown = symbol.getJsDocTags(checker).find(({ name }) => name === "throws");
        const failure = thrown ? [`Throws ${ts.displayPartsToString(thrown.text)}`] : [];
        return [code(symbol.name), code(parameter(declaration)), [commentOf(symbol), ...failure].join(" ")];
      }),
    ),
  ].join("\n\n");
}

/**
 * What a look-up takes, as its type is written.
 * @param {ts.FunctionDeclaration} declaration
 */
function parameter(declaration) {
  const node = declaration.parameters[0]?.type;
  if (!node) return "";
  const alias = checker.getTypeFromTypeNode(node).aliasSymbol?.declarations?.find(ts.isTypeAliasDeclaration);
  // A type over another says what that says, of values that may be outputs.
  const over = alias && ts.isMappedTypeNode(alias.type) ? alias.type.typeParameter.constraint : undefined;
  const plain = over && ts.isTypeOperatorNode(over) ? over.type : undefined;
  const named = plain
    ? checker.getTypeFromTypeNode(plain).aliasSymbol?.declarations?.find(ts.isTypeAliasDeclaration)
    : alias;
  const printer = ts.createPrinter({ removeComments: true });
  const shown = named?.type ?? node;
  const text = printer.printNode(ts.EmitHint.Unspecified, shown, shown.getSourceFile());
  return text
    .replaceAll("readonly ", "")
    .replaceAll(/;?\s*}/g, " }")
    .replaceAll(/\s+/g, " ");
}

/**
 * The interfaces that outputs consist of.
 * @param {readonly ts.Type[]} types
 */
function interfaces(types) {
  const found = types.flatMap((type) => elementOf(type).symbol?.declarations ?? []);
  return found
    .filter(ts.isInterfaceDeclaration)
    .filter((one) => isExported(one) && one.getSourceFile().fileName.includes("/provider/resources/"))
    .flatMap((declaration) => [
      `Each ${code(declaration.name.text)}: ${lowerFirst(commentOf(symbolOf(declaration)))}`,
      table(
        ["Property", "Type", "Meaning"],
        declaration.members.map((member) => {
          const symbol = symbolOf(member);
          const type = checker.getTypeOfSymbol(symbol);
          return [
            code(symbol.name),
            [typeCell(type), ...(mayBeMissing(type) ? ["or none"] : [])].join(", "),
            commentOf(symbol),
          ];
        }),
      ),
    ]);
}

/** @param {Declared[]} declared */
function longUnions(declared) {
  return declared.flatMap(({ name, type }) => {
    const values = literals(elementOf(type));
    return values.length > mostInCell ? [`Values of ${code(name)}: ${values.map(code).join(", ")}.`] : [];
  });
}

/** @param {ts.Type} type */
function typeCell(type) {
  const list = checker.isArrayType(type);
  if (literals(elementOf(type)).length > mostInCell) return `${list ? "a list" : "one"} of the values below`;
  return code(typeText(type));
}

/**
 * @param {ts.Type} given
 * @returns {string}
 */
function typeText(given) {
  const type = given.flags & ts.TypeFlags.Unknown ? given : checker.getNonNullableType(given);
  const values = literals(type);
  if (values.length > 0) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(/** @type {ts.TypeReference} */ (type));
    return `${element ? typeText(element) : "unknown"}[]`;
  }
  const indexed = type.getStringIndexType();
  if (indexed) return `Record<string, ${typeText(indexed)}>`;
  const isNamed = type.symbol && (type.symbol.flags & ts.SymbolFlags.Interface) !== 0;
  if (
    isNamed ||
    type.getProperties().length === 0 ||
    !(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))
  ) {
    return checker.typeToString(type);
  }
  const properties = type.getProperties().map((property) => {
    const mark = property.flags & ts.SymbolFlags.Optional ? "?" : "";
    return `${property.name}${mark}: ${typeText(checker.getTypeOfSymbol(property))}`;
  });
  return `{ ${properties.join("; ")} }`;
}

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
function table(head, rows) {
  const lines = [head, head.map(() => "---"), ...rows.map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")))];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** @param {string} text */
function code(text) {
  return `\`${text}\``;
}

/** @param {string} text */
function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
