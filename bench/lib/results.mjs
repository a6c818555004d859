import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { format } from "prettier";

import { findEngine } from "../../tools/lib/engine.mjs";
import { root } from "../../tools/lib/paths.mjs";
import { consoleProgress } from "../../tools/lib/progress.mjs";

const page = join(root, "bench", "results.md");
const heading = `# What the benches measured

Written by \`npm run bench\`; \`npm run bench -- NAME\` measures one part anew. What it all means: [docs/speed.md](../docs/speed.md).
`;

/** Other work on the machine before the benches began; one that runs after others would take theirs for it. */
const loadBefore = Number(process.env.BENCH_LOAD_BEFORE ?? loadavg()[0]);

/**
 * Replaces the part of this title in the page of results, and prints it.
 * @param {string} title
 * @param {string} body in Markdown
 */
export async function report(title, body) {
  const part = `## ${title}\n\n${await circumstances()}\n\n${body.trim()}\n`;
  const before = existsSync(page) ? readFileSync(page, "utf8") : heading;
  const text = await format(replacePart(before, title, part), { parser: "markdown", printWidth: 120 });
  console.log(`\n${part}`);
  if (!isQuick) writeFileSync(page, text);
}

/** Only an impression: small sizes, and the page of results stays as it is. */
export const isQuick = process.argv.includes("--quick");
export const isFull = process.argv.includes("--full");

/**
 * @param {string} text the whole page
 * @param {string} title
 * @param {string} part with its heading
 */
export function replacePart(text, title, part) {
  const parts = text.split(/^(?=## )/m);
  const at = parts.findIndex((other) => other.startsWith(`## ${title}\n`));
  if (at < 0) parts.push(part);
  else parts[at] = part;
  return parts.map((other) => other.trim()).join("\n\n");
}

async function circumstances() {
  const engine = await findEngine({ env: process.env, progress: consoleProgress });
  const pulumi = createRequire(import.meta.url)("@pulumi/pulumi/package.json").version;
  const cores = availableParallelism();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const facts = [
    new Date().toISOString().slice(0, 10),
    `Node.js ${process.versions.node}`,
    `Pulumi ${engine.version} with @pulumi/pulumi ${pulumi}`,
    `${cores} × ${cpus()[0]?.model.trim()}, ${gigabytes} GB`,
    `${platform()} ${release().split("-")[0]}`,
  ];
  const busy = loadBefore > cores / 2;
  const warning = `**Provisional**: the machine had other work at the same time (load ${loadBefore.toFixed(1)}).`;
  return `${facts.join("; ")}.${busy ? `\n\n${warning}` : ""}`;
}

/**
 * @param {readonly string[]} columns
 * @param {readonly (readonly string[])[]} rows
 */
export function table(columns, rows) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  return [row(columns), row(columns.map(() => "---")), ...rows.map(row)].join("\n");
}

/** @param {number} value */
export const number = (value) => Math.round(value).toLocaleString("en");

/** @param {number} value seconds */
export const seconds = (value) => `${value < 10 ? value.toFixed(2) : value.toFixed(1)} s`;

/** @param {import("./authkit.mjs").Conditions} conditions */
export const shown = ({ latencyMs, limited }) => [`${latencyMs} ms`, limited ? "the vendor's" : "none"];
