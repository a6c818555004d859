/** A whole environment as a program, its rosters and its project; and, where it is imported, as an import file. */
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { counted, named, plural } from "../../provider/wording";
import { type Io } from "../io";
import { pathIn } from "../command";
import type { Made } from "../program/program";
import { assertFree, writeFiles } from "../program/write-files";
import { yamlText } from "../program/yaml-text";
import { reading } from "../read-organization";
import { skippedLines } from "../roster-text";
import { type EnvironmentFiles, filesOf } from "./files";
import { LeftOut, type Omission, omissionText } from "./left-out";
import { importCommand, importFile, importsOf, importText } from "./imports";
import { type Language, projectFiles } from "./project-files";
import { type EnvironmentThere, readEnvironment, type ReadOptions } from "./read";

interface Options extends Omit<ReadOptions, "keys"> {
  readonly force: boolean;
  readonly json: boolean;
  /** Whether an import takes everything over, and the language of the program to it. Default: the program adopts. */
  readonly imports?: Language;
}

/** @param folder where the program goes, as it was given. */
export async function initEnvironment(folder: string, options: Options, io: Io): Promise<void> {
  const { imports, force, profiles } = options;
  const place = resolve(pathIn(io, folder));
  const shown = (path: string) => (folder === "." ? path : join(folder, path));
  // Before anything is read, which may take minutes: what is there for sure.
  const at = (path: string) => join(place, path);
  assertFree([...mainFiles(imports)], force, at, shown);
  const leftOut = new LeftOut();
  const there = await reading(io, "people and things", (api, progress) =>
    readEnvironment(api, { ...options, keys: imports !== undefined }, progress, leftOut),
  );
  const takesOver = imports === undefined ? "adopt" : "import";
  const written = filesOf(there, { profiles, takesOver }, leftOut);
  const surroundings = projectFiles(basename(place), { takesOver, language: imports ?? "typescript" });
  const own = imports === undefined ? written.files : withImports(written, imports, surroundings);
  assertFree([...own.keys()], force, at, shown);
  const around = [...surroundings.keys()].filter((path) => !own.has(path));
  const kept = around.filter((path) => existsSync(at(path)));
  const project = around.filter((path) => !kept.includes(path));
  const files = new Map([...project.map((path) => [path, surroundings.get(path) ?? ""] as const), ...own]);
  writeFiles(place, files);
  const done: Done = { folder, count: files.size, kept, leftOut: leftOut.all, imports };
  if (options.json) io.out(JSON.stringify({ files: [...files.keys()], ...facts(there, written, done) }, undefined, 2));
  else for (const line of report(there, written, done)) io.err(line);
}

/** The files without which there is no program. */
const mainFiles = (imports: Language | undefined): readonly string[] => [
  imports === "yaml" ? "Pulumi.yaml" : "index.ts",
  ...(imports === undefined ? [] : [importFile]),
];

/** The program that an import leads to, and the file of the import; what a YAML program says stands in the project's. */
function withImports(
  { program, files }: EnvironmentFiles,
  language: Language,
  surroundings: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const imports = [importFile, importText(program.resources, language)] as const;
  if (language === "typescript") return new Map([imports, ...files]);
  return new Map([imports, ["Pulumi.yaml", `${surroundings.get("Pulumi.yaml") ?? ""}${yamlText(program.resources)}`]]);
}

interface Done {
  readonly folder: string;
  readonly count: number;
  readonly kept: readonly string[];
  readonly leftOut: readonly Omission[];
  readonly imports?: Language;
}

/** What `--json` says of it. */
const facts = (
  { organizations }: EnvironmentThere,
  { people, secrets, skipped, directoryManaged, program }: EnvironmentFiles,
  { leftOut, imports }: Done,
) => ({
  organizations: organizations.length,
  people,
  ...(imports === undefined ? {} : { imports: importsOf(program.resources).length }),
  secrets,
  leftOut,
  skipped,
  directoryManaged,
});

function* report(
  { organizations }: EnvironmentThere,
  { people, secrets, skipped, directoryManaged, program }: EnvironmentFiles,
  { folder, count, kept, leftOut, imports }: Done,
): Generator<string> {
  const who = `${plural(organizations.length, "organization")} with ${plural(people, "person", "people")} in their rosters`;
  yield `Wrote ${plural(count, "file")} to ${folder}: ${who}, and everything else that the program declares.`;
  if (imports !== undefined) {
    yield `${importFile} imports ${plural(importsOf(program.resources).length, "resource")}.`;
  }
  if (kept.length > 0) yield `Kept as they are: ${named(kept)}.`;
  for (const omission of leftOut) yield omissionText(omission);
  yield* skippedLines({ skipped, directoryManaged });
  if (secrets.length > 0) yield imports === "yaml" ? secretsOfYaml(program.resources) : secretsOfProgram(secrets);
  yield imports === undefined
    ? "Next: npm install, pulumi stack init, pulumi config set --secret workos:apiKey, pulumi preview. Pulumi calls it create when it takes over what is there; the first `pulumi up` sends no change to WorkOS."
    : `Next: npm install, pulumi stack init, pulumi config set --secret workos:apiKey, ${importCommand}, and then pulumi preview, which shows no change. An import sends no change to WorkOS.`;
}

const secretsOfProgram = (secrets: readonly string[]): string =>
  `Secret values are in no file: ${plural(secrets.length, "resource")} of the program ${secrets.length === 1 ? "is" : "are"} declared once the stack's configuration has the value, as by \`pulumi config set --secret ${secrets[0] ?? ""}\`${secrets.length > 1 ? ` (and ${named(secrets.slice(1))})` : ""}.`;

/** A YAML program has no conditions. */
function secretsOfYaml(made: readonly Made[]): string {
  const those = made.filter(({ isConditional }) => isConditional);
  const named = those.map(({ className, name, importId }) => `${className} ${name} (import: ${importId ?? name})`);
  return `In neither file, since nobody tells their secret values: ${named.join(", ")}. Declare each with its value and with the option \`import\`.`;
}

/** Organizations of which one has to be named. */
export async function organizationsNamed(io: Io): Promise<string> {
  const all = await reading(io, "organizations", (api) => api.organizations.list().all());
  const shown = all.slice(0, 20).map(({ id, name }) => `  ${id}  ${name}`);
  const more = all.length > shown.length ? [`  and ${counted(all.length - shown.length)} more`] : [];
  return [...shown, ...more].join("\n");
}
