import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** What the engine does at a time unless it is told otherwise. */
export const usualParallel = 4 * availableParallelism();

/**
 * Runs an operation by the dynamic provider alone, without an engine.
 * @param {import("./authkit.mjs").AuthKit} authKit
 * @param {"found" | "up" | "refresh"} operation
 * @param {import("./stack.mjs").Declared} declared
 * @param {{ recorded?: unknown, parallel?: number }} [given] `recorded`: what the operation before it has left; `found`
 *   makes the organization
 * @returns {Promise<import("./stack.mjs").Run & { recorded: unknown }>} the seconds from the first call on
 */
export async function runHost(authKit, operation, declared, { recorded, parallel = usualParallel } = {}) {
  const script = fileURLToPath(new URL("host-process.mjs", import.meta.url));
  const child = fork(script, [], {
    // What a provider prints is for the engine.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, ...authKit.env },
    serialization: "advanced",
  });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the provider's process ended with ${code}`);
  });
  // Heard below; here so that it counts as heard in between.
  ended.catch(() => undefined);
  await Promise.race([once(child, "message"), ended]);
  await authKit.takeCounts();
  const answer = once(child, "message");
  child.send({ operation, ...declared, recorded, parallel });
  const [{ seconds, recorded: after }] = await Promise.race([answer, ended]);
  return { seconds, counts: await authKit.takeCounts(), recorded: after };
}
