import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/**
 * @typedef {object} Conditions
 * @property {number} latencyMs how long every answer takes at least
 * @property {boolean} limited whether the vendor's rate limits hold
 */
/** @typedef {{ reads: number, writes: number, refused: number }} Counts `refused`: those answered 429 */
/** @typedef {{ url: string, apiKey: string, env: Record<string, string>, takeCounts: () => Promise<Counts> }} AuthKit */

/** More than any run sends; the limit of 6,000 requests a minute is no setting and stays. */
const unlimited = { WORKOS_READ_LIMIT: "100000", WORKOS_WRITE_LIMIT: "100000" };

/**
 * Runs `use` with a local AuthKit under these conditions; it is empty at the start.
 * @template T
 * @param {Conditions} conditions
 * @param {(authKit: AuthKit) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withAuthKit(conditions, use) {
  const script = fileURLToPath(new URL("authkit-process.mjs", import.meta.url));
  const child = fork(script, [JSON.stringify(conditions)]);
  try {
    const [{ url, apiKey }] = await once(child, "message");
    const takeCounts = async () => {
      const answer = once(child, "message");
      child.send("counts");
      return (await answer)[0];
    };
    // The provider keeps to the vendor's limits by itself, also where nobody enforces them.
    const budget = conditions.limited ? {} : unlimited;
    const env = { WORKOS_API_KEY: apiKey, WORKOS_BASE_URL: url, ...budget };
    return await use({ url, apiKey, env, takeCounts });
  } finally {
    child.disconnect();
  }
}

/** @type {readonly Conditions[]} */
export const allConditions = [0, 60].flatMap((latencyMs) => [false, true].map((limited) => ({ latencyMs, limited })));
