// `node tools/engine.mjs DIRECTORY [--yaml] [--languages]`: finds or makes the engine that everything here uses, prepares
// DIRECTORY to hold the whole of a run (state, PULUMI_HOME, passphrase), for programs in YAML as well with --yaml, for
// Python, Go and the SDKs of other languages with --languages, and prints both as JSON. The end-to-end tests start from
// this.
import { join, resolve } from "node:path";
import process from "node:process";

import { findEngine } from "./lib/engine.mjs";
import { linkLanguageHosts } from "./lib/language-hosts.mjs";
import { localEnvironment } from "./lib/local-environment.mjs";
import { main } from "./lib/main.mjs";
import { consoleProgress } from "./lib/progress.mjs";
import { linkYamlHost } from "./lib/yaml-host.mjs";

await main(async ([directory, ...flags]) => {
  const surroundings = { env: process.env, progress: consoleProgress };
  const engine = await findEngine(surroundings);
  const environment = directory && localEnvironment({ engine, directory: resolve(directory), env: process.env });
  if (environment) {
    const home = environment.PULUMI_HOME ?? join(resolve(directory), "pulumi-home");
    if (flags.includes("--yaml")) await linkYamlHost(engine, home, surroundings);
    if (flags.includes("--languages")) await linkLanguageHosts(engine, home, surroundings);
  }
  console.log(JSON.stringify({ engine, ...(environment ? { environment } : {}) }));
  return 0;
});
