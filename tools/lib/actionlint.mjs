import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

import { withLock } from "./directory-lock.mjs";
import { goEnvironment } from "./engine-build.mjs";
import { executable, onPath } from "./executables.mjs";
import { cacheDirectory } from "./paths.mjs";
import { capture } from "./processes.mjs";
import { step } from "./progress.mjs";
import { SetUpError } from "./set-up-error.mjs";

/** The version that is built here, as its Go module names it. */
export const actionlintVersion = "1.7.12";

const advice = "Install actionlint, or Go, and run the same command again.";

/**
 * actionlint: the one on PATH, or the one made earlier, or one built from its Go module.
 * @param {import("./engine.mjs").Surroundings} surroundings
 * @returns {Promise<string>}
 */
export async function findActionlint(surroundings) {
  const { env } = surroundings;
  const found = onPath("actionlint", env) ?? cached(env);
  if (found) return found;
  const go = onPath("go", env);
  if (!go) throw new SetUpError(`There is neither actionlint nor Go on PATH. ${advice}`);
  return withLock(
    join(cacheDirectory(env), "actionlint.lock"),
    () => surroundings.progress.say("› Another run is building actionlint; waiting for it …"),
    async () => cached(env) ?? build(go, surroundings),
  );
}

/** @param {NodeJS.ProcessEnv} env */
const binaryIn = (env) => join(cacheDirectory(env), `actionlint-${actionlintVersion}`, executable("actionlint"));

/** @param {NodeJS.ProcessEnv} env */
function cached(env) {
  const binary = binaryIn(env);
  return existsSync(binary) ? binary : undefined;
}

/**
 * @param {string} go
 * @param {import("./engine.mjs").Surroundings} surroundings
 */
async function build(go, { env, progress }) {
  const target = binaryIn(env);
  const draft = mkdtempSync(join(cacheDirectory(env), "build-"));
  try {
    await step(progress, "Building actionlint from source (once, some seconds)", async () => {
      const { code, stderr } = await capture(
        go,
        ["install", `github.com/rhysd/actionlint/cmd/actionlint@v${actionlintVersion}`],
        { cwd: draft, env: { ...goEnvironment(env), GOBIN: draft } },
      );
      if (code !== 0) throw new SetUpError(`Building actionlint failed:\n${stderr.trim()}\n${advice}`);
      mkdirSync(dirname(target), { recursive: true });
      renameSync(join(draft, executable("actionlint")), target);
    });
    return target;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
