/** The terms of the packages that are inside what this repository bundles. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { root } from "./paths.mjs";

/** Of packages whose published script has other packages in it. */
const partsOf = /** @type {Record<string, string[]>} */ ({ "node_modules/otpauth": ["@noble/hashes"] });

/**
 * The text that stands beside a bundle: every package that is in it, with its terms.
 * @param {string} what contains them: the beginning of the first sentence
 * @param {readonly string[]} inputs files of the bundle, from the repository's root
 */
export function noticesOf(what, inputs) {
  const parts = packagesOf(inputs).map((folder) => {
    const path = join(root, folder);
    const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
    const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? termsOf(manifest) : readFileSync(join(path, file), "utf8").trim();
    return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text}\n`;
  });
  const rule = `\n${"-".repeat(80)}\n\n`;
  return [`${what} contains these packages, under these terms.\n`, ...parts].join(rule);
}

/**
 * The folders of the packages that these files belong to.
 * @param {readonly string[]} inputs
 */
function packagesOf(inputs) {
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? []);
  const inside = folders.flatMap((folder) => (partsOf[folder] ?? []).map((name) => `node_modules/${name}`));
  return [...new Set([...folders, ...inside])].sort();
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
