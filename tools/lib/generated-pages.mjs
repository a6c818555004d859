// Pages that a tool makes: written where they belong, or printed for the test that compares them.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";

import prettier from "prettier";

import { root } from "./paths.mjs";

/**
 * @param {Record<string, string>} pages by their path from the root
 * @param {{ print?: boolean, folder?: string }} [options] `print`: as JSON on standard output; `folder`: has nothing but
 *   these pages, so that others in it are removed
 */
export async function publish(pages, { print = false, folder } = {}) {
  /** @type {Record<string, string>} */
  const formatted = {};
  for (const [path, text] of Object.entries(pages)) {
    const filepath = join(root, path);
    formatted[path] = await prettier.format(text, { ...(await prettier.resolveConfig(filepath)), filepath });
  }
  if (print) {
    process.stdout.write(JSON.stringify(formatted));
    return;
  }
  for (const [path, text] of Object.entries(formatted)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  if (folder === undefined) return;
  for (const name of readdirSync(join(root, folder))) {
    if (!Object.hasOwn(formatted, `${folder}/${name}`)) rmSync(join(root, folder, name));
  }
}
