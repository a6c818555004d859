import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * What the `runtime.options` of Pulumi.yaml say, by the names that the official host gives them.
 * @param {import("@pulumi/pulumi/proto/language_pb.js").ProgramInfo | undefined} info
 * @returns {{ environment: NodeJS.ProcessEnv, nodeArguments: string[] }}
 */
export function runtimeOptions(info) {
  const options = info?.getOptions()?.toJavaScript() ?? {};
  return {
    environment: {
      // On unless switched off: this is what lets the program be TypeScript.
      ...(options.typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
      ...(options.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: String(options.tsconfig) } : {}),
    },
    nodeArguments: String(options.nodeargs ?? "")
      .split(/\s+/)
      .filter(Boolean),
  };
}

/**
 * Finds one of the SDK's entry points as the program would, so that the program's own copy of @pulumi/pulumi runs it.
 * @param {"run" | "run-plugin" | "run-policy-pack"} command
 * @param {string} directory
 */
export function locateCommand(command, directory) {
  try {
    return createRequire(join(directory, "program.js")).resolve(`@pulumi/pulumi/cmd/${command}`);
  } catch {
    throw new Error(
      `@pulumi/pulumi cannot be found from ${directory}. Have its packages been installed (npm install)?`,
    );
  }
}
