import process from "node:process";

import { ended, startNode } from "./children.mjs";
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
  const child = startNode([...nodeArguments, locateCommand("run", directory), ...flags(request, engineAddress)], {
    cwd: directory,
    env: {
      ...process.env,
      ...environment,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toObject())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
    // What the program prints goes where the engine reads this host's output.
    stdio: ["ignore", "inherit", "inherit"],
    signal,
  });

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
