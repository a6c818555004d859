/** What a package says of itself. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";

const names = z.record(z.string(), z.string());
const manifest = z.object({
  version: z.string().optional(),
  type: z.string().optional(),
  main: z.string().optional(),
  packageManager: z.string().optional(),
  dependencies: names.optional(),
  devDependencies: names.optional(),
  peerDependencies: names.optional(),
  engines: z.object({ node: z.string().optional() }).optional(),
});
export type Manifest = z.output<typeof manifest>;

/** @throws where it is none. */
export function manifestIn(folder: string): Manifest | undefined {
  const path = join(folder, "package.json");
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  const parsed = manifest.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  throw new Error(`${path} is no package.json: ${parsed.error.issues[0]?.message ?? "it is no JSON"}.`);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A package as a program in the folder finds it. */
export interface Found extends Manifest {
  readonly folder: string;
}

/** By Node's own rules; of a package that exports no package.json, by the folders in which it may be. */
export function packageFrom(folder: string, name: string): Found | undefined {
  const places = createRequire(join(folder, "index.js")).resolve.paths(name) ?? [];
  for (const place of places) {
    const found = manifestIn(join(place, name));
    if (found) return { ...found, folder: join(place, name) };
  }
  return undefined;
}

/** This package's own: which versions of others it is made and tested with. */
export function ownManifest(): Manifest {
  const own = createRequire(__filename).resolve("pulumi-workos/package.json");
  return manifestIn(dirname(own)) ?? {};
}
