// Makes what the dashboard's pages need at run time out of emulator/dashboard: the script and the style that browsers
// get, and the one module that makes pages, with its view library inside, so that nobody has to install that.
import { build } from "esbuild";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "emulator", "dashboard");
const target = join(root, "dist", "emulator", "dashboard");

const common = {
  bundle: true,
  jsx: "automatic",
  jsxImportSource: "preact",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "error",
  legalComments: "none",
};

await build({
  ...common,
  entryPoints: { app: join(source, "browser.tsx") },
  outdir: target,
  format: "iife",
  target: "es2020",
  minify: true,
});
await build({ ...common, entryPoints: { app: join(source, "style.css") }, outdir: target, minify: true });
await build({
  ...common,
  entryPoints: { render: join(source, "render.tsx") },
  outdir: target,
  platform: "node",
  format: "cjs",
  target: "node20",
  minify: true,
});
// What the compiler made of the views is in the bundles.
for (const name of ["view", "browser.js", "browser.d.ts"]) rmSync(join(target, name), { recursive: true, force: true });
