/** Languages beside JavaScript and YAML: their hosts, and the generator of their SDKs. */
import { existsSync } from "node:fs";
import { join } from "node:path";

import { withLock } from "./directory-lock.mjs";
import { buildCommand, findGo } from "./engine-build.mjs";
import { isMissing, linkPlugin } from "./engine-plugins.mjs";
import { executable } from "./executables.mjs";
import { cacheDirectory, root, sdkGeneratorModuleDirectory } from "./paths.mjs";
import { SetUpError } from "./set-up-error.mjs";

/** What tools/pulumi/sdk-generator pins. */
const version = "3.228.0";

/** @typedef {"python" | "go" | "dotnet"} Language */
export const languages = /** @type {const} */ (["python", "go", "dotnet"]);

/**
 * Lets an engine run programs in these languages, and make SDKs for them. The hosts come with Pulumi's official download;
 * where the engine has none, stand-ins of this repository take their place.
 * @param {import("./engine.mjs").Engine} engine
 * @param {string} pulumiHome
 * @param {import("./engine.mjs").Surroundings} surroundings
 */
export async function linkLanguageHosts(engine, pulumiHome, surroundings) {
  const missing = languages.filter((language) => isMissing(hostName(language), engine.binary, surroundings.env));
  if (missing.length > 0) await makeGenerator(surroundings);
  for (const language of missing) {
    const source = join(root, "tools", "pulumi", "language-host", hostName(language));
    linkPlugin(hostName(language), { directory: `language-${language}-v${version}`, source }, pulumiHome);
  }
}

/** @param {Language} language */
const hostName = (language) => `pulumi-language-${language}`;

/**
 * Pulumi's own generator, built from its published module.
 * @param {NodeJS.ProcessEnv} env
 */
export function generatorBinary(env) {
  return join(cacheDirectory(env), `sdk-generator-${version}`, executable("sdk-generator"));
}

/** @param {import("./engine.mjs").Surroundings} surroundings */
async function makeGenerator({ env, progress }) {
  const target = generatorBinary(env);
  await withLock(
    join(cacheDirectory(env), "sdk-generator.lock"),
    () => progress.say("› Another run is preparing the generator of SDKs; waiting for it …"),
    async () => {
      if (existsSync(target)) return;
      const go = await findGo(env, progress);
      if (!go)
        throw new SetUpError(
          "SDKs for other languages need Go, or the Pulumi CLI: https://www.pulumi.com/docs/install/",
        );
      await buildCommand(
        go,
        target,
        { env, progress },
        {
          name: "the generator of SDKs",
          minutes: 1,
          moduleDirectory: sdkGeneratorModuleDirectory,
          command: ".",
        },
      );
    },
  );
}
