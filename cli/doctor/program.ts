/** Whether the program of this folder can be run: what it is written in, what it stands on, and what it finds there. */
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join, relative } from "node:path";
import { parse } from "yaml";
import type { Io } from "../io";
import { atLeast, leastSdk, versionParts } from "../../sdk/versions";
import { type Check, failed, ok, warning } from "./check";
import { type Found, type Manifest, manifestIn, ownManifest, packageFrom } from "./manifest";
import { addCommand, installCommand, type PackageManager, packageManagerOf } from "./package-manager";
import { projectOf } from "./stack";

const sdk = "@pulumi/pulumi";
const own = "pulumi-workos";

/** The oldest compiler that can read the package's types. */
const leastTypescript = "5.0.0";

interface Program {
  /** Where Pulumi runs it. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly manager: PackageManager;
  readonly isTypescript: boolean;
}

/** Nothing where there is no Pulumi project here. */
export function checkProgram({ directory }: Pick<Io, "directory">, node = process.version): Check[] {
  const project = projectOf(directory);
  if (project === undefined) return [];
  const said = readProject(project);
  if (typeof said === "string") return [failed("program", said, "Correct the file; `pulumi about` reads it too.")];
  if (said.runtime !== "nodejs") {
    return [ok("program", `in ${said.runtime}, which uses the native plugin and no package of Node`)];
  }
  const folder = programFolder(dirname(project), said.main);
  const manifest = manifestIn(folder) ?? manifestIn(dirname(project)) ?? {};
  const { manager, by } = packageManagerOf(folder);
  const isTypescript = said.typescript && isWrittenInTypescript(folder, said.main, manifest);
  const program: Program = { folder, manifest, manager, isTypescript };
  const pulumi = packageFrom(folder, sdk);
  const workos = packageFrom(folder, own);
  return [
    checkManager(program, by),
    checkOwn(program, workos),
    ...checkSdk(program, pulumi, workos, node),
    ...(isTypescript ? [checkTypescript(program, pulumi)] : []),
    ...checkModules(program),
  ];
}

interface Project {
  readonly runtime: string;
  readonly typescript: boolean;
  readonly main?: string;
}

/** What the project's file says, or what is wrong with it. */
function readProject(path: string): Project | string {
  let said: unknown;
  try {
    said = parse(readFileSync(path, "utf8"));
  } catch (error) {
    return `${path} cannot be read: ${(error as Error).message.split("\n")[0] ?? ""}`;
  }
  const { runtime, main } = (said ?? {}) as {
    runtime?: string | { name?: string; options?: { typescript?: boolean } };
    main?: string;
  };
  const name = typeof runtime === "string" ? runtime : runtime?.name;
  if (name === undefined) return `${path} names no runtime`;
  const typescript = typeof runtime === "string" ? true : (runtime?.options?.typescript ?? true);
  return { runtime: name, typescript, main };
}

/** The engine runs a program in the folder that its file is in. */
function programFolder(project: string, main: string | undefined): string {
  const path = join(project, main ?? ".");
  if (!existsSync(path)) return project;
  return statSync(path).isDirectory() ? path : dirname(path);
}

function isWrittenInTypescript(folder: string, main: string | undefined, manifest: Manifest): boolean {
  const named = [main, manifest.main].find((path) => path !== undefined && extname(path) !== "");
  if (named !== undefined) return /\.[cm]?ts$/.test(named);
  return existsSync(join(folder, "index.ts")) && !existsSync(join(folder, "index.js"));
}

function checkManager({ folder, manager }: Program, by: string | undefined): Check {
  if (existsSync(join(folder, ".pnp.cjs"))) {
    return failed(
      "packages",
      "Yarn keeps them in archives (Plug'n'Play), where Pulumi's processes find none",
      "Put `nodeLinker: node-modules` into .yarnrc.yml, and run: yarn install",
    );
  }
  if (manager === "bun") {
    return warning(
      "packages",
      `installed by bun (${by ?? "bun"}), which Pulumi runs programs with only where its file says \`runtime: bun\``,
      "With `runtime: nodejs`, Node runs the program; bun only installs its packages.",
    );
  }
  return ok("packages", by === undefined ? "no lock file says by what they are installed" : `by ${manager} (${by})`);
}

/** Pulumi's provider process finds the package by its name from the program's folder upwards. */
function checkOwn({ folder, manifest, manager }: Program, found: Found | undefined): Check {
  const isDirect = Object.hasOwn({ ...manifest.dependencies, ...manifest.devDependencies }, own);
  if (found) {
    const version = `${own} ${found.version ?? ""}`;
    if (isDirect || found.folder === folder || isAbove(found, folder)) return ok(own, version);
    return warning(
      own,
      `${version} is found, but package.json does not list it: another layout of packages hides it`,
      `Run: ${addCommand(manager, own)}`,
    );
  }
  return isDirect
    ? failed(own, "package.json lists it, and it is not installed", `Run: ${installCommand(manager)}`)
    : failed(
        own,
        `it is not found from ${folder}, where Pulumi's provider process looks for it${manager === "pnpm" ? "; pnpm shows a program only what it lists itself" : ""}`,
        `Run: ${addCommand(manager, own)}`,
      );
}

/** The package's own repository, whose examples find it above them. */
const isAbove = ({ folder }: Found, below: string): boolean => !relative(realpathSync(folder), below).startsWith("..");

function checkSdk(
  { folder, manifest, manager }: Program,
  found: Found | undefined,
  workos: Found | undefined,
  node: string,
): Check[] {
  if (!found) {
    const isDirect = Object.hasOwn({ ...manifest.dependencies, ...manifest.devDependencies }, sdk);
    const remedy = isDirect ? installCommand(manager) : addCommand(manager, `${sdk}@^${leastSdk}`);
    return [failed(sdk, `it is not found from ${folder}`, `Run: ${remedy}`)];
  }
  const { version = "0.0.0", engines } = found;
  if (!atLeast(version, leastSdk)) {
    const message = `${version} is too old: its refresh forgets what it finds`;
    return [failed(sdk, message, `Run: ${addCommand(manager, `${sdk}@^${leastSdk}`)}`)];
  }
  const needed = /^>=\s*([\d.]+)$/.exec(engines?.node ?? "")?.[1];
  if (needed !== undefined && !atLeast(node, needed)) {
    const tested = ownManifest().devDependencies?.[sdk] ?? leastSdk;
    return [
      failed(
        sdk,
        `${version} needs Node ${needed}, and this is ${node}`,
        `Install Node ${needed} or newer, or run: ${addCommand(manager, `${sdk}@${tested}`)}`,
      ),
    ];
  }
  const other = workos && packageFrom(realpathSync(workos.folder), sdk);
  if (other && realpathSync(other.folder) !== realpathSync(found.folder)) {
    return [
      failed(
        sdk,
        `there are two: ${version} for the program, ${other.version ?? ""} for ${own}, whose resources the program's then does not see`,
        `Let package.json list one version, and run: ${manager === "npm" ? "npm dedupe" : manager === "bun" ? "bun install --force" : `${manager} dedupe`}`,
      ),
    ];
  }
  return [ok(sdk, version)];
}

/** Pulumi compiles a program with the compiler that it finds itself; without one, with a very old one of its own. */
function checkTypescript({ folder, manager }: Program, pulumi: Found | undefined): Check {
  const tested = ownManifest().devDependencies?.typescript ?? `~${leastTypescript}`;
  const remedy = `Run: ${addCommand(manager, `typescript@${tested}`, true)}`;
  const name = "typescript";
  const found = packageFrom(pulumi ? realpathSync(pulumi.folder) : folder, name) ?? packageFrom(folder, name);
  if (!found) {
    return failed(
      name,
      "the program is written in it, and it is not installed: Pulumi would take the 3.8 that it brings, which cannot read today's types",
      remedy,
    );
  }
  const { version = "0.0.0" } = found;
  const [major = 0] = versionParts(version);
  const most = Number(/<\s*(\d+)/.exec(pulumi?.peerDependencies?.typescript ?? "")?.[1] ?? 6);
  if (major >= most) return failed(name, `${version} is more than Pulumi can load`, remedy);
  if (!atLeast(version, leastTypescript)) return failed(name, `${version} cannot read the package's types`, remedy);
  return ok(name, version);
}

/** The two places that say how modules are loaded have to say the same. */
function checkModules({ folder, manifest, isTypescript }: Program): Check[] {
  const kind = manifest.type === "module" ? "ES modules" : "CommonJS";
  const set = isTypescript ? moduleOption(folder) : undefined;
  if (set === undefined || set.startsWith("node")) return [ok("modules", kind)];
  if (manifest.type === "module" && set === "commonjs") {
    return [
      failed(
        "modules",
        'package.json says "type": "module", and tsconfig.json "module": "commonjs"',
        'Set "module": "nodenext" in tsconfig.json, or take "type" out of package.json.',
      ),
    ];
  }
  if (manifest.type !== "module" && set !== "commonjs") {
    return [
      failed(
        "modules",
        `tsconfig.json says "module": "${set}", which Node reads only with "type": "module" in package.json`,
        'Set "module": "commonjs" in tsconfig.json, or "type": "module" in package.json with "module": "nodenext".',
      ),
    ];
  }
  return [ok("modules", kind)];
}

interface Compiler {
  readonly ModuleKind: Readonly<Record<number, string>>;
  readonly sys: { readonly readFile: unknown };
  readonly readConfigFile: (path: string, read: unknown) => { readonly config?: unknown };
  readonly parseJsonConfigFileContent: (
    config: unknown,
    host: unknown,
    folder: string,
  ) => { readonly options: { readonly module?: number } };
}

/** As the program's own compiler reads it, what it extends included; nothing where it is not set or cannot be read. */
function moduleOption(folder: string): string | undefined {
  const path = join(folder, "tsconfig.json");
  if (!existsSync(path)) return undefined;
  try {
    const compiler = createRequire(join(folder, "index.js"))("typescript") as Compiler;
    const { config } = compiler.readConfigFile(path, compiler.sys.readFile);
    const { options } = compiler.parseJsonConfigFileContent(config, compiler.sys, folder);
    return options.module === undefined ? undefined : compiler.ModuleKind[options.module]?.toLowerCase();
  } catch {
    // None, or one that has no such functions any more: the check of the compiler says so.
    return undefined;
  }
}
