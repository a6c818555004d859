/** The native plugin in a project of its own, as a project names one by its path. */
import { type CommandResult } from "../../support/engine";
import { addPlugin, plugin } from "../../support/plugin";
import { type Stack, startStack, type StackOptions } from "../../e2e/support/stack";

export { addPlugin, plugin, pluginName } from "../../support/plugin";

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
