// A stand-in for Pulumi's Python language host, as language-host.mjs is for Node: it runs programs, and makes SDKs by
// Pulumi's own generator.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { generatePackage } from "./package-generation.mjs";
import { configuration, outcome } from "./program-run.mjs";
import { answer } from "./replies.mjs";
import { serve } from "./serve.mjs";

const engineAddress = process.argv.at(-1) ?? "";
const runner = fileURLToPath(new URL("python-program.py", import.meta.url));

serve("Python", {
  run: answer(run),
  generatePackage: answer(generatePackage("python")),
});

/**
 * @param {import("@pulumi/pulumi/proto/language_pb.js").RunRequest} request
 * @param {AbortSignal} signal
 */
function run(request, signal) {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() || request.getPwd();
  const facts = {
    project: request.getProject(),
    stack: request.getStack(),
    organization: request.getOrganization(),
    root_directory: info?.getRootDirectory() || directory,
    parallel: request.getParallel(),
    dry_run: request.getDryrun(),
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
  };
  const program = resolve(directory, info?.getEntryPoint() || request.getProgram() || ".");
  return outcome([python(info, directory), "-u", runner, JSON.stringify(facts), program, ...request.getArgsList()], {
    cwd: directory,
    env: { ...process.env, ...configuration(request) },
    signal,
  });
}

/**
 * The Python of the project's own environment, which Pulumi.yaml names (`runtime.options.virtualenv`), else the one on PATH.
 * @param {import("@pulumi/pulumi/proto/language_pb.js").ProgramInfo | undefined} info
 * @param {string} directory
 */
function python(info, directory) {
  const { virtualenv } = info?.getOptions()?.toJavaScript() ?? {};
  if (!virtualenv) return process.env.PULUMI_PYTHON_CMD ?? "python3";
  const place = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const executable = join(resolve(directory, String(virtualenv)), ...place);
  if (existsSync(executable)) return executable;
  throw new Error(`${executable} is not there. Has the environment been made (python3 -m venv ${String(virtualenv)})?`);
}
