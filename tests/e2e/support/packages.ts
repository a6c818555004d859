/** A program's own node_modules, with a copy of the built package that tests may change. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Project } from "../../support/engine";

const repository = resolve(__dirname, "../../..");

/** Gives the project a node_modules with what our package needs in it, and without our package. */
export function ownModules({ directory }: Project): void {
  const modules = join(directory, "node_modules");
  // The link to the repository's, not what is behind it.
  rmSync(modules);
  mkdirSync(modules);
  const { dependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  for (const name of ["@pulumi", "typescript", ...Object.keys(dependencies)]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(repository, "node_modules", name), join(modules, name), "dir");
  }
}

/** Installs the built package, as a release of this version, at `path` below the project. */
export function installRelease({ directory }: Project, version: string, path = "node_modules/pulumi-workos"): void {
  const target = join(directory, path);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(repository, "dist"), join(target, "dist"), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as object;
  writeFileSync(join(target, "package.json"), JSON.stringify({ ...manifest, version }));
}
