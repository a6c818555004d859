/** The client's page and comments, held against the client. */
import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { createWorkos } from "../../client";
import { clientEndpoints } from "../../api/endpoints/index";
import { type AnyEndpoint } from "../../api/endpoint";
import { codeBlocks, tableBelow } from "../support/markdown";

const page = readFileSync("docs/client.md", "utf8");
const workos = createWorkos({ apiKey: "sk_test_1", clientId: "client_1" });
afterAll(() => workos.close());

/** `workos.users.get({ id })` names a function of the client. */
function isMethod(text: string): boolean {
  const [, family, name] = /^`workos\.(\w+)\.(\w+)/.exec(text) ?? [];
  if (family === undefined || name === undefined) return false;
  const members = Object.getOwnPropertyDescriptor(workos, family)?.value as object;
  return typeof (members as Record<string, unknown>)[name] === "function";
}

const families: [string, Readonly<Record<string, AnyEndpoint>>][] = Object.entries(clientEndpoints);
const declared = families.flatMap(([family, members]) =>
  Object.entries(members).map(([name, endpoint]) => ({ family, name, endpoint })),
);

test("everything that the official client's description lists has its equivalent", () => {
  const rows = tableBelow(page, "From the official client");
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter(([there, here = ""]) => there === "" || !isMethod(here))).toEqual([]);
});

test("the page lists every operation, by the method that does it", () => {
  const rows = tableBelow(page, "Every operation");
  expect(rows.map(([, operation]) => operation)).toEqual(
    declared.map(({ endpoint }) => `\`${endpoint.method} ${endpoint.path}\``),
  );
  expect(rows.filter(([method = ""]) => method !== "`workos.authentication.with…`" && !isMethod(method))).toEqual([]);
});

test.each(declared)("$family.$name says in the editor what it does", ({ family, name }) => {
  const members = familySources.get(family)?.initializer;
  const object = members && ts.isAsExpression(members) ? members.expression : members;
  const member =
    object && ts.isObjectLiteralExpression(object) && object.properties.find((one) => one.name?.getText() === name);
  const [comment] = member ? ts.getJSDocCommentsAndTags(member) : [];
  expect(comment?.getText()).toMatch(/^\/\*\* [A-Z][^]+\. \*\/$/);
});

/** The declaration of each family, by its name. */
const familySources = new Map(
  readdirSync("api/endpoints").flatMap((file) => {
    const path = `api/endpoints/${file}`;
    const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
    return source.statements
      .filter((statement) => ts.isVariableStatement(statement))
      .flatMap(({ declarationList }) => declarationList.declarations.map((one) => [one.name.getText(), one] as const));
  }),
);

test("the page's examples compile, one after another", () => {
  const blocks = codeBlocks(page).filter(({ language }) => language === "ts");
  const imports = /^import [^;]+;$/gm;
  const text = blocks.map((block) => block.text).join("\n");
  const program = [...(text.match(imports) ?? []), "export async function page() {", text.replace(imports, ""), "}"];
  expect(problems(program.join("\n").replaceAll('"pulumi-workos/client"', '"../client"'))).toEqual([]);
});

function problems(text: string): string[] {
  const file = `${process.cwd()}/tests/page.ts`;
  const { config } = ts.readConfigFile("tsconfig.json", (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const host = ts.createCompilerHost(options);
  const files: ts.CompilerHost = {
    ...host,
    fileExists: (name) => name === file || host.fileExists(name),
    getSourceFile: (name, ...rest) =>
      name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : host.getSourceFile(name, ...rest),
  };
  const program = ts.createProgram([file], { ...options, types: ["node"] }, files);
  const source = program.getSourceFile(file);
  return [...program.getSemanticDiagnostics(source), ...program.getSyntacticDiagnostics(source)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"),
  );
}
