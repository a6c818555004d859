// Makes schema/roster.schema.json, which editors check roster files with, of the shape that loading checks them with.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const { jsonSchema } = createRequire(import.meta.url)(join(repository, "dist/sdk/roster-files/schema.js"));
const text = `${JSON.stringify(jsonSchema(), undefined, 2)}\n`;
if (process.argv.includes("--print")) process.stdout.write(text);
else writeFileSync(join(repository, "schema/roster.schema.json"), text);
