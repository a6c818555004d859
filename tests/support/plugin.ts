/** The native plugin, as a project has it by its path. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./repository";

/** What Pulumi.yaml says of where the plugin is. */
export const plugin = `
plugins:
  providers:
    - name: workos
      path: ./plugin
`;

/** What the engine runs, in the folder that Pulumi.yaml names. */
export const pluginName = "pulumi-resource-workos";

/** Puts the plugin of this repository where `plugin` says that it is. */
export function addPlugin({ directory: project }: { readonly directory: string }): void {
  const directory = join(project, "plugin");
  mkdirSync(directory);
  const script = join(directory, pluginName);
  writeFileSync(script, `#!/usr/bin/env node\nrequire(${JSON.stringify(join(repository, "dist/plugin/index.js"))});\n`);
  chmodSync(script, 0o755);
}
