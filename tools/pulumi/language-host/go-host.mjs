// A stand-in for Pulumi's Go language host, as language-host.mjs is for Node: it builds and runs programs, and makes SDKs
// by Pulumi's own generator.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { ended, startChild } from "./children.mjs";
import { generatePackage } from "./package-generation.mjs";
import { configuration, outcome } from "./program-run.mjs";
import { answer } from "./replies.mjs";
import { serve } from "./serve.mjs";

const engineAddress = process.argv.at(-1) ?? "";

serve("Go", {
  run: answer(run),
  generatePackage: answer(generatePackage("go")),
});

/**
 * @param {import("@pulumi/pulumi/proto/language_pb.js").RunRequest} request
 * @param {AbortSignal} signal
 */
async function run(request, signal) {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() || request.getPwd();
  const draft = mkdtempSync(join(tmpdir(), "pulumi-go-"));
  try {
    const binary = join(draft, "program");
    const build = startChild("go", ["build", "-o", binary, info?.getEntryPoint() || "."], {
      cwd: directory,
      env: process.env,
      stdio: ["ignore", "inherit", "inherit"],
      signal,
    });
    const { code } = await ended(build);
    if (code !== 0) throw new Error(`\`go build\` in ${directory} failed with exit code ${code}`);
    return await outcome([binary, ...request.getArgsList()], {
      cwd: request.getPwd() || directory,
      env: { ...process.env, ...configuration(request), ...facts(request) },
      signal,
    });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * What a program in Go asks its surroundings for.
 * @param {import("@pulumi/pulumi/proto/language_pb.js").RunRequest} request
 * @returns {NodeJS.ProcessEnv}
 */
function facts(request) {
  return {
    PULUMI_ORGANIZATION: request.getOrganization(),
    PULUMI_PROJECT: request.getProject(),
    PULUMI_ROOT_DIRECTORY: request.getInfo()?.getRootDirectory() ?? "",
    PULUMI_STACK: request.getStack(),
    PULUMI_DRY_RUN: String(request.getDryrun()),
    PULUMI_PARALLEL: String(request.getParallel()),
    PULUMI_MONITOR: request.getMonitorAddress(),
    PULUMI_ENGINE: engineAddress,
  };
}
