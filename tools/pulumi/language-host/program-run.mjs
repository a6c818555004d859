import process from "node:process";

import { ended, startChild } from "./children.mjs";
import { languageMessages } from "./protocol.mjs";
import { locateCommand, runtimeOptions } from "./runtime-options.mjs";

// The SDK's runner ends with this code after it has shown the user what went wrong.
const alreadyReported = 32;

/**
 * Runs a Pulumi program to its end.
 * @param {import("@pulumi/pulumi/proto/language_pb.js").RunRequest} request
 * @param {string} engineAddress
 * @param {AbortSignal} signal
 */
export async function runProgram(request, engineAddress, signal) {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() || request.getPwd();
  const { environment, nodeArguments } = runtimeOptions(info);
  const command = [process.execPath, ...nodeArguments, locateCommand("run", directory)];
  return outcome([...command, ...flags(request, engineAddress)], {
    cwd: directory,
    env: { ...process.env, ...environment, ...configuration(request) },
    signal,
  });
}

/**
 * The stack's configuration as every SDK of Pulumi's reads it.
 * @param {import("@pulumi/pulumi/proto/language_pb.js").RunRequest} request
 * @returns {NodeJS.ProcessEnv}
 */
export function configuration(request) {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toObject())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}

/**
 * Runs a program to its end, and says how it ended as the engine is told.
 * @param {string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, signal: AbortSignal }} options
 */
export async function outcome([command = "", ...args], options) {
  // What the program prints goes where the engine reads this host's output.
  const child = startChild(command, args, { ...options, stdio: ["ignore", "inherit", "inherit"] });
  const { code, signal: endedBy } = await ended(child);
  const response = new languageMessages.RunResponse();
  if (code === alreadyReported) response.setBail(true);
  else if (endedBy) response.setError(`Program was ended by ${endedBy}`);
  else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  return response;
}

/**
 * @param {import("@pulumi/pulumi/proto/language_pb.js").RunRequest} request
 * @param {string} engineAddress
 * @returns {string[]}
 */
function flags(request, engineAddress) {
  /** @type {[string, string][]} */
  const named = [
    ["monitor", request.getMonitorAddress()],
    ["engine", engineAddress],
    ["organization", request.getOrganization()],
    ["project", request.getProject()],
    ["root-directory", request.getInfo()?.getRootDirectory() ?? ""],
    ["stack", request.getStack()],
    ["pwd", request.getPwd()],
    ["parallel", String(request.getParallel())],
  ];
  return [
    ...named.filter(([, value]) => value !== "").flatMap(([name, value]) => [`--${name}`, value]),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    request.getInfo()?.getEntryPoint() || request.getProgram() || ".",
    ...request.getArgsList(),
  ];
}
