/** The native plugin in a project of its own, as a project names one by its path. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandResult, type Project } from "../../support/engine";
import { repository } from "../../support/repository";
import { type Stack, startStack, type StackOptions } from "../../e2e/support/stack";

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
export function addPlugin({ directory: project }: Pick<Project, "directory">): void {
  const directory = join(project, "plugin");
  mkdirSync(directory);
  const script = join(directory, pluginName);
  writeFileSync(script, `#!/usr/bin/env node\nrequire(${JSON.stringify(join(repository, "dist/plugin/index.js"))});\n`);
  chmodSync(script, 0o755);
}

/** A stack whose program is in YAML: the resources alone. */
export async function startYaml(resources: string, options: StackOptions = {}): Promise<Stack> {
  const stack = await startStack({ ...options, language: "yaml", program: plugin + resources });
  addPlugin(stack.project);
  return stack;
}

/** One stack for all tests of a file, which then tell one story in their order. */
export function sharedYaml(resources: string, options: StackOptions = {}): () => Stack {
  let stack: Stack | undefined;
  beforeAll(async () => {
    stack = await startYaml(resources, options);
  });
  afterAll(() => stack?.end());
  return () => {
    if (!stack) throw new Error("the stack is not there");
    return stack;
  };
}

/** A program in YAML, of its parts: JSON is YAML. */
export const asYaml = (parts: Readonly<Record<string, object>>): string =>
  Object.entries(parts)
    .map(([name, part]) => `${name}: ${JSON.stringify(part)}\n`)
    .join("");

export const write = ({ project }: Stack, resources: string): void => project.writeProgram(plugin + resources);

/** How many resources a command says it has created, updated, and so on. */
export function counts({ stdout }: CommandResult): Record<string, number> {
  const found = stdout.matchAll(
    /^ +[-+~=<> ]*(\d+) (created|to create|updated|to update|deleted|unchanged|imported|to import|replaced|to replace)$/gm,
  );
  return Object.fromEntries([...found].map(([, count, what = ""]) => [what, Number(count)]));
}
