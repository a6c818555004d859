// Makes schema/roster.schema.json and schema/roles.schema.json, which editors check such files with, of the shapes that
// loading checks them with.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const load = createRequire(import.meta.url);
for (const kind of ["roster", "roles"]) {
  const { jsonSchema } = load(join(repository, `dist/provider/${kind}-files/schema.js`));
  const text = `${JSON.stringify(jsonSchema(), undefined, 2)}\n`;
  if (process.argv.includes("--print")) process.stdout.write(text);
  else writeFileSync(join(repository, `schema/${kind}.schema.json`), text);
}
