/** What an editor shows of the published types: every class, input and output explains itself. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as ts from "typescript";
import { type Kind, kinds, resources } from "../../provider/resources";
import { settingNames } from "../../provider/config";
import { type InputFields } from "../../provider/declare/resource";

const repository = resolve(__dirname, "../..");
const file = join(repository, "tests/sdk/program-of-a-user.ts");
const inputsOf = (kind: Kind) => Object.keys(resources[kind].inputs);
const outputsOf = (kind: Kind) => [
  ...new Set([
    ...Object.entries<InputFields[string]>(resources[kind].inputs)
      .filter(([, field]) => field.readable)
      .map(([name]) => name),
    ...Object.keys(resources[kind].outputs),
  ]),
];

const program = `import * as workos from "../../dist/sdk";
${kinds
  .map(
    (kind) => `
declare const a${kind}: workos.${kind};
new workos.${kind}("name", { ${inputsOf(kind)
      .map((name) => `${name}: undefined as never`)
      .join(", ")} });
${outputsOf(kind)
  .map((name) => `a${kind}.${name};`)
  .join("\n")}`,
  )
  .join("\n")}
`;

const nativeFile = join(repository, "tests/sdk/native-program-of-a-user.ts");
const nativeProgram = `import * as workos from "../../dist/sdk/native";
const staging = new workos.Provider("staging", { ${settingNames.map((name) => `${name}: undefined`).join(", ")} });
declare const ann: workos.User;
new workos.User("ann", { email: ann.email }, { provider: staging });
`;
const programs = new Map([
  [file, program],
  [nativeFile, nativeProgram],
]);

const service = ts.createLanguageService({
  getCompilationSettings: () => ({
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    strict: true,
    skipLibCheck: true,
    types: [],
  }),
  getScriptFileNames: () => [...programs.keys()],
  getScriptVersion: () => "1",
  getScriptSnapshot: (name) => {
    const text = programs.get(name) ?? ts.sys.readFile(name);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => repository,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => programs.has(name) || ts.sys.fileExists(name),
  readFile: (name) => programs.get(name) ?? ts.sys.readFile(name),
  directoryExists: (name) => ts.sys.directoryExists(name),
  getDirectories: (name) => ts.sys.getDirectories(name),
});
afterAll(() => service.dispose());

/** What hovering over `text`, from its character `at` on, shows as documentation. */
function hover(text: string, at: number, within = file): string {
  const position = programs.get(within)?.indexOf(text) ?? -1;
  if (position < 0) throw new Error(`the program has no ${text}`);
  const info = service.getQuickInfoAtPosition(within, position + at);
  return ts.displayPartsToString(info?.documentation);
}

const undocumented = (named: readonly (readonly [name: string, shown: string])[]) =>
  named.filter(([, shown]) => shown.trim() === "").map(([name]) => name);

test.each([...programs.keys()])("the program that is hovered over has no mistake of its own: %s", (name) => {
  expect(service.getSemanticDiagnostics(name).map(({ messageText }) => messageText)).toEqual([]);
});

test.each(kinds)("%s and its inputs and outputs are documented", (kind) => {
  const construction = `new workos.${kind}("name", {`;
  const argumentsAt = program.indexOf(construction);
  const args = program.slice(argumentsAt, program.indexOf("\n", argumentsAt));
  expect(hover(`declare const a${kind}: workos.${kind};`, `declare const a${kind}: workos.`.length)).not.toBe("");
  const inputs = inputsOf(kind).map((name) => [name, hover(args, args.indexOf(` ${name}: `) + 1)] as const);
  const outputs = outputsOf(kind).map((name) => [name, hover(`a${kind}.${name};`, `a${kind}.`.length)] as const);
  expect(undocumented(inputs)).toEqual([]);
  expect(undocumented(outputs)).toEqual([]);
});

test("the text is the declaration's own", () => {
  const declaration = readFileSync(join(repository, "provider/resources/user.ts"), "utf8");
  const firstName = hover(`aUser.firstName;`, "aUser.".length);
  expect(firstName).not.toBe("");
  expect(declaration).toContain(firstName);
  expect(hover(`aUser.email;`, "aUser.".length)).toMatch(/^Email address, /);
});

test("a provider's settings are documented, and the classes of the native entry are those of the other", () => {
  const settings = settingNames.map((name) => [name, hover(` ${name}: `, 1, nativeFile)] as const);
  expect(undocumented(settings)).toEqual([]);
  const construction = "new workos.User(";
  const user = hover(construction, "new workos.".length, nativeFile);
  expect(user).toBe(hover("new workos.User(", "new workos.".length));
  expect(user).not.toBe("");
  expect(hover("new workos.Provider(", "new workos.".length, nativeFile)).not.toBe("");
});
