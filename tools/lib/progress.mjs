/** @typedef {{ say: (line: string) => void, heartbeatMs: number }} Progress */

/** @type {Progress} */
export const consoleProgress = {
  // Standard error, so that `npm run --silent pulumi -- stack export` stays parseable.
  say: (line) => void process.stderr.write(`${line}\n`),
  heartbeatMs: 15_000,
};

/**
 * Runs a step, says what it is and, while it lasts, that it still goes on: without a terminal a line is the only sign.
 * @template T
 * @param {Progress} progress
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(progress, title, work) {
  progress.say(`› ${title} …`);
  const started = Date.now();
  const heartbeat = setInterval(() => {
    progress.say(`  still at it, ${seconds(Date.now() - started)} so far`);
  }, progress.heartbeatMs);
  heartbeat.unref();
  try {
    const result = await work();
    progress.say(`  done in ${seconds(Date.now() - started)}`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  const total = milliseconds / 1000;
  return total < 10 ? `${total.toFixed(1)} s` : `${Math.round(total)} s`;
}
