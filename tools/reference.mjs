// `node tools/reference.mjs`: writes docs/resources.md and docs/resources/ from the declarations in provider/resources and
// sdk, and docs/roster-files.md from the schemas of such files. Comments and types come from the sources, traits from the
// build. With --print it prints all pages as JSON instead.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import ts from "typescript";

import {
  checker,
  classComment,
  classOf,
  classTag,
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
import { completed } from "./lib/examples.mjs";
import { errorTexts } from "./lib/error-texts.mjs";
import { publish } from "./lib/generated-pages.mjs";
import { keyTables } from "./lib/key-tables.mjs";
import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { assertComplete, topics } from "./lib/topics.mjs";
import { explainedErrors } from "./lib/troubleshooting.mjs";

/** @typedef {import("./lib/declarations.mjs").Declared} Declared */
/** @typedef {import("../provider/declare/fields.js").InputTraits} InputTraits */
/** @typedef {import("../provider/declare/fields.js").OutputTraits} OutputTraits */
/** @typedef {import("../provider/declare/resource.js").AnyResource} AnyResource */

/** Longer unions are listed below the table. */
const mostInCell = 8;

const load = createRequire(import.meta.url);
/** @type {{ resources: Record<string, AnyResource> }} */
const { resources } = load(join(root, "dist/provider/resources/index.js"));
/** @type {{ importForm(resource: AnyResource): string }} */
const { importForm } = load(join(root, "dist/provider/lifecycle/import.js"));

const made =
  "<!-- Made by tools/reference.mjs from the declarations; change those, then run `node tools/reference.mjs`. -->";
const kindsFile = "sdk/resources.ts";
const rosterFile = "sdk/roster.ts";

await main(async ([flag]) => {
  const kinds = Object.keys(resources);
  assertComplete([...kinds, "OrganizationRoster"]);
  const errors = errorsByFile();
  await publish(
    {
      "docs/resources.md": index(),
      ...Object.fromEntries(kinds.map((kind) => [`docs/resources/${kind}.md`, resourcePage(kind, errors)])),
      "docs/resources/OrganizationRoster.md": rosterPage(),
      "docs/resources/Provider.md": providerPage(),
      "docs/resources/look-ups.md": lookupPage(),
      "docs/roster-files.md": filesPage(),
    },
    { print: flag === "--print", folder: "docs/resources" },
  );
  return 0;
});

function index() {
  return [
    "# Resources",
    made,
    "Each resource has a page: an example, inputs and outputs, what a change of each input does, how to take over or import what exists, what removing it does, and its errors. [Which resource do I need?](which-resource.md) goes from what you want to do to the resource. [Look-ups](resources/look-ups.md) answer what is there already, without managing it.",
    "All of them have an output `id`, and take Pulumi's [resource options](https://www.pulumi.com/docs/concepts/options/), such as `protect`, `retainOnDelete` and `deletedWith`. An input that you leave out is not managed: whatever AuthKit has is fine. All of them are exported by `pulumi-workos/native` as well: there they are the [native plugin](native.md)'s, the options `provider` and `import` work, and there is [`Provider`](resources/Provider.md).",
    ...Object.entries(topics).flatMap(([topic, kinds]) => [
      `## ${topic}`,
      table(
        ["Resource", "What it is", "Removing it from the program"],
        kinds.map((kind) => {
          const path = kind === "OrganizationRoster" ? rosterFile : kindsFile;
          const { comment } = classComment(kind, path);
          return [`[${code(kind)}](resources/${kind}.md)`, firstSentence(comment), classTag(kind, path, "removal")];
        }),
      ),
    ]),
    "## Reading the tables",
    [
      "- **A change**: `updates` changes the object in place, and `replaces` makes a new one in its place. `replaces or waits` depends on the state of the object. `waits` does nothing by itself: the value is used at the next occasion. `noted` is for the provider alone, and changes nothing in AuthKit.",
      "- **Removed**, an input that was set and is taken out of the program: `cleared` in AuthKit as well, `unmanaged`, so that AuthKit keeps the value, or `default`: what the provider does without it.",
      "- **secret**: encrypted in the state and never shown.",
    ].join("\n"),
  ].join("\n\n");
}

/**
 * @param {string} kind
 * @param {ReadonlyMap<string, readonly KnownError[]>} errors
 */
function resourcePage(kind, errors) {
  const resource = pick(resources, kind);
  const { inputs, outputs } = resource;
  const { comment, example } = classComment(kind, kindsFile);
  const declaration = declarationOf(kind);
  const declaredInputs = fields(declaration, "inputs");
  const also = Object.keys(inputs).filter((name) => inputs[name]?.readable && !Object.hasOwn(outputs, name));
  const declaredOutputs = fields(declaration, "outputs");
  return [
    `# ${kind}`,
    made,
    comment,
    ["```ts", completed(example, examples()), "```"].join("\n"),
    "## Inputs",
    table(
      ["Input", "Type", "[A change](../resources.md#reading-the-tables)", "Removed", "Meaning"],
      declaredInputs.map(({ name, type, comment }) => {
        const { required, traits, option } = pick(inputs, name);
        const marks = [...(required ? ["required"] : []), ...(traits.secret ? ["secret"] : [])];
        const [changed, removed] =
          option && !traits.immutable && !traits.inert
            ? ["noted", "default"]
            : [change(traits), removal(required, traits)];
        return [code(name), [typeCell(type), ...marks].join(", "), changed, removed, comment];
      }),
    ),
    ...longUnions(declaredInputs),
    "## Outputs",
    ...(declaredOutputs.length > 0
      ? [
          table(
            ["Output", "Type", "Meaning"],
            declaredOutputs.map(({ name, type, comment }) => {
              const { traits } = pick(outputs, name);
              const marks = [...(mayBeMissing(type) ? ["or none"] : []), ...(traits.secret ? ["secret"] : [])];
              return [code(name), [typeCell(type), ...marks].join(", "), comment];
            }),
          ),
        ]
      : []),
    `${declaredOutputs.length > 0 ? "And" : "None but `id` and"}, as inputs of the same name: ${also.map(code).join(", ")}.`,
    ...interfaces(declaredOutputs.map(({ type }) => type)),
    "## What a change does",
    changes(inputs),
    "## When it exists already",
    adoption(kind, resource),
    "## Import",
    importing(kind, resource),
    "## Removing it from the program",
    `${classTag(kind, kindsFile, "removal")} \`pulumi destroy\` does the same.`,
    ...worthKnowing(kind, errors),
  ].join("\n\n");
}

/** @param {AnyResource["inputs"]} inputs */
function changes(inputs) {
  const named = (is) =>
    Object.entries(inputs)
      .filter(([, { traits, option }]) => is(traits, option))
      .map(([name]) => code(name));
  const updating = named((traits, option) => !traits.immutable && !traits.inert && !option);
  const replacing = named((traits) => traits.immutable === true);
  const sometimes = named((traits) => traits.immutable === "sometimes");
  const waiting = named((traits) => traits.inert && !traits.immutable);
  const options = named((traits, option) => option && !traits.immutable && !traits.inert);
  return [
    `- **Updates in place**: ${updating.join(", ") || "nothing"}.`,
    `- **Replaces it**: ${replacing.join(", ") || "nothing"}.`,
    ...(sometimes.length > 0
      ? [`- **Replaces it in some states**, as its meaning above says: ${sometimes.join(", ")}.`]
      : []),
    ...(waiting.length > 0 ? [`- **Waits for the next occasion**: ${waiting.join(", ")}.`] : []),
    ...(options.length > 0
      ? [`- **Changes nothing in AuthKit**, being for the provider alone: ${options.join(", ")}.`]
      : []),
  ].join("\n");
}

/**
 * @param {string} kind
 * @param {AnyResource} resource
 */
function adoption(kind, { inputs }) {
  const how = classTag(kind, kindsFile, "adoption");
  return Object.hasOwn(inputs, "adopt")
    ? `An error that names it, unless [\`adopt\`](../adopt.md) says to take it over. It is found ${lowerFirst(how)}`
    : how.startsWith("Never")
      ? `It cannot be taken over: ${lowerFirst(how.replace(/^Never: /, ""))}`
      : `It is taken over: ${lowerFirst(how.replace(/^Without being asked to(?:: |, and )/, ""))}`;
}

/**
 * @param {string} kind
 * @param {AnyResource} resource
 */
function importing(kind, resource) {
  if (resource.notImported !== undefined) return `It is not imported: ${resource.notImported}`;
  const { importedBy = ["id"] } = resource;
  const parts = importedBy.map((name) => (name === "id" ? "the id" : code(name)));
  return [
    `With the [native provider](../native.md), by ${parts.join(" and ")}${parts.length > 1 ? ", with a slash between" : ""}:`,
    ["```sh", `pulumi import workos:index:${kind} NAME ${importId(resource)}`, "```"].join("\n"),
    `A dynamic resource cannot be imported${Object.hasOwn(resource.inputs, "adopt") ? ": use `adopt`" : ""}.`,
  ].join("\n\n");
}

/** @param {AnyResource} resource */
function importId(resource) {
  const id = importForm(resource)
    .split("/")
    .map((part) => (part === "id" ? "ID" : part))
    .join("/");
  return /^[\w/]+$/.test(id) ? id : `'${id}'`;
}

/** @typedef {{ text: string, section: string, anchor: string }} KnownError */

/** What docs/troubleshooting.md explains, by the file whose error it is. */
function errorsByFile() {
  const page = readFileSync(join(root, "docs/troubleshooting.md"), "utf8");
  const explained = explainedErrors(page);
  /** @type {Map<string, KnownError[]>} */
  const byFile = new Map();
  for (const { text, file } of errorTexts()) {
    const known = explained.get(text);
    if (known) byFile.set(file, [...(byFile.get(file) ?? []), { text, ...known }]);
  }
  return byFile;
}

/**
 * The errors that are this kind's alone, or of a few like it.
 * @param {string} kind
 * @param {ReadonlyMap<string, readonly KnownError[]>} errors
 */
function worthKnowing(kind, errors) {
  const known = filesOf(kind).flatMap((file) => errors.get(file) ?? []);
  const sections = new Map(known.map(({ section, anchor }) => [section, anchor]));
  return [
    "## Errors worth knowing",
    ...(known.length > 0 ? [["```text", ...new Set(known.map(({ text }) => text)), "```"].join("\n")] : []),
    `${sections.size > 0 ? `What each means, and what to do: ${[...sections].map(([section, anchor]) => `[${section}](../troubleshooting.md#${anchor})`).join(", ")}. ` : ""}What every kind can meet is in [troubleshooting](../troubleshooting.md).`,
  ];
}

/**
 * The file of a kind, and what it has of its neighbours: no other kind's.
 * @param {string} kind
 */
function filesOf(kind) {
  const own = declarationOf(kind).getSourceFile();
  const others = new Set(Object.keys(resources).map((one) => declarationOf(one).getSourceFile()));
  const found = new Set([own]);
  for (const source of found) {
    for (const statement of source.statements.filter(ts.isImportDeclaration)) {
      const symbol = checker.getSymbolAtLocation(statement.moduleSpecifier);
      const file = symbol?.valueDeclaration?.getSourceFile();
      if (file && file.fileName.includes("/provider/resources/") && !others.has(file)) found.add(file);
    }
  }
  return [...found].map(({ fileName }) => fileName.slice(root.length + 1));
}

/** All examples, of which one may stand on another. */
function examples() {
  return Object.keys(resources).map((kind) => classComment(kind, kindsFile).example);
}

/** The keys of files that people write beside their program. */
function filesPage() {
  const schemaOf = (name) => JSON.parse(readFileSync(join(root, `schema/${name}.schema.json`), "utf8"));
  return [
    "# Keys of roster files",
    "<!-- Made by tools/reference.mjs from schema/; change the shapes, then run `node tools/roster-schema.mjs && node tools/reference.mjs`. -->",
    "What may stand in the files that `loadRoster` and `loadRoles` read; [rosters](roster.md#rosters-as-files) has an example of each. Editors read the same from `schema/roster.schema.json` and `schema/roles.schema.json`, by a first line such as `# yaml-language-server: $schema=node_modules/pulumi-workos/schema/roster.schema.json`.",
    "Every key may be left out unless it is marked as required. An unknown key is a mistake.",
    keyTables(schemaOf("roster"), {
      "": "## Roster files",
      defaults: "### `defaults`",
      "teams.*": "### A team",
      "members.*": "### A person under `members`",
      "teams.*.members[]": "### A person in the `members` of a team",
    }),
    keyTables(schemaOf("roles"), {
      "": "## Roles files",
      "permissions.*": "### A permission",
      "roles.*": "### A role of the environment",
      "organizations.*.*": "### A role of one organization",
    }),
  ].join("\n\n");
}

/** @param {string} text */
function firstSentence(text) {
  return /^.*?[.](?= |$)/.exec(text)?.[0] ?? text;
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
function rosterPage() {
  const path = rosterFile;
  const { comment, example } = classComment("OrganizationRoster", path);
  const outputs = classOf("OrganizationRoster", path).members.filter(ts.isPropertyDeclaration);
  return [
    "# OrganizationRoster",
    made,
    `${comment} What it does, its guards, and rosters as files: [rosters](../roster.md).`,
    ["```ts", completed(example, examples()), "```"].join("\n"),
    "## Inputs",
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
    "## Outputs",
    propertyTable("Output", outputs),
    "Each `RosterIds`:",
    propertyTable("Property", interfaceOf("RosterIds", "provider/roster/outputs.ts").members),
    "`Counts`:",
    propertyTable("Property", interfaceOf("Counts", "provider/roster/state.ts").members),
    "## What a change does",
    "A change of `organizationId` replaces the roster. Everything else updates it in place.",
    "## When people are there already",
    classTag("OrganizationRoster", path, "adoption"),
    "## Import",
    "With the [native provider](../native.md), by the id of its organization:",
    ["```sh", "pulumi import workos:index:OrganizationRoster NAME 'org_…'", "```"].join("\n"),
    "There is no need to, since a new roster takes over whoever is there.",
    "## Removing it from the program",
    `${classTag("OrganizationRoster", path, "removal")} \`pulumi destroy\` does the same.`,
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
function providerPage() {
  const { comment, example } = classComment("Provider", "sdk/provider.ts");
  const [args] = sourceOf("sdk/provider.ts").statements.filter(ts.isTypeAliasDeclaration).filter(isExported);
  if (!args) throw new Error("sdk/provider.ts exports no type of arguments");
  const settings = checker.getTypeAtLocation(args).getProperties();
  return [
    "# Provider",
    made,
    `${comment} It is exported by \`pulumi-workos/native\` only. ${commentOf(symbolOf(args))}`,
    ["```ts", completed(example, examples(), "pulumi-workos/native"), "```"].join("\n"),
    "## Settings",
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

function lookupPage() {
  const source = sourceOf("sdk/lookups.ts");
  const functions = source.statements.filter(ts.isFunctionDeclaration).filter(isExported);
  return [
    "# Look-ups",
    made,
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
