// Makes what browsers get of the local AuthKit's dashboard, a script and a style, out of emulator/dashboard. The pages
// themselves are made by the server, whose bundle has them.
import { build } from "esbuild";
import { join } from "node:path";

import { root } from "./lib/paths.mjs";

/** @type {import("esbuild").BuildOptions} */
const common = { bundle: true, minify: true, logLevel: "warning", legalComments: "none", metafile: true };

/**
 * @param {string} dist where `tsc` has written to
 * @returns the files that were made, and those of which they were made
 */
export async function bundleDashboard(dist) {
  const source = join(root, "emulator", "dashboard");
  const outdir = join(dist, "emulator", "dashboard");
  const results = await Promise.all([
    build({
      ...common,
      absWorkingDir: root,
      entryPoints: { app: join(source, "browser.tsx") },
      outdir,
      format: "iife",
      target: "es2020",
      jsx: "automatic",
      jsxImportSource: "preact",
      define: { "process.env.NODE_ENV": '"production"' },
    }),
    build({ ...common, absWorkingDir: root, entryPoints: { app: join(source, "style.css") }, outdir }),
  ]);
  return {
    files: ["app.js", "app.css"].map((name) => join(outdir, name)),
    inputs: results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {})),
  };
}
