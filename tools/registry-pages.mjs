// `node tools/registry-pages.mjs`: writes docs/_index.md and docs/installation-configuration.md, the two pages that the
// Pulumi Registry has of a provider, from the schema and from the programs in examples/. With --print DIRECTORY it writes
// them there instead.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import prettier from "prettier";

import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";

/** @typedef {{ description: string, type: string, secret?: boolean, items?: { type: string } }} Variable */

/** By the registry's names for them, with the program of each. */
const languages = [
  { name: "typescript", fence: "typescript", program: "examples/quickstart/index.ts" },
  { name: "python", fence: "python", program: "examples/python/__main__.py" },
  { name: "go", fence: "go", program: "examples/go/main.go" },
  { name: "csharp", fence: "csharp", program: "examples/dotnet/Program.cs" },
  { name: "yaml", fence: "yaml", program: "examples/yaml/Pulumi.yaml" },
];

const made =
  "<!-- Made by tools/registry-pages.mjs from the schema and examples/; change those, then run `node tools/registry-pages.mjs`. -->";

/** `tests/native/providers.test.ts` runs one like it. */
const severalEnvironments = `resources:
  staging:
    type: pulumi:providers:workos
    properties:
      apiKey: \${stagingKey}
      minAdmins: 1
  acme:
    type: workos:Organization
    properties: { name: Acme }
    options:
      provider: \${staging}
`;

await main(async ([flag, directory]) => {
  const target = flag === "--print" && directory ? directory : join(root, "docs");
  for (const [name, text] of Object.entries(pages())) {
    const path = join(target, name);
    const options = { ...(await prettier.resolveConfig(join(root, "docs", name))), filepath: path };
    writeFileSync(path, await prettier.format(text, options));
  }
  return 0;
});

/** @returns {Record<string, string>} */
function pages() {
  const schema = JSON.parse(read("schema/pulumi-workos.json"));
  const { version } = JSON.parse(read("package.json"));
  return { "_index.md": overview(schema), "installation-configuration.md": installation(schema, version) };
}

/** @param {any} schema */
function overview(schema) {
  return [
    frontMatter({
      title: "WorkOS",
      meta_desc: "Provides an overview of the WorkOS provider for Pulumi.",
      layout: "package",
    }),
    made,
    `The WorkOS provider for Pulumi manages a WorkOS AuthKit environment as code: organizations, people and who has access, roles, groups, API keys, applications and settings. Of what it does in each run it says who gains, loses and keeps access.`,
    "## Example",
    "One customer with two members, an invitation and an API key.",
    chooser(languages.map(({ name, fence, program }) => [name, block(fence, read(program))])),
    "## Resources",
    table(["Resource", "What it is"], members(schema.resources)),
    ...(schema.functions && Object.keys(schema.functions).length > 0
      ? ["## Look-ups", table(["Function", "What it answers"], members(schema.functions))]
      : []),
  ].join("\n\n");
}

/**
 * @param {any} schema
 * @param {string} version
 */
function installation(schema, version) {
  const { variables } = schema.config;
  const { python, csharp, go } = schema.language;
  return [
    frontMatter({
      title: "WorkOS Installation & Configuration",
      meta_desc: "How to install and configure the WorkOS provider for Pulumi.",
      layout: "package",
    }),
    made,
    "## Installation",
    "The provider is a plugin, which the engine starts. It needs Node.js 20.19 or later on the machine, unless the archive that has Node inside is installed. Programs in TypeScript and JavaScript can do without the plugin: there the resources of the npm package `pulumi-workos` work by themselves.",
    "```sh\n" + `pulumi plugin install resource workos ${version} --server ${schema.pluginDownloadURL}` + "\n```",
    "Programs in YAML need nothing else. For each other language the engine makes an SDK from the plugin, in the project's folder, and adds it to what the project depends on:",
    "```sh\n" + `pulumi package add workos@${version}` + "\n```",
    table(
      ["Language", "Name", "Import"],
      [
        ["JavaScript, TypeScript", "`pulumi-workos`", '`import * as workos from "pulumi-workos"`'],
        ["Python", `\`${python.packageName}\``, `\`import ${python.packageName} as workos\``],
        ["Go", `\`${go.importBasePath}\``, `\`import "${go.importBasePath}"\``],
        [
          ".NET",
          `\`${csharp.rootNamespace}.${csharp.namespaces.workos}\``,
          `\`using ${csharp.rootNamespace}.${csharp.namespaces.workos};\``,
        ],
        ["YAML", "", "`type: workos:Organization`"],
      ],
    ),
    "## Configuration",
    "The key is in the WorkOS dashboard under API Keys. It is the one setting that has no default:",
    "```sh\npulumi config set --secret workos:apiKey\n```",
    "Every setting can be in the stack's configuration, in the environment, or, for one provider of several, among its inputs. Stack configuration wins over the environment.",
    settingsTable(variables),
    "## Several environments in one program",
    "Each environment is a provider of its own, with the same settings as inputs. Another key replaces nothing.",
    block("yaml", severalEnvironments),
  ].join("\n\n");
}

/** @param {Record<string, Variable>} variables */
function settingsTable(variables) {
  return table(
    ["Setting", "Environment variable", "Type", "Meaning"],
    Object.entries(variables).map(([name, { description, type, items, secret }]) => {
      const [, meaning = description, variable = ""] =
        /^(.+?) Else the environment variable `(\w+)`\.$/s.exec(description) ?? [];
      const typed = type === "array" ? `list of ${items?.type}` : type;
      return [`\`workos:${name}\``, `\`${variable}\``, secret ? `${typed}, secret` : typed, meaning];
    }),
  );
}

/**
 * By what is behind the last colon of its token, with the first sentence that is said of it.
 * @param {Record<string, { description?: string }>} listed
 * @returns {string[][]}
 */
function members(listed) {
  return Object.entries(listed).map(([token, { description = "" }]) => [
    `\`${token.split(":").at(-1)}\``,
    /^.+?[.](?=\s|$)/s.exec(description)?.[0] ?? description,
  ]);
}

/** @param {Record<string, string>} fields */
function frontMatter(fields) {
  return ["---", ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`), "---"].join("\n");
}

/** @param {string[][]} choices name and text */
function chooser(choices) {
  return [
    `{{< chooser language "${choices.map(([name]) => name).join(",")}" >}}`,
    ...choices.map(([name, text]) => `{{% choosable language ${name} %}}\n\n${text}\n\n{{% /choosable %}}`),
    "{{< /chooser >}}",
  ].join("\n\n");
}

/**
 * @param {string} fence
 * @param {string} text
 */
function block(fence, text) {
  return `\`\`\`${fence}\n${text.trimEnd()}\n\`\`\``;
}

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
function table(head, rows) {
  const lines = [head, head.map(() => "---"), ...rows.map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")))];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** @param {string} path */
function read(path) {
  return readFileSync(join(root, path), "utf8");
}
