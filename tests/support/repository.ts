// What tests about the repository itself read.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const repository = resolve(__dirname, "../..");

export const read = (path: string) => readFileSync(join(repository, path), "utf8");

export type Manifest = {
  name: string;
  version: string;
  main: string;
  types: string;
  bin?: Record<string, string>;
  repository: { url: string };
  engines: { node: string };
  scripts: Record<string, string>;
  exports: Record<string, string | Record<string, string>>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  homepage: string;
  bugs: string;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional?: boolean }>;
};

export const manifest = () => JSON.parse(read("package.json")) as Manifest;

/** Every file that is in git, or would be with the next `git add`. */
export function trackedFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: repository,
    encoding: "utf8",
  });
  return listed.split("\0").filter((path) => path !== "" && existsSync(join(repository, path)));
}
