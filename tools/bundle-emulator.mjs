// Puts the local AuthKit, with the libraries that it stands on, into a few files of `dist/emulator/`: it then starts
// from any folder with nothing to install, and quicker than from hundreds of files. Types stay as `tsc` writes them.
// `node tools/bundle-emulator.mjs [DIRECTORY]`, after `tsc`; the directory is `dist` where none is given.
import { existsSync, readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

import { bundleDashboard } from "./bundle-dashboard.mjs";
import { rewritten, zodInPieces } from "./lib/bundling.mjs";
import { noticesOf } from "./lib/notices.mjs";
import { root } from "./lib/paths.mjs";

/** The password hashes, for a thread of their own. */
const hashes = "hash-wasm.js";

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  minify: true,
  // Sources that run without a build use it; what is built has no need of it.
  external: ["esbuild"],
  // All of them stand in one file beside it.
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

/** @type {import("esbuild").Plugin} */
const hashesBeside = {
  name: "hashes-beside",
  setup({ onResolve }) {
    onResolve({ filter: /^hash-wasm$/ }, ({ kind }) =>
      kind === "require-resolve" ? { path: `./${hashes}`, external: true } : undefined,
    );
  },
};

/**
 * @param {string} dist where `tsc` has written to
 */
export async function bundleEmulator(dist) {
  const directory = join(dist, "emulator");
  const results = await Promise.all([
    build({
      ...common,
      entryPoints: ["emulator/index.ts"],
      outfile: join(directory, "index.js"),
      plugins: [rewritten([[/[\\/](api|emulator)[\\/].+\.ts$/, zodInPieces]]), hashesBeside],
      // The dashboard's script is made at run time only where the sources are.
      external: ["esbuild"],
      define: { "process.env.NODE_ENV": '"production"' },
    }),
    build({
      ...common,
      // Each alone: the library as a whole has two dozen more.
      stdin: {
        contents: `export { argon2Verify } from "hash-wasm/dist/argon2.umd.min.js";
          export { bcryptVerify } from "hash-wasm/dist/bcrypt.umd.min.js";`,
        resolveDir: root,
      },
      outfile: join(directory, hashes),
    }),
  ]);
  const dashboard = await bundleDashboard(dist);
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  writeFileSync(
    join(directory, "THIRD-PARTY-NOTICES.txt"),
    noticesOf("The local AuthKit", [...inputs, ...dashboard.inputs]),
  );
  removeCompiled(directory, new Set([join(directory, "index.js"), ...reachableTypes(join(directory, "index.d.ts"))]));
}

/**
 * The declarations that one refers to, directly or not, itself included.
 * @param {string} first
 */
function reachableTypes(first) {
  const found = new Set([first]);
  for (const path of found) {
    const text = readFileSync(path, "utf8");
    for (const [, name = ""] of text.matchAll(/(?:from|import\()\s*"(\.[^"]*)"/g)) {
      const target = resolve(dirname(path), name);
      const file = [`${target}.d.ts`, join(target, "index.d.ts")].find((candidate) => existsSync(candidate));
      if (file === undefined) throw new Error(`${path} refers to ${name}, which is not there.`);
      found.add(file);
    }
  }
  return [...found];
}

/**
 * Removes what `tsc` has written and nothing needs any more: scripts are in the bundle, and types that the public ones
 * do not refer to are of no use. Whatever else is there, such as what other steps of the build make, stays.
 * @param {string} directory
 * @param {ReadonlySet<string>} kept
 */
function removeCompiled(directory, kept) {
  const entries = readdirSync(directory, { withFileTypes: true });
  const names = new Set(entries.map(({ name }) => name));
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) removeCompiled(path, kept);
    else if (!kept.has(path) && isCompiled(entry.name, names)) rmSync(path);
  }
  if (readdirSync(directory).length === 0) rmdirSync(directory);
}

/**
 * @param {string} name
 * @param {ReadonlySet<string>} beside
 */
const isCompiled = (name, beside) =>
  name.endsWith(".d.ts") || (name.endsWith(".js") && beside.has(name.replace(/\.js$/, ".d.ts")));

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await bundleEmulator(resolve(process.argv[2] ?? join(root, "dist")));
}
