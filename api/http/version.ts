import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

let version: string | undefined;

/**
 * This package's version, for the `User-Agent`. Looked up from this file upwards, because the distance to
 * `package.json` is not the same from `api/http/` and from `dist/api/http/`.
 */
export function packageVersion(): string {
  version ??= findVersion(__dirname);
  return version;
}

function findVersion(directory: string): string {
  const manifest = readManifest(join(directory, "package.json"));
  if (manifest?.name === "pulumi-workos" && manifest.version) return manifest.version;
  const parent = dirname(directory);
  return parent === directory ? "unknown" : findVersion(parent);
}

function readManifest(path: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as { name?: string; version?: string };
  } catch {
    // No manifest in this folder; a bundled copy of this package may have none at all.
    return undefined;
  }
}
