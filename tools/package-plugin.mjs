// `npm run package:plugin`: writes the archives of the native plugin to .local/plugin, with their checksums: what a
// release publishes and what any HTTP server can serve. They need Node on PATH; with --with-node they have it inside, are
// 40 MB each, and go to .local/plugin-with-node. `--system linux-amd64`, once or more often, makes some of them only;
// `--out DIRECTORY` writes them elsewhere.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { main } from "./lib/main.mjs";
import { nodeInside } from "./lib/node-inside.mjs";
import { localDirectory } from "./lib/paths.mjs";
import { pluginArchives, systems } from "./lib/plugin-archives.mjs";
import { seconds } from "./lib/progress.mjs";
import { SetUpError } from "./lib/set-up-error.mjs";

await main(async (args) => {
  const { values } = parseArgs({
    args,
    options: { out: { type: "string" }, "with-node": { type: "boolean" }, system: { type: "string", multiple: true } },
  });
  const directory = resolve(values.out ?? join(localDirectory, values["with-node"] ? "plugin-with-node" : "plugin"));
  const started = Date.now();
  const files = await pluginArchives({
    only: values.system && systems.filter((one) => wantedOf(values.system).includes(nameOf(one))),
    more: values["with-node"] ? nodeInside : undefined,
  });
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const { name, bytes } of files) {
    writeFileSync(join(directory, name), bytes);
    console.log(`${(bytes.length / 1024).toFixed(0).padStart(7)} kB  ${join(directory, name)}`);
  }
  console.log(`in ${seconds(Date.now() - started)}`);
  return 0;
});

/** @param {import("./lib/plugin-archives.mjs").System} system */
function nameOf({ os, arch }) {
  return `${os}-${arch}`;
}

/** @param {string[] | undefined} names */
function wantedOf(names = []) {
  const known = systems.map(nameOf);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new SetUpError(`There is no archive for ${unknown.join(", ")}; there are ${known.join(", ")}.`);
  return names;
}
