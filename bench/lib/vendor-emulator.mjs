import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { cacheDirectory } from "../../tools/lib/paths.mjs";
import { capture } from "../../tools/lib/processes.mjs";

const version = "0.7.1";

/**
 * The vendor's own emulator: in the folder that `--vendor=FOLDER` names (of the installed package, or of a checkout
 * that was built), or installed once into the user's cache. It is no dependency of this package.
 * @param {readonly string[]} args
 * @returns {Promise<{ script: string } | { missing: string }>}
 */
export async function vendorEmulator(args) {
  const given = args.find((argument) => argument.startsWith("--vendor="))?.slice("--vendor=".length);
  const cache = join(cacheDirectory(process.env), `vendor-emulator-${version}`);
  const folder = given ?? join(cache, "node_modules", "@workos", "emulate");
  const script = join(folder, "dist", "cli.js");
  if (existsSync(script)) return { script };
  if (given !== undefined) return { missing: `${script} is not there: build the checkout first` };
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, "package.json"), JSON.stringify({ private: true }));
  const { code, stderr } = await capture(
    "npm",
    ["install", "--no-audit", "--no-fund", "--ignore-scripts", `@workos/emulate@${version}`],
    { cwd: cache },
  );
  if (code === 0 && existsSync(script)) return { script };
  const [why = "npm failed"] = stderr.split("\n").filter((line) => line.includes("404") || line.includes("error"));
  return {
    missing: `@workos/emulate ${version} cannot be installed (${why.trim()}); name a folder with --vendor=FOLDER`,
  };
}

/**
 * A seed with so many keys that none reaches the 1,000 requests in a minute that it lets through.
 * @param {string} file
 * @param {number} count
 */
export function seedWithKeys(file, count) {
  const keys = Array.from({ length: count }, (_, index) => `sk_test_bench_${index}`);
  writeFileSync(
    file,
    JSON.stringify({ apiKeys: Object.fromEntries(keys.map((key) => [key, { environment: "test" }])) }),
  );
  return keys;
}
