import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

import { onPath } from "./executables.mjs";
import { cacheDirectory, engineModuleDirectory } from "./paths.mjs";
import { capture } from "./processes.mjs";
import { step } from "./progress.mjs";
import { SetUpError } from "./set-up-error.mjs";
import { compareVersions } from "./version.mjs";

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {import("./progress.mjs").Progress} progress
 * @param {string} [moduleDirectory] of what is to be built
 * @returns {Promise<string | undefined>} the `go` command, when there is one that can build it
 */
export async function findGo(env, progress, moduleDirectory = engineModuleDirectory) {
  const go = onPath("go", env);
  if (!go) return undefined;
  const { code, stdout } = await capture(go, ["env", "GOVERSION"], {
    env: goEnvironment(env),
    cwd: moduleDirectory,
  });
  const wanted = requiredGo(moduleDirectory);
  const installed = stdout.trim().replace(/^go/, "");
  if (code === 0 && compareVersions(installed, wanted) >= 0) return go;
  progress.say(
    `› Go ${installed || "(unknown version)"} at ${go} is too old to build the engine, which needs Go ${wanted} or newer: ` +
      "https://go.dev/dl/",
  );
  return undefined;
}

/**
 * @param {string} go
 * @param {string} target where the binary goes
 * @param {string} version
 * @param {string} moduleDirectory the Go module that pins it
 * @param {{ env: NodeJS.ProcessEnv, progress: import("./progress.mjs").Progress }} surroundings
 */
export async function buildEngine(go, target, version, moduleDirectory, surroundings) {
  await buildCommand(go, target, surroundings, {
    name: "the Pulumi engine",
    minutes: 3,
    moduleDirectory,
    command: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    stamp: `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`,
  });
}

/**
 * Builds a command of a published Go module, and leaves it in its place whole, or not at all.
 * @param {string} go
 * @param {string} target where the binary goes
 * @param {{ env: NodeJS.ProcessEnv, progress: import("./progress.mjs").Progress }} surroundings
 * @param {{ name: string, minutes: number, moduleDirectory: string, command: string, stamp?: string }} what `stamp` sets
 *   the variable by which the command knows its version, where it has one
 */
export async function buildCommand(go, target, { env, progress }, { name, minutes, moduleDirectory, command, stamp }) {
  const cache = cacheDirectory(env);
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, "build-"));
  try {
    await step(progress, `Building ${name} from source (once, about ${minutes} minutes)`, async () => {
      const binary = join(draft, "command");
      const { code, stderr } = await capture(
        go,
        [
          "build",
          "-mod=readonly",
          "-ldflags",
          ["-s -w", ...(stamp ? [`-X ${stamp}`] : [])].join(" "),
          "-o",
          binary,
          command,
        ],
        { cwd: moduleDirectory, env: goEnvironment(env) },
      );
      if (code !== 0) {
        throw new SetUpError(
          `Building ${name} failed:\n${stderr.trim().split("\n").slice(-15).join("\n")}\n` +
            "Without network access to Go modules, install the Pulumi CLI instead: https://www.pulumi.com/docs/install/",
        );
      }
      mkdirSync(dirname(target), { recursive: true });
      renameSync(binary, target);
    });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * The user's Go settings, proxies and module caches included, but no surprise download of another tool chain, and no
 * workspace file of a directory above ours.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function goEnvironment(env) {
  return { ...env, GOTOOLCHAIN: env.GOTOOLCHAIN || "local", GOWORK: "off" };
}

/** @param {string} moduleDirectory */
function requiredGo(moduleDirectory) {
  const match = /^go (\S+)/m.exec(readFileSync(join(moduleDirectory, "go.mod"), "utf8"));
  return match?.[1] ?? "1.25.0";
}
