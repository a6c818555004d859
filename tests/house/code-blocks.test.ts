// The programs on the pages compile against the built package, as the reader's would.
import { join } from "node:path";

import {
  createCompilerHost,
  createProgram,
  createSourceFile,
  flattenDiagnosticMessageText,
  getPreEmitDiagnostics,
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  type CompilerHost,
  type CompilerOptions,
} from "typescript";

import { codeBlocks } from "../support/markdown";
import { read, repository, trackedFiles } from "../support/repository";

const options: CompilerOptions = {
  module: ModuleKind.ESNext,
  moduleResolution: ModuleResolutionKind.Bundler,
  target: ScriptTarget.ES2022,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ["node"],
};

/** The typed client's page is one program, which tests/client/documentation.test.ts compiles. */
const pages = trackedFiles().filter((path) => /^(README|docs\/.+)\.md$/.test(path) && path !== "docs/client.md");
const programs: Record<string, string> = Object.fromEntries(pages.flatMap(blocksOf));

function blocksOf(page: string): [string, string][] {
  return codeBlocks(read(page))
    .filter(({ language }) => language === "ts")
    .map(({ line, text }) => [`${page}:${line}`, text]);
}

/** What is wrong with programs that are nowhere on disk. */
function problems(sources: Readonly<Record<string, string>>): string[] {
  // In the repository's root, so that they find what is installed there, the package itself included.
  const paths = new Map(
    Object.entries(sources).map(([name, text]) => [join(repository, `${name.replaceAll(/\W/g, "-")}.ts`), text]),
  );
  const disk = createCompilerHost(options);
  const host: CompilerHost = {
    ...disk,
    fileExists: (path) => paths.has(path) || disk.fileExists(path),
    getSourceFile: (path, language, ...rest) => {
      const text = paths.get(path);
      return text === undefined ? disk.getSourceFile(path, language, ...rest) : createSourceFile(path, text, language);
    },
  };
  return getPreEmitDiagnostics(createProgram([...paths.keys()], options, host)).map(
    ({ file, messageText }) => `${file?.fileName ?? ""}: ${flattenDiagnosticMessageText(messageText, "\n")}`,
  );
}

it("there are programs on the pages", () => {
  expect(Object.keys(programs).length).toBeGreaterThan(45);
});

it("the programs on the pages compile", () => {
  expect(problems(programs)).toEqual([]);
});

it("a program with a mistake does not pass", () => {
  const mistaken = `import * as workos from "pulumi-workos"; new workos.User("ann", { mail: "ann@example.com" });`;
  expect(problems({ mistaken })).toEqual([expect.stringContaining("'mail' does not exist")]);
});
