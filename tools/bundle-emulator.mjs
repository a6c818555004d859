// Puts the local AuthKit, with the libraries that it stands on, into a few files of `dist/emulator/`: it then starts
// from any folder with nothing to install, and quicker than from hundreds of files. Types stay as `tsc` writes them.
// `node tools/bundle-emulator.mjs [DIRECTORY]`, after `tsc`; the directory is `dist` where none is given.
import { existsSync, readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

import { bundleDashboard } from "./bundle-dashboard.mjs";
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

/**
 * A namespace object is kept whole; of `import *` only what is used. Without this, zod's words in fifty languages would
 * be in the bundle, and be read at each start.
 * @type {import("esbuild").Plugin}
 */
const zodInPieces = {
  name: "zod-in-pieces",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](api|emulator)[\\/].+\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(
        /^import \{ z(?:, ([^}]+))? \} from "zod";$/m,
        (_, others) => `import * as z from "zod";${others === undefined ? "" : ` import { ${others} } from "zod";`}`,
      ),
      loader: "ts",
    }));
  },
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
      plugins: [zodInPieces, hashesBeside],
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
  const packages = packagesOf([...inputs, ...dashboard.inputs]);
  writeFileSync(join(directory, "THIRD-PARTY-NOTICES.txt"), notices(packages));
  removeCompiled(directory, new Set([join(directory, "index.js"), ...reachableTypes(join(directory, "index.d.ts"))]));
}

/** Of packages whose published script has other packages in it. */
const partsOf = { "node_modules/otpauth": ["@noble/hashes"] };

/**
 * The folders of the packages that these files belong to.
 * @param {readonly string[]} inputs
 */
function packagesOf(inputs) {
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? []);
  const inside = folders.flatMap((folder) => (partsOf[folder] ?? []).map((name) => `node_modules/${name}`));
  return [...new Set([...folders, ...inside])].sort();
}

/** @param {readonly string[]} folders */
function notices(folders) {
  const parts = folders.map((folder) => {
    const path = join(root, folder);
    const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
    const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? termsOf(manifest) : readFileSync(join(path, file), "utf8").trim();
    return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text}\n`;
  });
  const rule = `\n${"-".repeat(80)}\n\n`;
  return ["The local AuthKit contains these packages, under these terms.\n", ...parts].join(rule);
}

/**
 * Of a package that names its license and has no file with it.
 * @param {{ name: string, license?: string, author?: string | { name: string } }} manifest
 */
function termsOf({ name, license, author }) {
  const holder = typeof author === "string" ? author : author?.name;
  if (license !== "MIT" || holder === undefined) {
    throw new Error(`${name} has no file with its license, which the package must repeat.`);
  }
  return `Copyright (c) ${holder}\n\n${readFileSync(join(root, "tools", "lib", "mit-terms.txt"), "utf8").trim()}`;
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
