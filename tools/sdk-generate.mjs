// `npm run sdk:generate`: makes the SDKs for Python, Go and .NET from the schema, by Pulumi's own generator, in
// .local/sdks/LANGUAGE. `npm run sdk:generate -- python` makes one of them; `--out DIRECTORY` puts them elsewhere.
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

import { findEngine } from "./lib/engine.mjs";
import { languages, linkLanguageHosts } from "./lib/language-hosts.mjs";
import { localEnvironment } from "./lib/local-environment.mjs";
import { main } from "./lib/main.mjs";
import { localDirectory, root } from "./lib/paths.mjs";
import { capture } from "./lib/processes.mjs";
import { consoleProgress, step } from "./lib/progress.mjs";
import { SetUpError } from "./lib/set-up-error.mjs";

await main(async (args) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { out: { type: "string" } } });
  const unknown = positionals.filter((name) => !languages.some((language) => language === name));
  if (unknown.length > 0) {
    throw new SetUpError(`No SDK can be made for ${unknown.join(", ")}; the languages are ${languages.join(", ")}.`);
  }
  const out = resolve(values.out ?? join(localDirectory, "sdks"));
  const surroundings = { env: process.env, progress: consoleProgress };
  const engine = await findEngine(surroundings);
  const env = localEnvironment({ engine, directory: join(localDirectory, "sdk-generation"), env: process.env });
  await linkLanguageHosts(engine, env.PULUMI_HOME ?? "", surroundings);
  for (const language of positionals.length > 0 ? positionals : languages) {
    await step(consoleProgress, `Making the SDK for ${language} in ${join(out, language)}`, async () => {
      const { code, stdout, stderr } = await capture(
        engine.binary,
        [
          ...["package", "gen-sdk", join(root, "schema", "pulumi-workos.json"), "--non-interactive"],
          ...["--language", language, "--out", out],
        ],
        { cwd: root, env },
      );
      if (code !== 0) throw new SetUpError(`The SDK for ${language} could not be made:\n${stdout}${stderr}`);
    });
  }
  return 0;
});
