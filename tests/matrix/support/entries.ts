/** The two ways into the provider, each with the programs of the matrix in a language that it is used from. */
import { type Project, type ProjectOptions } from "../../support/engine";
import { addPlugin, plugin, pluginName } from "../../native/support/plugin";
import { yamlOf } from "../../native/support/yaml-of";

export interface Entry {
  readonly name: string;
  readonly language: NonNullable<ProjectOptions["language"]>;
  /** What the project needs besides its program. */
  prepare(project: Project): void;
  /** The program, which is given in TypeScript. */
  written(program: string): string;
  /** Arguments that name a resource, given as of dynamic ones. */
  args(given: readonly string[]): string[];
  /** Whether a resource of a stack is one of the provider's, by its type. */
  isOurs(type: string): boolean;
  /** Whether a process is the provider's, by its command line. */
  isHost(commandLine: readonly string[]): boolean;
}

const ofDynamic = "pulumi-nodejs:dynamic/workos:";

export const dynamicEntry: Entry = {
  name: "dynamic",
  language: "typescript",
  prepare: () => undefined,
  written: (program) => program,
  args: (given) => [...given],
  isOurs: (type) => type.startsWith(ofDynamic),
  isHost: ([, script = ""]) => /cmd[\\/]dynamic-provider/.test(script),
};

export const nativeEntry: Entry = {
  name: "native",
  language: "yaml",
  prepare: addPlugin,
  written: (program) => plugin + yamlOf(program),
  args: (given) => given.map((one) => one.replace(ofDynamic, "workos:index:")),
  isOurs: (type) => type.startsWith("workos:index:"),
  isHost: (commandLine) => commandLine.some((part) => part.endsWith(pluginName)),
};
