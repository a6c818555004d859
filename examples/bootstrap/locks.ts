import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

import { ConcurrentUpdateError, type Stack } from "@pulumi/pulumi/automation";

/** A provider's process may outlive its engine by five seconds, to end the call it is in. */
const leftoverMs = 6_000;
const patience = { looks: 60, everyMs: 1_000 };

/**
 * Runs an operation on a stack that an earlier run may have left locked: waits for runs that live, and unlocks what
 * only dead ones of this machine hold.
 * @param aborted ends the waiting.
 */
export async function whenUnlocked<T>(
  stack: Stack,
  operation: () => Promise<T>,
  say: (line: string) => void,
  aborted: AbortSignal,
): Promise<T> {
  for (let look = 1; ; look++) {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof ConcurrentUpdateError) || aborted.aborted) throw error;
      if (heldByTheDead(error.message)) {
        say("An earlier run was killed and has left the stack locked; unlocking it.");
        await sleep(leftoverMs, undefined, { signal: aborted });
        await stack.cancel();
      } else if (look === patience.looks) {
        throw new Error(
          `Another run holds the stack ${stack.name}. Wait for it to end. If it is dead, unlock the stack: pulumi cancel --stack ${stack.name}`,
          { cause: error },
        );
      } else {
        if (look === 1) say("Another run holds the stack; waiting for it to end …");
        await sleep(patience.everyMs, undefined, { signal: aborted });
      }
    }
  }
}

/** The engine names the holders of self-managed state; those on other machines cannot be asked, and count as alive. */
function heldByTheDead(message: string): boolean {
  const holders = [...message.matchAll(/created by \S+@(\S+) \(pid (\d+)\)/g)];
  return holders.length > 0 && holders.every(([, host, pid]) => host === hostname() && !isAlive(Number(pid)));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
