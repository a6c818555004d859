// `node tools/coverage.mjs`: writes docs/local-authkit-coverage.md from what the local AuthKit serves and from
// tools/operations.json, the names of all operations of the vendor's document. With --print it prints the page instead.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";

import { build } from "esbuild";
import prettier from "prettier";

import { main } from "./lib/main.mjs";
import { localDirectory, root } from "./lib/paths.mjs";

/** @type {Readonly<Record<string, readonly string[]>>} */
const operations = JSON.parse(readFileSync(join(root, "tools/operations.json"), "utf8"));

await main(async ([flag]) => {
  const target = join(root, "docs/local-authkit-coverage.md");
  const options = { ...(await prettier.resolveConfig(target)), filepath: target };
  const page = await prettier.format(coverage(await served()), options);
  if (flag === "--print") process.stdout.write(page);
  else writeFileSync(target, page);
  return 0;
});

/**
 * Of the sources: the build has the local AuthKit in one script, which shows none of its parts.
 * @returns {Promise<typeof import("../emulator/http/routes.js") & typeof import("../emulator/http/stand-ins.js")>}
 */
async function served() {
  const script = join(localDirectory, `coverage-${process.pid}.cjs`);
  mkdirSync(localDirectory, { recursive: true });
  try {
    await build({
      stdin: {
        contents: 'export * from "./routes"; export * from "./stand-ins";',
        resolveDir: join(root, "emulator/http"),
      },
      ...{ outfile: script, bundle: true, platform: "node", format: "cjs", target: "node20.19", logLevel: "warning" },
      external: ["esbuild", "hash-wasm"],
    });
    return createRequire(import.meta.url)(script);
  } finally {
    rmSync(script, { force: true });
  }
}

function coverage({ servedEndpoints, standIns }) {
  const served = new Set(servedEndpoints.map(({ method, path }) => routeOf(method, path)));
  const standIn = new Set(standIns.flatMap((one) => one.operations));

  const tags = Object.entries(operations).map(([tag, lines]) => ({
    tag,
    rows: lines.map((line) => {
      const [method = "", path = "", operation = ""] = line.split(" ");
      const answered = !served.has(routeOf(method, path)) ? "not served" : standIn.has(operation) ? "stand-in" : "real";
      return { operation, method, path, answered };
    }),
  }));
  const all = tags.flatMap(({ rows }) => rows);
  const count = (rows, answered) => rows.filter((row) => row.answered === answered).length;
  const methodsOf = new Map(all.map((row) => [row.operation, row]));

  return `<!-- Made by tools/coverage.mjs. -->

# What the local AuthKit answers

WorkOS's OpenAPI document has ${all.length} operations. Of these the [local AuthKit](local-authkit.md) answers ${count(all, "real")} as WorkOS does and ${count(all, "stand-in")} by a stand-in; ${count(all, "not served")} are not served.

- **real**: what it does and answers follows from what is stored here, as WorkOS's document says.
- **stand-in**: the answers have the form that the document says; what is behind them is another thing, which is [said below](#stand-ins).

Beside the document it serves what Connect applications talk to (\`/oauth2/…\` and the discovery documents) and its own controls.

| Tag | Operations | Real | Stand-in | Not served |
| --- | ---: | ---: | ---: | ---: |
${tags.map(({ tag, rows }) => `| ${tag} | ${rows.length} | ${count(rows, "real")} | ${count(rows, "stand-in")} | ${count(rows, "not served")} |`).join("\n")}
| **all** | ${all.length} | ${count(all, "real")} | ${count(all, "stand-in")} | ${count(all, "not served")} |

## Stand-ins

| Operations | What is different |
| --- | --- |
${standIns.map((one) => `| ${one.operations.map((name) => spelt(methodsOf.get(name), name)).join("<br>")} | ${one.difference} |`).join("\n")}

${tags.map(({ tag, rows }) => `## ${tag}\n\n| Operation | Method | Path | Answered |\n| --- | --- | --- | --- |\n${rows.map(({ operation, method, path, answered }) => `| \`${operation}\` | ${method} | \`${path}\` | ${answered} |`).join("\n")}`).join("\n\n")}
`;
}

function routeOf(method, path) {
  return `${method} ${path.replace(/\{[^}]*\}/g, "{}")}`;
}

function spelt(row, name) {
  if (row === undefined) throw new Error(`${name}: a stand-in for no operation of tools/operations.json`);
  return `\`${row.method} ${row.path}\``;
}
