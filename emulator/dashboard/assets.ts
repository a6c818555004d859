/** The script and the style of the dashboard's pages: files that the build makes, or made here from the sources. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

type AssetName = "app.js" | "app.css";

const made = new Map<AssetName, Promise<string>>();

export function asset(name: AssetName): Promise<string> {
  const known = made.get(name) ?? read(name);
  made.set(name, known);
  return known;
}

/** Beside this file, or below it where the server was bundled into one. */
async function read(name: AssetName): Promise<string> {
  const places = [__dirname, join(__dirname, "dashboard"), join(__dirname, "emulator", "dashboard")];
  const file = places.map((place) => join(place, name)).find((path) => existsSync(path));
  if (file !== undefined) return readFileSync(file, "utf8");
  return name === "app.css" ? readFileSync(join(__dirname, "style.css"), "utf8") : bundled();
}

/** Only where the sources are, which is where the tools are that build them. */
async function bundled(): Promise<string> {
  // Not seen by whoever bundles this file: it is a tool, and no part of the server.
  const { build } = createRequire(__filename)("esbuild") as typeof import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, "browser.tsx")],
    ...{ bundle: true, write: false, format: "iife", target: "es2020", logLevel: "error" },
    ...{ jsx: "automatic", jsxImportSource: "preact", define: { "process.env.NODE_ENV": '"production"' } },
  });
  return outputFiles[0]?.text ?? "";
}
