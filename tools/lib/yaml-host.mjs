import { existsSync } from "node:fs";
import { join } from "node:path";

import { withLock } from "./directory-lock.mjs";
import { buildCommand, findGo } from "./engine-build.mjs";
import { isMissing, linkPlugin } from "./engine-plugins.mjs";
import { executable } from "./executables.mjs";
import { cacheDirectory, yamlHostModuleDirectory } from "./paths.mjs";
import { SetUpError } from "./set-up-error.mjs";

/** The version that tools/pulumi/yaml-host pins. */
const version = "1.30.0";
const name = "pulumi-language-yaml";

/**
 * Lets an engine run YAML programs. The host comes with Pulumi's official download; an engine that was built from source
 * has none, so it is built as well.
 * @param {import("./engine.mjs").Engine} engine
 * @param {string} pulumiHome
 * @param {import("./engine.mjs").Surroundings} surroundings
 */
export async function linkYamlHost(engine, pulumiHome, { env, progress }) {
  if (!isMissing(name, engine.binary, env)) return;
  const cache = cacheDirectory(env);
  const source = join(cache, `language-yaml-${version}`, executable(name));
  await withLock(
    join(cache, "language-yaml.lock"),
    () => progress.say("› Another run is preparing the YAML language host; waiting for it …"),
    async () => {
      if (existsSync(source)) return;
      const go = await findGo(env, progress);
      if (!go) throw new SetUpError("YAML programs need Go, or the Pulumi CLI: https://www.pulumi.com/docs/install/");
      await buildCommand(
        go,
        source,
        { env, progress },
        {
          name: "the YAML language host",
          minutes: 2,
          moduleDirectory: yamlHostModuleDirectory,
          command: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
          stamp: `github.com/pulumi/pulumi-yaml/pkg/version.Version=v${version}`,
        },
      );
    },
  );
  linkPlugin(name, { directory: `language-yaml-v${version}`, source }, pulumiHome);
}
