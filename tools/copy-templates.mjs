// Puts what `pulumi-workos new` copies into projects beside it: the workflows of examples/gitops and their script.
// `node tools/copy-templates.mjs [DIRECTORY]`, after `tsc`; the directory is `dist` where none is given.
import { cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

import { root } from "./lib/paths.mjs";

/** @param {string} directory of the build */
export function copyTemplates(directory) {
  const target = join(directory, "cli/new/gitops");
  rmSync(target, { recursive: true, force: true });
  for (const path of [".github/workflows", ".gitlab-ci.yml", "scripts"]) {
    cpSync(join(root, "examples/gitops", path), join(target, path), { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) copyTemplates(resolve(process.argv[2] ?? "dist"));
