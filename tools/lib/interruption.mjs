import process from "node:process";

import { endChildren } from "./processes.mjs";

const signals = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });

// One Ctrl-C can arrive twice: from the terminal, and from npm, which hands on what it gets itself.
const samePressMs = 1_000;

/** @type {(() => void) | undefined} */
let onPress;
let lastPress = 0;
/** @type {number | undefined} */
let exitCode;

/** Makes an interruption end this process and everything it has started. */
export function handleInterruptions() {
  for (const [signal, code] of Object.entries(signals)) {
    process.on(signal, () => {
      const now = Date.now();
      const again = now - lastPress < samePressMs;
      lastPress = now;
      exitCode = code;
      if (again) return;
      if (onPress) {
        onPress();
        return;
      }
      endChildren();
      process.exit(code);
    });
  }
}

/**
 * Leaves it to `handler` to react while `work` lasts; it is called once for each press.
 * @template T
 * @param {() => void} handler
 * @param {() => Promise<T>} work
 */
export async function interruptible(handler, work) {
  onPress = handler;
  try {
    return await work();
  } finally {
    onPress = undefined;
  }
}

/** The exit code that says by which signal this process was interrupted, if it was. */
export function interruptionCode() {
  return exitCode;
}
