/** What comes with the plugin and is no script. In the bundled plugin both are inside, and this file is another. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const manifest = createRequire(__filename).resolve("pulumi-workos/package.json");

/** The package's version. */
export const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };

/** The schema by which other languages know the provider, as JSON. */
export const schema = (): string => readFileSync(join(dirname(manifest), "schema", "pulumi-workos.json"), "utf8");
