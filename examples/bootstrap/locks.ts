import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

import { ConcurrentUpdateError } from "@pulumi/pulumi/automation";

/** A provider's process may outlive its engine by five seconds, to end the call it is in. */
const leftoverMs = 6_000;
const betweenLooksMs = 1_000;

export interface Waiting {
  /** Of the stack. */
  readonly name: string;
  /** How long for runs that live. */
  readonly seconds: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * Runs an operation on a stack that an earlier run may have left locked: waits for runs that live, and unlocks what
 * only dead ones of this machine hold.
 * @param unlock undefined where there is no stack yet: the engine can lift no lock then.
 */
export async function whenUnlocked<T>(
  operation: () => Promise<T>,
  unlock: (() => Promise<void>) | undefined,
  { name, seconds, signal, say }: Waiting,
): Promise<T> {
  for (let look = 0; ; look++) {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof ConcurrentUpdateError) || signal.aborted) throw error;
      const holders = holdersIn(error.message);
      const areDead = holders.length > 0 && holders.every(({ host, pid }) => host === hostname() && !isAlive(pid));
      if (areDead && unlock) {
        say("An earlier run was killed and has left the stack locked; unlocking it.");
        await sleep(leftoverMs, undefined, { signal });
        await unlock();
      } else if (areDead) {
        const files = holders.map(({ file }) => file).join(", ");
        throw new Error(
          `A run that was killed while it made the stack has left a lock. Remove it, then run again: ${files}`,
          {
            cause: error,
          },
        );
      } else if (look * betweenLooksMs >= seconds * 1_000) {
        throw new Error(
          `Another run holds the stack ${name}. Wait for it to end. If it is dead, unlock the stack: pulumi cancel --stack ${name}`,
          { cause: error },
        );
      } else {
        if (look === 0) say("Another run holds the stack; waiting for it to end …");
        await sleep(betweenLooksMs, undefined, { signal });
      }
    }
  }
}

/** The engine names the holders of self-managed state; those on other machines cannot be asked, and count as alive. */
function holdersIn(message: string): { file: string; host: string; pid: number }[] {
  return [...message.matchAll(/^\s*(\S+): created by \S+@(\S+) \(pid (\d+)\)/gm)].map(
    ([, file = "", host = "", pid]) => ({ file, host, pid: Number(pid) }),
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
