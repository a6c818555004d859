/** The native plugin as one script: with the libraries that it stands on, the schema and the version inside. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { build } from "esbuild";

import { rewritten, zodInPieces } from "./bundling.mjs";
import { oldestNode } from "./node-version.mjs";
import { noticesOf } from "./notices.mjs";
import { root } from "./paths.mjs";

const fromPulumi = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));

/** Before anything else of the script: what is newer than an old Node would fail somewhere, and say nothing of it. */
const nodeCheck = `"use strict";{const v=process.versions.node,[a,b]=v.split(".").map(Number),[c,d]=[${oldestNode.split(".").slice(0, 2).join(",")}];\
if(a<c||a===c&&b<d){process.stderr.write("pulumi-resource-workos needs Node.js ${oldestNode} or newer on PATH; this is "+v+" at "+process.execPath+".\\n");process.exit(1)}}`;

/**
 * @returns {Promise<{ version: string, script: string, notices: string }>} `notices`: the terms of every package inside
 */
export async function bundlePlugin() {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const schema = JSON.parse(readFileSync(join(root, "schema", "pulumi-workos.json"), "utf8"));
  const filesInside = `export const version = ${JSON.stringify(version)};
    export const schema = () => ${JSON.stringify(JSON.stringify(schema))};`;
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["plugin/index.ts"],
    write: false,
    bundle: true,
    platform: "node",
    target: `node${oldestNode}`,
    format: "cjs",
    minify: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    banner: { js: nodeCheck },
    plugins: [
      rewritten([
        [/[\\/]plugin[\\/]package-files\.ts$/, () => filesInside],
        [/[\\/]api[\\/]http[\\/]version\.ts$/, () => `export const packageVersion = () => ${JSON.stringify(version)};`],
        [/[\\/]plugin[\\/]protocol\.ts$/, protocolInside],
        [/[\\/](api|provider)[\\/].+\.ts$/, zodInPieces],
        [/[\\/](provider|plugin)[\\/].+\.ts$/, requiresInside],
      ]),
    ],
  });
  const [script] = outputFiles;
  if (!script) throw new Error("esbuild has written nothing");
  // The line that makes a file executable would come after the check, where it is none.
  const text = script.text.replace(/^#!.*\n/, "");
  return { version, script: text, notices: noticesOf("The plugin", Object.keys(metafile.inputs)) };
}

/**
 * What the SDK has with it, as dependencies that a bundler sees.
 * @param {string} text
 */
function protocolInside(text) {
  return text
    .replace(/^const (here|ofPulumi) = createRequire\(.+;$\n/gm, "")
    .replaceAll(/\bofPulumi\("([^"]+)"\)/g, (_, name) => `require(${JSON.stringify(fromPulumi.resolve(name))})`);
}

/**
 * What is loaded at its first use, likewise; still at its first use.
 * @param {string} text
 */
function requiresInside(text) {
  const made = text
    .replaceAll(/\bcreateRequire\(__filename\)\((?=")/g, "require(")
    .replace(/^import \{ createRequire \} from "node:module";$\n/m, "");
  if (/\bcreateRequire\b|\bofPulumi\b/.test(made)) {
    throw new Error("A source of the plugin loads something in a way that its bundle does not know.");
  }
  return made;
}
