/** Files that a command writes: all of a program or nothing, and none of them in part, whenever it is ended. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { named } from "../../provider/wording";

/**
 * @param files texts by path from `folder`; the last one is put into its place last.
 * @throws where the disk refuses; what was there before is then as it was, unless some of it had its turn already.
 */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  const isNew = !existsSync(folder);
  mkdirSync(isNew ? dirname(folder) : folder, { recursive: true });
  // Beside its place: only within one disk is a file moved at once.
  const draft = mkdtempSync(join(isNew ? dirname(folder) : folder, ".pulumi-workos-"));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(draft, path)), { recursive: true });
      writeFileSync(join(draft, path), text, { flush: true });
    }
    if (isNew) {
      renameSync(draft, folder);
      return;
    }
    for (const path of files.keys()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      renameSync(join(draft, path), join(folder, path));
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * @param where where each of them is.
 * @throws where any of them is there, unless that is wanted.
 */
export function assertFree(
  paths: readonly string[],
  force: boolean,
  where: (path: string) => string,
  shown = (path: string) => path,
): void {
  const there = force ? [] : paths.filter((path) => existsSync(where(path)));
  if (there.length === 0) return;
  const [verb, remedy] = there.length === 1 ? ["exists", "another name"] : ["exist", "other names"];
  throw new Error(`${named(there.map(shown))} ${verb} already; give ${remedy}, or --force.`);
}
