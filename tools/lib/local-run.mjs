import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { authKitVariables, startAuthKit } from "./authkit.mjs";
import { withLock } from "./directory-lock.mjs";
import { localEnvironment } from "./local-environment.mjs";
import { localDirectory } from "./paths.mjs";
import { askPulumi } from "./pulumi-command.mjs";
import { setUp } from "./set-up.mjs";
import { SetUpError } from "./set-up-error.mjs";
import { onlyDeadLocks, readStackLocks } from "./stack-lock.mjs";

/** As in Pulumi.yaml. */
const project = "pulumi-workos-quickstart";
export const localStack = "dev";

/** Held by whoever uses the local environment: its AuthKit keeps its data in one file and has one writer. */
export const runLock = join(localDirectory, "run.lock");

/**
 * Sets up, starts the local AuthKit, makes sure of the local stack, and runs `work` with all that.
 * @param {(run: import("./pulumi-command.mjs").EngineRun) => Promise<number>} work
 * @returns {Promise<number>}
 */
export async function withLocalEnvironment(work) {
  const engine = await setUp();
  return withLock(
    runLock,
    ({ pid }) => console.error(`› Another run (process ${pid}) uses the local environment; waiting for it …`),
    async () => {
      const authKit = await startAuthKit();
      try {
        const env = {
          ...localEnvironment({ engine, directory: localDirectory, env: process.env }),
          ...authKitVariables(authKit),
        };
        await prepareStack({ engine, env });
        return await work({ engine, env });
      } finally {
        await authKit.close();
      }
    },
  );
}

/** @param {import("./pulumi-command.mjs").EngineRun} run */
async function prepareStack(run) {
  const state = join(localDirectory, "state");
  if (!existsSync(join(state, ".pulumi", "stacks", project, `${localStack}.json`))) {
    await insist(run, ["stack", "select", localStack, "--create"], "The local stack could not be created");
  }
  const locks = readStackLocks(state, project, localStack);
  if (onlyDeadLocks(locks)) {
    const holders = locks.map(({ pid }) => pid).join(", ");
    console.error(
      `› An earlier run (process ${holders}) ended without unlocking the stack; unlocking it.\n` +
        "  Should the engine now warn of pending operations, this ends the warnings:\n" +
        "  npm run pulumi -- refresh --clear-pending-creates --yes",
    );
    await insist(run, ["cancel", localStack, "--yes"], "The stack could not be unlocked");
  }
}

/**
 * @param {import("./pulumi-command.mjs").EngineRun} run
 * @param {string[]} args
 * @param {string} failure
 */
async function insist(run, args, failure) {
  const { code, stdout, stderr } = await askPulumi(run, args);
  if (code !== 0) throw new SetUpError(`${failure}:\n${stderr || stdout}`);
}
