import process from "node:process";

import { endChildren } from "./children.mjs";

/**
 * Ends this process and its children with the engine, however the engine ends: it interrupts its plugins when it ends
 * by itself, and when it is killed this process gets another parent.
 */
export function endOnLossOfEngine() {
  const parent = process.ppid;
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    await endChildren();
    process.exit(0);
  };

  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, end);
  const endIfOrphaned = () => {
    if (process.ppid !== parent) void end();
  };
  // The engine holds the other end of standard input, so its death is seen at once; the timer is for engines that don't.
  process.stdin.on("end", endIfOrphaned).on("error", endIfOrphaned).resume();
  setInterval(endIfOrphaned, 500);
}
